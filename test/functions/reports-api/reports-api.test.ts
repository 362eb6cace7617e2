import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportsApi } from '../../../functions/reports-api/app.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import { callerOf } from '../../support/api-gateway.ts';
import { memoryEpisodes } from '../../support/memory-episodes.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { reportCity } from '../../support/report-city.ts';
import { city } from '../../support/small-city.ts';

let call: ReturnType<typeof callerOf>;
let now: number;

beforeAll(async () => {
  const made = await reportCity({ from: '2026-10-08', days: 4, everyMinutes: 60 });
  now = made.now;
  call = callerOf(reportsApi({ ...made, cityId: city.id, clock: () => made.now }));
});

const get = (path: string, headers: Record<string, string> = {}) => call({ url: `/api/v1/reports/${path}`, headers });

describe('GET /api/v1/reports/{kind}/{period}', () => {
  it('answers a city’s day as JSON, and a station’s only with that station', async () => {
    const whole = await get('day/2026-10-10');
    expect(whole.status).toBe(200);
    expect(JSON.parse(whole.body)).toMatchObject({ kind: 'day', scope: 'city', asOf: new Date(now).toISOString() });
    const one = JSON.parse((await get('day/2026-10-10?station=phu-cuong')).body);
    expect(one.stations.map(({ stationId }: { stationId: string }) => stationId)).toEqual(['phu-cuong']);
  });

  it('answers the format that is asked for, by name or by Accept', async () => {
    const types = await Promise.all([
      get('month/2026-10?format=csv'),
      get('month/2026-10?format=html'),
      get('day/2026-10-10?station=phu-loi&format=pdf'),
      get('day/2026-10-10', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }),
    ]);
    expect(types.map(({ status, headers }) => `${status} ${headers['content-type']}`)).toEqual([
      '200 text/csv; charset=utf-8; header=present',
      '200 text/html; charset=utf-8',
      '200 application/pdf',
      '200 text/html; charset=utf-8',
    ]);
    expect(types[0]?.headers['content-disposition']).toBe('attachment; filename="report-tdm-2026-10.csv"');
    expect(
      Buffer.from(types[2]?.body ?? '', 'base64')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('allows the page its own style and nothing else', async () => {
    const { body, headers } = await get('day/2026-10-10?format=html&lang=vi');
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(body).not.toMatch(/<script|style="|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    expect(body).toContain('<html lang="vi">');
  });

  it('gives the same bytes for the same asOf in every format', async () => {
    const asOf = encodeURIComponent(new Date(now - 3_600_000).toISOString());
    for (const format of ['json', 'csv', 'html', 'pdf']) {
      const url = `day/2026-10-10?format=${format}&station=phu-cuong&asOf=${asOf}`;
      const [first, second] = [await get(url), await get(url)];
      expect(first.status).toBe(200);
      expect(second.body).toBe(first.body);
    }
  });

  it.each([
    ['week/2026-10', 400, 'path', 'kind', 'must be one of day, month, year'],
    ['month/2026-13', 400, 'path', 'period', 'must be a calendar month, YYYY-MM'],
    ['day/2026-10-32', 400, 'path', 'period', 'must be a calendar day, YYYY-MM-DD'],
    ['day/2026-10-10?format=docx', 400, 'query', 'format', 'must be one of json, csv, html, pdf'],
    ['day/2026-10-10?lang=fr', 400, 'query', 'lang', 'must be one of both, vi, en'],
    ['day/2026-10-10?station=nowhere', 404, 'query', 'station', 'there is no station nowhere'],
    ['day/2026-10-10?asOf=2030-01-01T00:00:00Z', 400, 'query', 'asOf', 'must not lie in the future'],
    ['day/2026-10-10?asOf=yesterday', 400, 'query', 'asOf', 'must be an ISO 8601 instant'],
    ['year/2027', 400, 'path', 'period', 'nothing was known of it'],
    ['day/2026-10-10?limit=5', 400, 'query', 'limit', 'is not known here'],
  ])('refuses %s with %i and the field at fault', async (path, status, where, field, message) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const [fault] = JSON.parse(answer.body).errors;
    expect(fault).toMatchObject({ in: where, field });
    expect(fault.message).toContain(message);
  });

  it('describes itself', async () => {
    const document = JSON.parse((await get('openapi.json')).body);
    expect(Object.keys(document.paths['/{kind}/{period}'].get.responses[200].content)).toEqual([
      'application/json',
      'text/csv',
      'text/html',
      'application/pdf',
    ]);
  });

  it('says of a city without stations that there are none', async () => {
    const empty = callerOf(
      reportsApi({
        cityId: city.id,
        registry: memoryRegistry({ city: [city] }),
        sensorStates: memorySensorStates(),
        readings: memoryReadingStore(),
        episodes: memoryEpisodes(),
        clock: () => now,
      }),
    );
    const answer = await empty({ url: '/api/v1/reports/day/2026-10-10?format=json' });
    expect(JSON.parse(answer.body).caveats.map(({ code }: { code: string }) => code)).toContain('no-stations');
  });
});
