import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import { readWithHyparquet } from '../../support/parquet.ts';
import { aBin, aReading, aSensor, aStation, city } from '../../support/small-city.ts';
import { at, HOUR, openCityOf } from './open-data-city.ts';

const openCity = async () => {
  const opened = openCityOf({
    city: [city],
    bin: [aBin('bin-1', { ward: 'Phú Cường' }), aBin('bin-2')],
    station: [aStation('air-1')],
    sensor: [
      ...['a1', 'a2'].map((id) => aSensor(id, 'air-1', 'air')),
      aSensor('b1', 'bin-1', 'bin'),
      aSensor('b2', 'bin-2', 'bin'),
    ],
  });
  const { store } = opened;
  // Quarters of the hour from 13:00 to 14:00, a suspect one among them, and a2's single one.
  await store(
    ...[3.75, 3.5, 3.25].map((hours, index) => aReading('a1', 'pm25', at(hours), 10 * (index + 1))),
    aReading('a1', 'pm25', at(3), 900, 3),
    aReading('a1', 'airTemperature', at(1), 31),
    aReading('a2', 'pm25', at(2), 50),
  );
  const levels = [0.7, 0.75, 0.8, 0.05, 0.1, 0.12];
  for (const [index, level] of levels.entries()) {
    const measuredAt = at(8 - index) - 60_000;
    await store(aReading('b1', 'fillDistance', measuredAt, (1 - level) * 1_000));
    await store(aReading('b2', 'fillDistance', measuredAt + HOUR, (1 - level) * 1_000));
  }
  return opened;
};

let open: Awaited<ReturnType<typeof openCity>>;
beforeEach(async () => {
  open = await openCity();
});
const body = async (url: string) => (await open.call({ url: `/open/v1${url}` })).json();

describe('The latest readings', () => {
  it('are one a quantity of a sensor', async () => {
    const { readings } = await body('/latest?station=air-1');
    expect(
      readings.map(({ sensorId, quantity, value }: Record<string, unknown>) => [sensorId, quantity, value]),
    ).toEqual([
      ['a1', 'airTemperature', 31],
      ['a1', 'pm25', 900],
      ['a2', 'pm25', 50],
    ]);
  });
  it('are those of the whole city when nothing is asked for, page by page', async () => {
    const first = await body('/latest?limit=3');
    const second = await body(`/latest?limit=3&cursor=${first.nextCursor}`);
    expect([...first.readings, ...second.readings]).toHaveLength(5);
    expect(second.nextCursor).toBeUndefined();
    expect((await body('/latest')).readings).toEqual([...first.readings, ...second.readings]);
  });
  it('hold what is worked out when it is asked for', async () => {
    await open.parts.readings.append([
      aReading('a1', 'pm25Mean1h', at(2), 19),
      aReading('a1', 'pm25Mean1h', at(1), 21),
    ]);
    expect((await body('/latest?quantity=pm25Mean1h')).readings).toMatchObject([{ sensorId: 'a1', value: 21 }]);
  });
});

describe('Aggregates', () => {
  it('tell each period of each sensor on both clocks, with coverage, also where there was nothing', async () => {
    const { aggregates } = await body('/aggregates?quantity=pm25&from=2026-11-22T06:00:00Z&to=2026-11-22T08:00:00Z');
    expect(aggregates).toHaveLength(4);
    expect(aggregates[0]).toMatchObject({
      stationId: 'air-1',
      sensorId: 'a1',
      by: 'hour',
      unit: 'µg/m³',
      startsAt: '2026-11-22T06:00:00.000Z',
      endsAt: '2026-11-22T07:00:00.000Z',
      endsAtLocal: '2026-11-22T14:00:00.000+07:00',
      mean: 20,
      min: 10,
      max: 30,
      sum: null,
      expected: 4,
      observed: 3,
      coverage: 0.75,
      suspect: 1,
      flag: 1,
    });
    expect(aggregates[1]).toMatchObject({ sensorId: 'a1', mean: null, observed: 0, flag: 9 });
    expect(aggregates[3]).toMatchObject({ sensorId: 'a2', mean: 50, observed: 1, coverage: 0.25, flag: 3 });
  });

  it('by day end at the city’s midnight and not before they ended', async () => {
    const { aggregates } = await body('/aggregates?quantity=pm25&sensor=a1&by=day&from=2026-11-20T17:00:00Z');
    expect(aggregates.map(({ endsAtLocal }: { endsAtLocal: string }) => endsAtLocal)).toEqual([
      '2026-11-22T00:00:00.000+07:00',
    ]);
  });

  it('come in pages that neither repeat nor skip', async () => {
    const url = '/aggregates?quantity=pm25&limit=20';
    const pages = [await body(url)];
    while (pages.at(-1).nextCursor !== undefined) pages.push(await body(`${url}&cursor=${pages.at(-1).nextCursor}`));
    const rows = pages.flatMap(({ aggregates }) => aggregates);
    expect(pages.length).toBeGreaterThan(2);
    expect(rows).toEqual((await body('/aggregates?quantity=pm25&limit=5000')).aggregates);
    expect(new Set(rows.map(({ sensorId, endsAt }) => `${sensorId} ${endsAt}`)).size).toBe(48);
  });

  it.each([
    '/aggregates',
    '/aggregates?quantity=pm25Mean1h',
    '/aggregates?quantity=vnAqi1h',
    '/aggregates?quantity=pm25&by=week',
    '/aggregates?quantity=pm25&by=hour&from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z',
  ])('refuse %s', async (url) => {
    expect((await open.call({ url: `/open/v1${url}` })).status).toBe(400);
  });

  it('refuse a cursor of another query', async () => {
    const { nextCursor } = await body('/aggregates?quantity=pm25&limit=20');
    const answer = await open.call({ url: `/open/v1/aggregates?quantity=pm25&by=day&cursor=${nextCursor}` });
    expect(answer.status).toBe(400);
  });
});

