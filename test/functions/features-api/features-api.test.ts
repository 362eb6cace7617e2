import { beforeEach, describe, expect, it } from 'vitest';
import { aReading } from '../../support/small-city.ts';
import { anEpisode, type FeaturesCity, HOUR, NOW, openFeaturesCity, ROOT } from './features-city.ts';

type Link = { readonly rel: string; readonly href: string; readonly type: string };
type Json = Readonly<Record<string, unknown>> & { readonly links: Link[] };

let city: FeaturesCity;
beforeEach(async () => {
  city = await openFeaturesCity();
});

const linkOf = ({ links }: Pick<Json, 'links'>, rel: string, type?: string): string => {
  const found = links.find((link) => link.rel === rel && (type === undefined || link.type.startsWith(type)));
  if (found === undefined) throw new Error(`no link ${rel}`);
  return found.href;
};
const idsOf = ({ features }: { features: { id: string }[] }): string[] => features.map(({ id }) => id);
const ids = async (query: string): Promise<string[]> => idsOf(await city.get(`/ogc/collections/${query}`));

describe('The way that GDAL and QGIS take', () => {
  it('goes from the landing page to every feature by links alone', async () => {
    const landing = await city.get('/ogc', { accept: 'application/json' });
    const { conformsTo } = await city.get(linkOf(landing, 'conformance'));
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson');
    expect((await city.get(linkOf(landing, 'service-desc'))).openapi).toMatch(/^3\.1/);
    const { collections } = await city.get(linkOf(landing, 'data'));
    expect(collections.map(({ id }: { id: string }) => id)).toEqual([
      'bins',
      'stations',
      'latest-readings',
      'exceedance-episodes',
    ]);
    for (const collection of collections) {
      expect(await city.get(linkOf(collection, 'self'))).toMatchObject({ id: collection.id });
      const items = linkOf(collection, 'items', 'application/geo+json');
      const page = await city.get(`${items}?limit=10`, { accept: 'application/geo+json, application/json' });
      expect(page).toMatchObject({ type: 'FeatureCollection', numberReturned: page.features.length });
      expect(Date.parse(page.timeStamp)).toBe(NOW);
      for (const { id } of page.features) expect((await city.get(`${items}/${id}`)).id).toBe(id);
    }
  });

  it('leads on from page to page, whatever comes in between, and tells how many there are', async () => {
    const found: string[] = [];
    let url: string | undefined = '/ogc/collections/bins/items?limit=1&stream=other';
    while (url !== undefined) {
      const page: Json & { features: { id: string }[]; numberMatched: number } = await city.get(url);
      found.push(...idsOf(page));
      expect(page.numberMatched).toBeGreaterThanOrEqual(2);
      url = page.links.find(({ rel }) => rel === 'next')?.href;
      const first = await city.parts.registry.get('bin', 'bin-1');
      if (first !== undefined) await city.parts.registry.put('bin', { ...first, id: 'bin-0' });
    }
    expect(found).toEqual(['bin-1', 'bin-2']);
  });

  it('answers limits beyond what there may be, as GDAL and pythons send them', async () => {
    expect(await ids('bins/items?limit=2147483647')).toHaveLength(3);
  });
});

describe('Bins', () => {
  it('have their fill, and null with the reason where nobody knows it', async () => {
    const { features } = await city.get('/ogc/collections/bins/items');
    expect(
      features.map(({ properties: { fillStatus, fillFraction, noDataReason } }: never) => [
        fillStatus,
        fillFraction,
        noDataReason,
      ]),
    ).toEqual([
      ['known', 0.75, null],
      ['no-data', null, 'never measured'],
      ['no-data', null, 'silent for more than a day'],
    ]);
    expect(features[0].geometry).toEqual({ type: 'Point', coordinates: [106.651, 10.981] });
  });

  it.each([
    ['bins/items?bbox=106.8,11,107,12', ['bin-2']],
    ['bins/items?bbox=106.8,11,0,107,12,9', ['bin-2']],
    ['bins/items?bbox=170,-20,-170,20', []],
    ['bins/items?stream=food', ['bin-3']],
    ['bins/items?fillStatus=no-data&stream=other', ['bin-2']],
    [`bins/items?ward=${encodeURIComponent('Phú Cường')}`, ['bin-1']],
    // Of a feature without a time a question for one excludes nothing.
    ['bins/items?datetime=1999-01-01T00:00:00Z', ['bin-1', 'bin-2', 'bin-3']],
  ])('answer %s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });
});

describe('Latest readings', () => {
  it.each([
    ['latest-readings/items?quantity=pm25', ['a1:pm25']],
    ['latest-readings/items?stationKind=air&flag=9', ['a1:no2']],
    [`latest-readings/items?datetime=${new Date(NOW - HOUR).toISOString()}/..`, ['a1:pm25', 'b1:fillDistance']],
    [`latest-readings/items?datetime=../${new Date(NOW - 50 * HOUR).toISOString()}`, ['b3:fillDistance']],
    [`latest-readings/items?datetime=${new Date(NOW - 2 * HOUR).toISOString()}`, ['a1:no2']],
  ])('answer %s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  it('are null where missing, and left out where their sensor stands nowhere', async () => {
    await city.parts.sensorStates.record([aReading('workshop', 'pm25', NOW, 5)]);
    const { features } = await city.get('/ogc/collections/latest-readings/items?stationKind=air');
    expect(features.map(({ id, properties: { value } }: never) => [id, value])).toEqual([
      ['a1:no2', null],
      ['a1:pm25', 21],
    ]);
  });
});

