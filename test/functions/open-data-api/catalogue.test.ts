import { beforeAll, describe, expect, it } from 'vitest';
import { featuresApi } from '../../../functions/features-api/app.ts';
import { openDataApi, operationsOf } from '../../../functions/open-data-api/app.ts';
import { sensorthingsApi } from '../../../functions/sensorthings-api/app.ts';
import { context } from '../../../shared/open-data/catalogue/vocabulary.ts';
import { citySource } from '../../../shared/open-data/sensorthings/city/city-source.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import { callerOf } from '../../support/api-gateway.ts';
import { conformingCaller } from '../../support/conforming-caller.ts';
import { memoryEntityIds } from '../../support/memory-entity-ids.ts';
import { aStation, city as usual } from '../../support/small-city.ts';
import { anEpisode, openFeaturesCity } from '../features-api/features-city.ts';

type Node = Readonly<Record<string, unknown>>;

/** Properties by class with how often they may stand there, after DCAT-AP 3.0's SHACL shapes: mandatory ones and recommended ones. */
const shapes: Readonly<Record<string, Readonly<Record<string, readonly [min: number, max: number]>>>> = {
  'dcat:Catalog': {
    'dct:title': [1, 9],
    'dct:description': [1, 9],
    'dct:publisher': [1, 1],
    'dcat:dataset': [1, 999],
    'dcat:service': [1, 9],
    'dct:license': [1, 1],
    'dct:language': [1, 9],
    'dcat:themeTaxonomy': [1, 9],
    'foaf:homepage': [1, 1],
    'dct:spatial': [1, 9],
    'dct:modified': [1, 1],
  },
  'dcat:Dataset': {
    'dct:title': [1, 9],
    'dct:description': [1, 9],
    'dct:identifier': [1, 1],
    'dcat:distribution': [1, 99],
    'dcat:keyword': [1, 99],
    'dct:publisher': [1, 1],
    'dct:spatial': [1, 9],
    'dcat:theme': [1, 9],
    'dcat:contactPoint': [1, 9],
    'dct:accrualPeriodicity': [1, 1],
    'dct:accessRights': [1, 1],
    'dct:conformsTo': [1, 9],
  },
  'dcat:Distribution': {
    'dcat:accessURL': [1, 9],
    'dct:description': [1, 9],
    'dct:format': [1, 1],
    'dcat:mediaType': [1, 1],
    'dct:license': [1, 1],
    'dcatap:availability': [1, 1],
  },
  'dcat:DataService': {
    'dct:title': [1, 9],
    'dcat:endpointURL': [1, 9],
    'dcat:endpointDescription': [1, 9],
    'dcat:servesDataset': [1, 999],
    'dct:license': [1, 1],
  },
  'foaf:Agent': { 'foaf:name': [1, 9] },
  'vcard:Organization': { 'vcard:fn': [1, 1], 'vcard:hasEmail': [1, 1] },
  'dct:Location': { 'dcat:bbox': [1, 1], 'locn:geometry': [1, 1] },
  'dct:PeriodOfTime': { 'dcat:endDate': [0, 1], 'dcat:startDate': [0, 1] },
};

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const valuesOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Every node below one, itself included. */
const nodesIn = (value: unknown): readonly Node[] =>
  Array.isArray(value)
    ? value.flatMap(nodesIn)
    : isNode(value)
      ? [value, ...Object.entries(value).flatMap(([name, each]) => (name === '@context' ? [] : nodesIn(each)))]
      : [];

const ofType = (document: Node, type: string): readonly Node[] =>
  nodesIn(document).filter((node) => node['@type'] === type);

const violationsOf = (document: Node): readonly string[] =>
  Object.entries(shapes).flatMap(([type, shape]) =>
    ofType(document, type).flatMap((node) =>
      Object.entries(shape).flatMap(([property, [min, max]]) => {
        const count = valuesOf(node[property]).length;
        return count < min || count > max ? [`${type} ${node['@id']}: ${property} ${count} times`] : [];
      }),
    ),
  );

const openData = {
  publisher: { name: 'UBND thành phố', homepage: 'https://city.example' },
  contact: { name: 'Phòng dữ liệu', email: 'dulieu@city.example' },
};

const openCity = async () => {
  const { parts } = await openFeaturesCity();
  await parts.registry.put('city', { ...usual, openData });
  await parts.episodes.put(anEpisode(10));
  const all = { ...parts, readings: memoryReadingStore() };
  const open = conformingCaller(openDataApi(all), operationsOf(all), '/open/v1');
  const source = citySource({ ...all, entityIds: memoryEntityIds() });
  const sensorThings = callerOf(sensorthingsApi({ source, clock: all.clock }));
  const features = callerOf(featuresApi(parts));
  /** Whoever answers below an address. */
  const at = (url: string) => (url.startsWith('/ogc') ? features : url.startsWith('/sta') ? sensorThings : open);
  return { parts: all, open, at };
};

