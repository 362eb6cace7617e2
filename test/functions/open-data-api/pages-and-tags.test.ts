import { beforeEach, describe, expect, it } from 'vitest';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { aReading } from '../../support/small-city.ts';

import { at, NOW, openCity } from './open-data-city.ts';

describe('Open data', () => {
  let open: Awaited<ReturnType<typeof openCity>>;
  beforeEach(async () => {
    open = await openCity();
  });

  describe('paging', () => {
    const valuesOf = async (
      first: string,
      follow: (answer: Awaited<ReturnType<typeof open.call>>) => string | undefined,
    ) => {
      const values: unknown[] = [];
      let pages = 0;
      for (let url: string | undefined = first; url !== undefined && pages < 20; pages += 1) {
        const answer: Awaited<ReturnType<typeof open.call>> = await open.call({ url });
        values.push(...answer.json().readings.map((each: Reading) => each.value));
        url = follow(answer);
      }
      return { values, pages };
    };
    const linked = (answer: { headers: Readonly<Record<string, string>> }) =>
      /<([^>]+)>; rel="next"/.exec(answer.headers.link ?? '')?.[1];

    it.each([1, 2, 3, 4, 5, 6])('by links of %i reaches every reading once, across series', async (limit) => {
      const { values, pages } = await valuesOf(`/open/v1/readings?station=air-1&limit=${limit}`, linked);
      expect(values).toEqual([-1.5, 20, null, 900, 30]);
      expect(pages).toBe(Math.ceil(5 / limit));
    });

    it('by nextCursor does so too', async () => {
      const url = '/open/v1/readings?station=air-1&limit=2';
      const { values } = await valuesOf(url, (answer) => {
        const { nextCursor } = answer.json();
        return nextCursor && `${url}&cursor=${nextCursor}`;
      });
      expect(values).toEqual([-1.5, 20, null, 900, 30]);
    });

    it('neither repeats nor skips when readings arrive between two pages', async () => {
      const url = '/open/v1/readings?sensor=a1&quantity=pm25&limit=2';
      const { nextCursor } = (await open.call({ url })).json();
      await open.store(aReading('a1', 'pm25', at(2.5), 11), aReading('a1', 'pm25', at(0.5), 12));
      const { readings } = (await open.call({ url: `${url}&cursor=${nextCursor}` })).json();
      expect(readings.map((each: Reading) => each.value)).toEqual([900, 12]);
    });

    it('keeps the representation in its links', async () => {
      const answer = await open.call({ url: '/open/v1/readings?station=air-1&limit=2&format=csv' });
      const next = await open.call({ url: String(linked(answer)) });
      expect(next.headers['content-type']).toContain('text/csv');
    });

    it.each(['x', 'e30', '%F0%9F%97%91'])('refuses the cursor %s', async (cursor) => {
      const answer = await open.call({ url: `/open/v1/readings?station=air-1&cursor=${cursor}` });
      expect(answer.status).toBe(400);
      expect(answer.json().errors).toMatchObject([{ in: 'query', field: 'cursor' }]);
    });

    it('refuses a cursor of another query', async () => {
      const { nextCursor } = (await open.call({ url: '/open/v1/readings?station=air-1&limit=2' })).json();
      for (const other of ['station=air-1&quantity=pm25', 'sensor=a1', 'station=air-1&from=2026-11-01T00:00:00Z']) {
        expect((await open.call({ url: `/open/v1/readings?${other}&limit=2&cursor=${nextCursor}` })).status).toBe(400);
      }
    });
  });

  describe('caching', () => {
    const settled = '/open/v1/readings?sensor=a1&from=2026-11-10T00:00:00Z&to=2026-11-11T00:00:00Z';

    it('is long for a period that is settled and short for one that is not', async () => {
      expect((await open.call({ url: settled })).headers['cache-control']).toBe(
        'public, max-age=86400, stale-while-revalidate=86400',
      );
      const recent = await open.call({ url: '/open/v1/readings?sensor=a1' });
      expect(recent.headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=60');
    });

    it('is told apart by Accept', async () => {
      expect((await open.call({ url: settled })).headers.vary).toBe('Accept');
    });

    it('answers 304, still cacheable, while nothing changed, and 200 after a correction', async () => {
      const url = '/open/v1/readings?sensor=a1&quantity=pm25';
      const { etag } = (await open.call({ url })).headers;
      const headers = { 'if-none-match': String(etag) };
      const same = await open.call({ url, headers });
      expect(same.status).toBe(304);
      expect(same.headers).toMatchObject({
        'cache-control': 'public, max-age=60, stale-while-revalidate=60',
        vary: 'Accept',
        etag,
      });
      await open.store({ ...aReading('a1', 'pm25', at(3), 21), receivedAt: NOW });
      expect((await open.call({ url, headers })).status).toBe(200);
    });

    it('tags each representation differently', async () => {
      const tags = await Promise.all(
        ['json', 'csv', 'geojson'].map(
          async (format) => (await open.call({ url: `${settled}&format=${format}` })).headers.etag,
        ),
      );
      expect(new Set(tags).size).toBe(3);
    });
  });
});