describe('What nobody can have measured', () => {
  it.each(['hour', 'day', 'month'])('has no aggregates by %s', async (by) => {
    const url = `/aggregates?quantity=pm25&by=${by}&from=9999-12-01T00:00:00Z&to=9999-12-30T00:00:00Z`;
    expect((await body(url)).aggregates).toEqual([]);
  });
  it.each(['/aggregates?quantity=pm25&cursor=', '/collections?cursor=', '/readings?quantity=pm25&cursor='])(
    'is refused where a forged cursor asks for it: %s',
    async (url) => {
      const filters = {
        '/aggregates?quantity=pm25&cursor=': '[["quantity","pm25"],["by","hour"]]',
        '/collections?cursor=': '[]',
        '/readings?quantity=pm25&cursor=': [null, null, 'pm25'],
      };
      const filter = filters[url as keyof typeof filters];
      const after = { sensorId: 'a1', quantity: 'pm25', measuredAt: 9e15 };
      const forged = {
        filter,
        from: 9e15,
        to: 9e15 + 1_000,
        binId: 'a',
        emptiedBefore: '',
        sensorId: 'a',
        endsAt: 0,
        after,
      };
      const cursor = Buffer.from(JSON.stringify(forged)).toString('base64url');
      expect((await open.call({ url: `/open/v1${url}${cursor}` })).status).toBe(400);
    },
  );
});

describe('Collections performed', () => {
  it('say which bin was emptied when and how full it was, and nobody’s name', async () => {
    const { collections } = await body('/collections?bin=bin-1');
    expect(collections).toEqual([
      {
        binId: 'bin-1',
        binName: 'Bin bin-1',
        stream: 'other',
        ward: 'Phú Cường',
        emptiedAfter: '2026-11-22T03:59:00.000Z',
        emptiedAfterLocal: '2026-11-22T10:59:00.000+07:00',
        emptiedBefore: '2026-11-22T04:59:00.000Z',
        emptiedBeforeLocal: '2026-11-22T11:59:00.000+07:00',
        fillBefore: 0.8,
        fillAfter: 0.05,
        litresRemoved: 2_250,
      },
    ]);
  });
  it('are those of all bins, page by page', async () => {
    const first = await body('/collections?limit=1');
    const second = await body(`/collections?limit=1&cursor=${first.nextCursor}`);
    expect([...first.collections, ...second.collections].map(({ binId }) => binId)).toEqual(['bin-1', 'bin-2']);
    expect(second.nextCursor).toBeUndefined();
  });
  it('of a bin that does not exist are not to be had', async () => {
    expect((await open.call({ url: '/open/v1/collections?bin=nowhere' })).status).toBe(404);
  });
});

const tables = ['/stations', '/latest', '/readings?sensor=a1', '/aggregates?quantity=pm25', '/collections', '/indices'];

describe.each(tables)('%s', (path) => {
  const withFormat = (format: string) => `/open/v1${path}${path.includes('?') ? '&' : '?'}format=${format}`;

  it('names licence and source in every format', async () => {
    const json = (await open.call({ url: withFormat('json') })).json();
    const geojson = (await open.call({ url: withFormat('geojson') })).json();
    for (const each of [json, geojson]) {
      expect(each).toMatchObject({ licence: { name: 'CC BY 4.0' }, attribution: 'Thủ Dầu Một' });
    }
    for (const format of ['json', 'csv', 'geojson', 'parquet']) {
      expect((await open.call({ url: withFormat(format) })).headers.link).toContain('rel="license"');
    }
  });

  it('describes its CSV by CSVW: the address asked for, every column in its order', async () => {
    const url = withFormat('csv');
    const csv = await open.call({ url });
    const link = /<([^>]*)>; rel="describedby"; type="application\/csvm\+json"/.exec(csv.headers.link ?? '');
    const sidecar = await open.call({ url: link?.[1] ?? 'nothing' });
    expect(sidecar.headers['content-type']).toBe('application/csvm+json');
    const { url: described, tableSchema } = sidecar.json();
    expect(described).toBe(url);
    const [header] = parse(csv.body, { record_delimiter: '\r\n' });
    expect(tableSchema.columns.map(({ titles }: { titles: string }) => titles)).toEqual(header);
  });

  it('has the same rows as CSV and as Parquet', async () => {
    const csv = await open.call({ url: withFormat('csv') });
    const parquet = await open.call({ url: withFormat('parquet'), headers: {} });
    expect(parquet.headers['content-type']).toBe('application/vnd.apache.parquet');
    const rows = await readWithHyparquet(Buffer.from(parquet.body, 'base64'));
    const expected: Record<string, string>[] = parse(csv.body, { columns: true, record_delimiter: '\r\n' });
    const written = (value: unknown, like: string): string => {
      const text = value === null || value === undefined ? '' : String(value);
      // On the city's clock Parquet knows no offset.
      return /\+07:00$/.test(like) ? text.replace(/Z$/, '+07:00') : text;
    };
    expect(
      rows.map((row, index) =>
        Object.fromEntries(
          Object.keys(expected[index] ?? {}).map((name) => [name, written(row[name], expected[index]?.[name] ?? '')]),
        ),
      ),
    ).toEqual(expected);
  });
});
