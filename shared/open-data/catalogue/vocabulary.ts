/** Terms of DCAT-AP 3 and of the EU's authority tables (op.europa.eu/en/web/eu-vocabularies), and their JSON-LD. */

/** Written out: a harvester needs to fetch nothing to read the catalogue. */
export const context = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  dcatap: 'http://data.europa.eu/r5r/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  gsp: 'http://www.opengis.net/ont/geosparql#',
  locn: 'http://www.w3.org/ns/locn#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  spdx: 'http://spdx.org/rdf/terms#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

export type Node = Readonly<Record<string, unknown>>;
export type Words = { readonly vi: string; readonly en: string };

const AUTHORITY = 'http://publications.europa.eu/resource/authority';

export const iri = (id: string): Node => ({ '@id': id });

const term = (table: string, code: string, type: string): Node => ({
  '@id': `${AUTHORITY}/${table}/${code}`,
  '@type': type,
});

export const inBothLanguages = ({ vi, en }: Words): readonly Node[] => [
  { '@value': vi, '@language': 'vi' },
  { '@value': en, '@language': 'en' },
];

export const instant = (epochMs: number): Node => ({
  '@value': new Date(epochMs).toISOString(),
  '@type': 'xsd:dateTime',
});

export type Frequency = 'IRREG' | 'DAILY' | 'HOURLY' | 'UPDATE_CONT';
export const frequency = (code: Frequency): Node => term('frequency', code, 'dct:Frequency');

export const languages: readonly Node[] = ['VIE', 'ENG'].map((code) => term('language', code, 'dct:LinguisticSystem'));
export const environmentTheme: Node = term('data-theme', 'ENVI', 'skos:Concept');
export const publicAccess: Node = term('access-right', 'PUBLIC', 'dct:RightsStatement');
export const available: Node = term('planned-availability', 'AVAILABLE', 'skos:Concept');

export const standard = (id: string, label: string): Node => ({
  '@id': id,
  '@type': 'dct:Standard',
  'rdfs:label': label,
});
export const crs84: Node = standard(
  'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  'WGS 84, longitude before latitude',
);

/** What a distribution's bytes are. */
export const formats = {
  json: { code: 'JSON', mediaType: 'application/json', conformsTo: [] },
  csv: {
    code: 'CSV',
    mediaType: 'text/csv',
    conformsTo: [standard('https://www.rfc-editor.org/info/rfc4180', 'RFC 4180, CSV')],
  },
  geojson: {
    code: 'GEOJSON',
    mediaType: 'application/geo+json',
    conformsTo: [standard('https://www.rfc-editor.org/info/rfc7946', 'RFC 7946, GeoJSON')],
  },
  parquet: {
    code: 'PARQUET',
    mediaType: 'application/vnd.apache.parquet',
    conformsTo: [standard('https://parquet.apache.org/docs/file-format/', 'Apache Parquet')],
  },
} as const;
export type FormatName = keyof typeof formats;

export const fileType = (format: FormatName): Node => term('file-type', formats[format].code, 'dct:MediaTypeOrExtent');

export const mediaType = (format: FormatName): Node => ({
  '@id': `http://www.iana.org/assignments/media-types/${formats[format].mediaType}`,
  '@type': 'dct:MediaType',
});

/** What is known of a single file: its size, its checksum (SPDX, as DCAT-AP says), and what it is compressed with. */
export const fileFacts = ({
  bytes,
  sha256,
  compressed,
}: {
  readonly bytes?: number | undefined;
  readonly sha256?: string | undefined;
  readonly compressed?: 'application/gzip' | undefined;
}): Node => ({
  ...(bytes !== undefined && { 'dcat:byteSize': { '@value': String(bytes), '@type': 'xsd:nonNegativeInteger' } }),
  ...(sha256 !== undefined && {
    'spdx:checksum': {
      '@type': 'spdx:Checksum',
      'spdx:algorithm': iri(`${context.spdx}checksumAlgorithm_sha256`),
      'spdx:checksumValue': { '@value': sha256, '@type': 'xsd:hexBinary' },
    },
  }),
  ...(compressed !== undefined && {
    'dcat:compressFormat': {
      '@id': `http://www.iana.org/assignments/media-types/${compressed}`,
      '@type': 'dct:MediaType',
    },
  }),
});