describe('Exceedance episodes', () => {
  const items = 'exceedance-episodes/items';

  it('tell what the data say, and nothing of who handled them', async () => {
    await city.parts.episodes.put(anEpisode(10));
    const { features, numberMatched } = await city.get(`/ogc/collections/${items}`);
    expect(numberMatched).toBe(1);
    expect(features[0].properties).toMatchObject({ stationName: 'Station air-1', limitValue: 50, peakValue: 90 });
    expect(features[0].geometry.coordinates).toEqual([106.66, 10.97]);
    expect(JSON.stringify(features)).not.toMatch(/officer|factory|industry|acknowledg/);
  });

  it('leave out what late data disproved or joined, by list and by id', async () => {
    for (const phase of ['withdrawn', 'merged'] as const)
      await city.parts.episodes.put(anEpisode(phase.length, { phase }));
    expect(await ids(items)).toEqual([]);
    const { status } = await city.call({ url: `/ogc/collections/${items}/${anEpisode(9).episodeId}` });
    expect(status).toBe(404);
  });

  it('come newest first, page after page, each once', async () => {
    for (const hours of [30, 10, 20, 40]) await city.parts.episodes.put(anEpisode(hours));
    const found: string[] = [];
    let url: string | undefined = `/ogc/collections/${items}?limit=1&quantity=pm25`;
    while (url !== undefined) {
      const page: Json & { features: { id: string }[] } = await city.get(url);
      found.push(...idsOf(page));
      url = page.links.find(({ rel }) => rel === 'next')?.href;
      await city.parts.episodes.put(anEpisode(5));
    }
    expect(found).toEqual([10, 20, 30, 40].map((hours) => anEpisode(hours).episodeId));
  });

  it('last until they are over', async () => {
    await city.parts.episodes.put(anEpisode(100, { phase: 'open' }));
    await city.parts.episodes.put(anEpisode(90));
    const since = `${items}?datetime=${new Date(NOW - HOUR).toISOString()}/..`;
    expect(await ids(since)).toEqual([anEpisode(100).episodeId]);
    expect(await ids(`${items}?phase=closed`)).toEqual([anEpisode(90).episodeId]);
  });
});

describe('HTML', () => {
  it.each([
    '',
    '/conformance',
    '/collections',
    '/collections/bins',
    '/collections/bins/queryables',
    '/collections/bins/items',
    '/collections/bins/items/bin-2',
  ])('of %s is for browsers and f=html, in both languages, with nothing that runs', async (path) => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const asked = await city.call({ url: `/ogc${path}`, headers: { accept } });
    const linked = await city.call({ url: `/ogc${path}?f=html`, headers: { accept: 'application/json' } });
    for (const { headers, body } of [asked, linked]) {
      expect(headers['content-type']).toMatch(/^text\/html/);
      expect(headers['content-security-policy']).toMatch(/default-src 'none'; style-src 'sha256-/);
      expect(body).toMatch(/<html lang="vi">/);
      expect(body).toMatch(/lang="en"/);
      expect(body).not.toMatch(/<script|<b>/);
    }
    expect(asked.headers.link).toContain('rel="alternate"; type="application/');
  });

  it('says that there is no data', async () => {
    const { body } = await city.call({ url: '/ogc/collections/bins/items/bin-2?f=html' });
    expect(body).toContain('không có số liệu');
  });
});

describe('What is wrong', () => {
  it.each([
    ['bins/items?colour=green', 'colour', 'is not known here'],
    ['bins/items?stream=glass', 'stream', 'recyclable'],
    ['bins/items?bbox=1,2,3', 'bbox', 'must be 4 numbers'],
    ['bins/items?bbox=1,2,3,x', 'bbox', 'must be numbers'],
    ['bins/items?bbox=10.9,106.6,11,106.7', 'bbox', 'latitudes'],
    ['bins/items?bbox=1,3,2,2', 'bbox', 'south before its north'],
    ['bins/items?datetime=yesterday', 'datetime', 'ISO 8601'],
    ['bins/items?datetime=2026-01-02T00:00:00Z/2026-01-01T00:00:00Z', 'datetime', 'start before'],
    ['bins/items?limit=0', 'limit', 'at least 1'],
    ['bins/items?cursor=zzz', 'cursor', 'nextCursor'],
    ['exceedance-episodes/items?cursor=zzz', 'cursor', 'nextCursor'],
    ['bins/items?f=xml', 'f', 'json or html'],
  ])('%s is told: %s', async (query, field, message) => {
    const answer = await city.call({ url: `/ogc/collections/${query}` });
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(answer.json().errors).toMatchObject([{ field, message: expect.stringContaining(message) }]);
  });

  it('a cursor of another collection is refused, and one that is not there is 404', async () => {
    const page: Json = await city.get('/ogc/collections/latest-readings/items?limit=1');
    const cursor = new URL(linkOf(page, 'next')).searchParams.get('cursor');
    expect((await city.call({ url: `/ogc/collections/bins/items?cursor=${cursor}` })).status).toBe(400);
    expect((await city.call({ url: '/ogc/collections/bins/items/nobody' })).status).toBe(404);
  });
});

describe('Headers', () => {
  it('name the coordinates, the links and what the answer depends on', async () => {
    const { headers } = await city.call({ url: '/ogc/collections/bins/items?limit=1' });
    expect(headers['content-crs']).toBe('<http://www.opengis.net/def/crs/OGC/1.3/CRS84>');
    expect(headers['content-type']).toBe('application/geo+json');
    expect(headers.vary).toBe('Accept');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers.link).toContain(`<${ROOT}/collections/bins>; rel="collection"`);
    expect(headers.link).toMatch(/rel="next"/);
  });
});
