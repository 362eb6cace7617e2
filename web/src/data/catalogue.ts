/** The catalogue (DCAT-AP 3 in JSON-LD) as the portal shows it. Whoever adds a data set to the catalogue adds its page. */

export type Words = { readonly vi: string; readonly en: string };

export type Distribution = {
  readonly title: Words;
  /** Below this host, so that the page may ask for it. */
  readonly path: string;
  /** `text/csv` */
  readonly mediaType: string;
};

export type Dataset = {
  readonly id: string;
  readonly title: Words;
  readonly description: Words;
  readonly keywords: readonly Words[];
  /** Code of the EU's table of frequencies, e.g. `HOURLY`. */
  readonly frequency: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** West, south, east, north in degrees. */
  readonly box: readonly [number, number, number, number] | undefined;
  readonly distributions: readonly Distribution[];
};

export type Catalogue = {
  readonly publisher: string;
  readonly contact: { readonly name: string; readonly email: string } | undefined;
  readonly licence: { readonly name: string; readonly url: string };
  readonly datasets: readonly Dataset[];
};

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
/** JSON-LD writes one value bare and several as a list. */
const nodes = (value: unknown): readonly Node[] => (Array.isArray(value) ? value : [value]).filter(isNode);
const node = (value: unknown): Node => nodes(value)[0] ?? {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const idOf = (value: unknown): string => textOf(node(value)['@id']);
const lastPart = (iri: string): string => iri.slice(Math.max(iri.lastIndexOf('/'), iri.lastIndexOf('#')) + 1);

const wordsOf = (value: unknown): Words => {
  const inLanguage = (language: string): string | undefined =>
    nodes(value)
      .filter((each) => each['@language'] === language)
      .map((each) => textOf(each['@value']))[0];
  const [vi, en] = [inLanguage('vi'), inLanguage('en')];
  return { vi: vi ?? en ?? '', en: en ?? vi ?? '' };
};

/** Words in two languages come as one list: first all of one data set's Vietnamese and English ones by turns. */
const keywordsOf = (value: unknown): readonly Words[] => {
  const all = nodes(value);
  const vi = all.filter((each) => each['@language'] === 'vi').map((each) => textOf(each['@value']));
  const en = all.filter((each) => each['@language'] === 'en').map((each) => textOf(each['@value']));
  return vi.map((word, place) => ({ vi: word, en: en[place] ?? word }));
};

const pathOf = (address: string): string => {
  const { pathname, search } = new URL(address, 'http://this.invalid');
  return `${pathname}${search}`;
};

const boxOf = (spatial: unknown): Dataset['box'] => {
  const wkt = textOf(node(node(spatial)['dcat:bbox'])['@value']);
  const numbers = [...wkt.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/gi)].map(([number]) => Number(number));
  const longitudes = numbers.filter((_, place) => place % 2 === 0);
  const latitudes = numbers.filter((_, place) => place % 2 === 1);
  if (longitudes.length === 0 || latitudes.length === 0) return undefined;
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
};

const distributionOf = (value: Node): Distribution => ({
  title: wordsOf(value['dct:title']),
  path: pathOf(idOf(value['dcat:downloadURL']) || idOf(value['dcat:accessURL'])),
  mediaType: idOf(value['dcat:mediaType']).replace(/^.*\/media-types\//, ''),
});

const dateOf = (value: unknown): string | undefined => textOf(node(value)['@value']) || undefined;

const datasetOf = (value: Node): Dataset => {
  const temporal = node(value['dct:temporal']);
  return {
    id: lastPart(textOf(value['@id'])).replace(/^dataset-/, ''),
    title: wordsOf(value['dct:title']),
    description: wordsOf(value['dct:description']),
    keywords: keywordsOf(value['dcat:keyword']),
    frequency: lastPart(idOf(value['dct:accrualPeriodicity'])) || undefined,
    from: dateOf(temporal['dcat:startDate']),
    to: dateOf(temporal['dcat:endDate']) ?? dateOf(value['dct:modified']),
    box: boxOf(value['dct:spatial']),
    distributions: nodes(value['dcat:distribution']).map(distributionOf),
  };
};

export const readCatalogue = (document: unknown): Catalogue => {
  const catalogue = node(document);
  const licence = node(catalogue['dct:license']);
  const contact = node(catalogue['dcat:contactPoint']);
  const email = idOf(contact['vcard:hasEmail']).replace(/^mailto:/, '');
  return {
    publisher: textOf(node(catalogue['dct:publisher'])['foaf:name']),
    contact: email === '' ? undefined : { name: textOf(contact['vcard:fn']), email },
    licence: { url: textOf(licence['@id']), name: textOf(licence['rdfs:label']) },
    datasets: nodes(catalogue['dcat:dataset']).map(datasetOf),
  };
};

/** The distribution of a media type that comes first, which is the most usual of the data set. */
export const inFormat = ({ distributions }: Dataset, ...mediaTypes: readonly string[]): Distribution | undefined =>
  mediaTypes
    .map((wanted) => distributions.find(({ mediaType }) => mediaType === wanted))
    .find((found) => found !== undefined);
