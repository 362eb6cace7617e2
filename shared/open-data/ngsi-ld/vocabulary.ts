/**
 * Names and what they mean. The Smart Data Models give the IRIs (their `context.jsonld` of WasteManagement, Environment and
 * WaterQuality), ETSI GS CIM 009 those of NGSI-LD itself; what no model has a word for is ours, under `urn:phosach:`.
 */
export const ngsiTypes = ['AirQualityObserved', 'WasteContainer', 'WaterQualityObserved'] as const;
export type NgsiType = (typeof ngsiTypes)[number];

const MODELS = 'https://smartdatamodels.org/';
const NGSI_LD = 'https://uri.etsi.org/ngsi-ld/';
const OWN = 'urn:phosach:';

const spaceOf: Readonly<Record<NgsiType, string>> = {
  WasteContainer: `${MODELS}dataModel.WasteManagement/`,
  AirQualityObserved: `${MODELS}dataModel.Environment/`,
  WaterQualityObserved: `${MODELS}dataModel.WaterQuality/`,
};

const under = (space: string, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, `${space}${name}`]));

/** What all three have. `location` and `status` are NGSI-LD's own words in the models too. */
const common = {
  ...under(MODELS, ['name', 'areaServed', 'dataProvider', 'dateObserved']),
  ...under(NGSI_LD, ['location', 'status']),
  ...under(OWN, ['qualityFlag', 'noDataReason']),
};

const own: Readonly<Record<NgsiType, Readonly<Record<string, string>>>> = {
  WasteContainer: {
    ...under(spaceOf.WasteContainer, [
      'binId',
      'binCapacity',
      'binFullnessThreshold',
      'category',
      'fillingLevel',
      'storedWasteKind',
      'temperature',
    ]),
    ...under(OWN, ['wasteStream', 'positionApproximate']),
  },
  AirQualityObserved: {
    ...under(spaceOf.AirQualityObserved, [
      'airQualityIndex',
      'airQualityLevel',
      'c6h6',
      'co',
      'co2',
      'no2',
      'o3',
      'pm1',
      'pm10',
      'pm25',
      'pm4',
      'pressure',
      'relativeHumidity',
      'sh2',
      'so2',
      'temperature',
      'tsp',
      'typeofLocation',
    ]),
    ...under(OWN, ['stationClass', 'positionApproximate']),
  },
  WaterQualityObserved: {
    ...under(spaceOf.WaterQualityObserved, [
      'As',
      'Cd',
      'Chla',
      'Cu',
      'Fe',
      'Hg',
      'NH4',
      'NO2',
      'NO3',
      'Ni',
      'O2',
      'PO4',
      'Pb',
      'Zn',
      'bod',
      'cod',
      'conductivity',
      'escherichiaColi',
      'fluoride',
      'pH',
      'salinity',
      'temperature',
      'tss',
      'turbidity',
    ]),
    ...under(OWN, ['stationClass', 'positionApproximate', 'waterQualityIndex', 'waterQualityIndexIndicative']),
  },
};

/** `{ "@id": iri, "@type": "@id" }` and the like: how the members of NGSI-LD's own representation are read (its core @context). */
const core = {
  '@version': 1.1,
  id: '@id',
  type: '@type',
  Property: `${NGSI_LD}Property`,
  GeoProperty: `${NGSI_LD}GeoProperty`,
  value: `${NGSI_LD}hasValue`,
  unitCode: `${NGSI_LD}unitCode`,
  observedAt: { '@id': `${NGSI_LD}observedAt`, '@type': `${NGSI_LD}DateTime` },
  createdAt: { '@id': `${NGSI_LD}createdAt`, '@type': `${NGSI_LD}DateTime` },
  modifiedAt: { '@id': `${NGSI_LD}modifiedAt`, '@type': `${NGSI_LD}DateTime` },
  Point: 'https://purl.org/geojson/vocab#Point',
  coordinates: { '@id': 'https://purl.org/geojson/vocab#coordinates', '@container': '@list' },
} as const;

/** The IRI of a type. */
export const typeIri = (type: NgsiType): string => `${spaceOf[type]}${type}`;

/** Attributes that an entity of this type may have, in the order of their names. */
export const attributesOf = (type: NgsiType): readonly string[] =>
  [...Object.keys(common), ...Object.keys(own[type])]
    .filter((name) => name !== 'qualityFlag')
    .sort((a, b) => (a < b ? -1 : Number(a > b)));

/** The IRI of an attribute of a type; `undefined` for one that it cannot have. */
export const attributeIri = (type: NgsiType, name: string): string | undefined => ({ ...common, ...own[type] })[name];

/** The @context of one type by itself, flat: for brokers that know nothing of contexts within contexts (JSON-LD 1.1). */
export const contextOfType = (type: NgsiType): Readonly<Record<string, unknown>> => ({
  ...core,
  [type]: typeIri(type),
  ...common,
  ...own[type],
});

/** `temperature` is three different things: such a name means something only within its type. */
const isShared = (name: string): boolean => new Set(ngsiTypes.flatMap((type) => own[type][name] ?? [])).size > 1;

const scopedTo = (type: NgsiType): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(own[type]).filter(([name]) => isShared(name)));

/** The @context of everything here. It names NGSI-LD's own members too, so that nobody has to fetch another document. */
export const contextOfAll = (): Readonly<Record<string, unknown>> => ({
  ...core,
  ...Object.fromEntries(ngsiTypes.map((type) => [type, { '@id': typeIri(type), '@context': scopedTo(type) }])),
  ...common,
  ...Object.fromEntries(ngsiTypes.flatMap((type) => Object.entries(own[type]).filter(([name]) => !isShared(name)))),
});

/** The type that a name or an IRI means; `undefined` for one that there is none of here. */
export const typeNamed = (name: string): NgsiType | undefined =>
  ngsiTypes.find((type) => type === name || typeIri(type) === name);

/** The attribute's name that a name or an IRI means for a type: what it cannot have keeps its name, and matches nothing. */
export const attributeNamed = (type: NgsiType, name: string): string => {
  if (!name.includes(':')) return name;
  const names = Object.entries({ ...common, ...own[type] });
  return names.find(([, iri]) => iri === name)?.[0] ?? name;
};
