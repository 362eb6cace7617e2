import type { City } from '../../city/entities.ts';
import { licenceOf } from '../publication.ts';
import { spatialCoverage, temporalCoverage } from './coverage.ts';
import type { DatasetFacts, DistributionFacts } from './datasets.ts';
import {
  available,
  context,
  crs84,
  environmentTheme,
  fileFacts,
  fileType,
  formats,
  frequency,
  inBothLanguages,
  iri,
  languages,
  mediaType,
  type Node,
  publicAccess,
  standard,
} from './vocabulary.ts';

const PROFILE = 'https://semiceu.github.io/DCAT-AP/releases/3.0.0/';

type CatalogueFacts = {
  readonly city: Pick<City, 'id' | 'name' | 'openData'>;
  readonly datasets: readonly DatasetFacts[];
  /** Scheme and host that the public finds the city at. */
  readonly origin: string;
};

const catalogueIri = (origin: string): string => `${origin}/open/v1/catalog`;
const datasetIri = (origin: string, id: string): string => `${catalogueIri(origin)}#dataset-${id}`;
const serviceIri = (origin: string, service: string): string => `${catalogueIri(origin)}#service-${service}`;

const services = {
  open: {
    title: { vi: 'API dữ liệu mở', en: 'Open data API' },
    endpoint: '/open/v1',
    description: '/open/v1/openapi.json',
    conformsTo: standard('https://spec.openapis.org/oas/v3.1.0', 'OpenAPI 3.1'),
  },
  features: {
    title: { vi: 'OGC API – Features', en: 'OGC API – Features' },
    endpoint: '/ogc',
    description: '/ogc/api',
    conformsTo: standard(
      'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
      'OGC API – Features, Part 1: Core',
    ),
  },
  sensorthings: {
    title: { vi: 'OGC SensorThings 1.1', en: 'OGC SensorThings 1.1' },
    endpoint: '/sta/v1.1',
    description: '/sta/v1.1',
    conformsTo: standard('http://www.opengis.net/doc/is/sensorthings/1.1', 'OGC SensorThings API 1.1, Part 1: Sensing'),
  },
} as const satisfies Record<DistributionFacts['service'], unknown>;

const publisherOf = ({ origin, city }: CatalogueFacts): Node => {
  const { name = city.name, homepage } = city.openData?.publisher ?? {};
  return {
    '@id': `${catalogueIri(origin)}#publisher`,
    '@type': 'foaf:Agent',
    'foaf:name': name,
    ...(homepage !== undefined && { 'foaf:homepage': iri(homepage) }),
  };
};

const contactOf = ({ origin, city }: CatalogueFacts): Node => {
  const contact = city.openData?.contact;
  if (contact === undefined) return {};
  const node = {
    '@id': `${catalogueIri(origin)}#contact`,
    '@type': 'vcard:Organization',
    'vcard:fn': contact.name,
    'vcard:hasEmail': iri(`mailto:${contact.email}`),
  };
  return { 'dcat:contactPoint': node };
};

const licenceNode = ({ city }: CatalogueFacts): Node => {
  const { url, name } = licenceOf(city.openData);
  return { '@id': url, '@type': 'dct:LicenseDocument', 'rdfs:label': name };
};

const distributionNode = (facts: CatalogueFacts, distribution: DistributionFacts): Node => {
  const { path, format, title, service } = distribution;
  const address = iri(`${facts.origin}${path}`);
  return {
    '@id': `${facts.origin}${path}#distribution`,
    '@type': 'dcat:Distribution',
    'dct:title': inBothLanguages(title),
    'dct:description': inBothLanguages(title),
    'dcat:accessURL': address,
    'dcat:downloadURL': address,
    'dcat:accessService': iri(serviceIri(facts.origin, service)),
    'dcat:mediaType': mediaType(format),
    'dct:format': fileType(format),
    'dct:license': licenceNode(facts),
    'dcatap:availability': available,
    'dct:language': languages,
    ...fileFacts(distribution),
    ...(formats[format].conformsTo.length > 0 && { 'dct:conformsTo': formats[format].conformsTo }),
  };
};

const datasetNode = (facts: CatalogueFacts, dataset: DatasetFacts): Node => ({
  '@id': datasetIri(facts.origin, dataset.id),
  '@type': 'dcat:Dataset',
  'dct:identifier': `${facts.city.id}-${dataset.id}`,
  'dct:title': inBothLanguages(dataset.title),
  'dct:description': inBothLanguages(dataset.description),
  'dcat:keyword': dataset.keywords.flatMap(inBothLanguages),
  'dcat:theme': environmentTheme,
  'dct:publisher': publisherOf(facts),
  ...contactOf(facts),
  'dct:license': licenceNode(facts),
  'dct:accessRights': publicAccess,
  'dct:language': languages,
  'dct:accrualPeriodicity': frequency(dataset.frequency),
  'dct:conformsTo': crs84,
  ...spatialCoverage(dataset.positions),
  ...temporalCoverage(dataset.time),
  'dcat:distribution': dataset.distributions.map((distribution) => distributionNode(facts, distribution)),
});

const serviceNode = (facts: CatalogueFacts, service: DistributionFacts['service']): Node => {
  const { title, endpoint, description, conformsTo } = services[service];
  const served = facts.datasets.filter(({ distributions }) => distributions.some((each) => each.service === service));
  return {
    '@id': serviceIri(facts.origin, service),
    '@type': 'dcat:DataService',
    'dct:title': inBothLanguages(title),
    'dcat:endpointURL': iri(`${facts.origin}${endpoint}`),
    'dcat:endpointDescription': iri(`${facts.origin}${description}`),
    'dct:conformsTo': conformsTo,
    'dct:license': licenceNode(facts),
    'dct:accessRights': publicAccess,
    'dcat:servesDataset': served.map(({ id }) => iri(datasetIri(facts.origin, id))),
  };
};

/** The catalogue of a city's open data in DCAT-AP 3, as JSON-LD that needs no other document to be read. */
export const catalogueDocument = (facts: CatalogueFacts): Node => {
  const { city, datasets, origin } = facts;
  const instants = datasets.flatMap(({ time }) => time.to ?? []);
  const { 'dct:temporal': _, ...modified } = temporalCoverage({
    to: instants.length === 0 ? undefined : Math.max(...instants),
  });
  return {
    '@context': context,
    '@id': catalogueIri(origin),
    '@type': 'dcat:Catalog',
    'dct:title': inBothLanguages({ vi: `Dữ liệu mở ${city.name}`, en: `Open data of ${city.name}` }),
    'dct:description': inBothLanguages({
      vi: 'Rác thải, không khí và nước: nơi quan trắc, số đo, chỉ số, các đợt vượt giới hạn.',
      en: 'Waste, air and water: where it is measured, readings, indices, exceedance episodes.',
    }),
    'dct:publisher': publisherOf(facts),
    ...contactOf(facts),
    'dct:license': licenceNode(facts),
    'dct:language': languages,
    'dct:conformsTo': standard(PROFILE, 'DCAT-AP 3.0'),
    'dcat:themeTaxonomy': iri('http://publications.europa.eu/resource/authority/data-theme'),
    'foaf:homepage': iri(`${origin}/`),
    ...spatialCoverage(datasets.flatMap(({ positions }) => positions)),
    ...modified,
    'dcat:service': (['open', 'features', 'sensorthings'] as const).map((service) => serviceNode(facts, service)),
    'dcat:dataset': datasets.map((dataset) => datasetNode(facts, dataset)),
  };
};