describe('The catalogue', () => {
  let city: Awaited<ReturnType<typeof openCity>>;
  let document: Node;
  beforeAll(async () => {
    city = await openCity();
    document = (await city.open({ url: '/open/v1/catalog' })).json();
  });

  it('has what DCAT-AP 3 demands and recommends', () => {
    for (const type of Object.keys(shapes)) expect(ofType(document, type).length, type).toBeGreaterThan(0);
    expect(violationsOf(document)).toEqual([]);
  });

  it('notices what is missing', () => {
    const [dataset] = valuesOf(document['dcat:dataset']);
    const { 'dct:title': _, ...untitled } = dataset as Node;
    expect(violationsOf({ ...document, 'dcat:dataset': untitled }).join()).toMatch(/dcat:Dataset .*dct:title 0 times/);
  });

  it('leads to what is really there, of the type it says', async () => {
    const distributions = ofType(document, 'dcat:Distribution');
    expect(distributions.length).toBeGreaterThan(20);
    for (const { 'dcat:accessURL': access, 'dcat:mediaType': type } of distributions) {
      const url = String((access as Node)['@id']).replace('http://localhost:8080', '');
      const { status, headers } = await city.at(url)({ url });
      expect([url, status]).toEqual([url, 200]);
      expect(String((type as Node)['@id'])).toContain(headers['content-type']?.split(';')[0]);
    }
    for (const { 'dcat:endpointDescription': description } of ofType(document, 'dcat:DataService')) {
      const url = String((description as Node)['@id']).replace('http://localhost:8080', '');
      const described = JSON.parse((await city.at(url)({ url })).body);
      // SensorThings describes itself in its root document.
      if (url.startsWith('/sta')) expect(described.serverSettings.conformance.length).toBeGreaterThan(10);
      else expect(described.openapi).toBe('3.1.0');
    }
  });

  it('has SensorThings among its services, with what of it serves the data sets', () => {
    const service = ofType(document, 'dcat:DataService').find(({ 'dcat:endpointURL': at }) =>
      String((at as Node)['@id']).endsWith('/sta/v1.1'),
    );
    const own = ofType(document, 'dcat:Distribution').filter(
      ({ 'dcat:accessService': by }) => (by as Node)['@id'] === service?.['@id'],
    );
    expect(own.length).toBeGreaterThan(3);
    expect(valuesOf(service?.['dcat:servesDataset']).length).toBe(own.length);
  });

  it('uses only names that its own context explains, and says every title in both languages', () => {
    for (const node of nodesIn(document)) {
      for (const name of Object.keys(node)) {
        if (node['@context'] === undefined || name !== '@context') {
          expect(name.startsWith('@') || Object.hasOwn(context, name.split(':')[0] ?? '')).toBe(true);
        }
      }
      if (node['dct:title'] === undefined) continue;
      const spoken = valuesOf(node['dct:title']).map((each) => (each as Node)['@language']);
      expect(spoken).toEqual(['vi', 'en']);
    }
  });

  it('names the publisher and its office, the licence, the box and the newest instant of the data', () => {
    expect(document['dct:publisher']).toMatchObject({ 'foaf:name': 'UBND thành phố' });
    expect(JSON.stringify(document)).toContain('mailto:dulieu@city.example');
    expect(document['dct:license']).toMatchObject({ '@id': 'https://creativecommons.org/licenses/by/4.0/' });
    expect(JSON.stringify(document['dct:spatial'])).toContain(
      'POLYGON((106.651 10.97, 106.9 10.97, 106.9 11.2, 106.651 11.2, 106.651 10.97))',
    );
    expect(document['dct:modified']).toEqual({ '@value': '2026-11-22T09:00:00.000Z', '@type': 'xsd:dateTime' });
  });

  it('is the same by its ending, by format and by Accept, and nothing else', async () => {
    for (const url of ['/open/v1/catalog.jsonld', '/open/v1/catalog?format=jsonld']) {
      const answer = await city.open({ url, headers: { accept: 'text/turtle' } });
      expect([answer.headers['content-type'], answer.json()]).toEqual(['application/ld+json', document]);
    }
    const asJson = await city.open({ url: '/open/v1/catalog?format=json' });
    expect(asJson.headers['content-type']).toBe('application/json');
    const headers = { accept: 'application/json' };
    expect((await city.open({ url: '/open/v1/catalog', headers })).headers['content-type']).toBe('application/json');
    expect((await city.open({ url: '/open/v1/catalog', headers: { accept: 'text/turtle' } })).status).toBe(406);
  });

  it('leaves out what the city does not have, and begins its addresses as the city is found', async () => {
    const { parts } = await openCity();
    for (const id of ['bin-1', 'bin-2', 'bin-3']) await parts.registry.remove('bin', id);
    await parts.registry.put('station', aStation('air-1', { referenceStation: true }));
    await parts.registry.put('city', usual);
    const call = callerOf(openDataApi({ ...parts, publicUrl: 'https://city.example' }));
    const { body } = await call({ url: '/open/v1/catalog' });
    const identifiers = ofType(JSON.parse(body), 'dcat:Dataset').map((each) => String(each['dct:identifier']));
    expect(identifiers).toContain('tdm-readings-pm25');
    expect(identifiers).toContain('tdm-means-pm25');
    expect(identifiers.filter((id) => /bins|Aqi|fillDistance/.test(id))).toEqual([]);
    expect(body).toContain('"https://city.example/open/v1/readings?quantity=pm25&format=csv"');
    expect(body).not.toContain('localhost');
    expect(ofType(JSON.parse(body), 'vcard:Organization')).toEqual([]);
  });
});
