import { beforeAll, describe, expect, it } from 'vitest';
import { aBin, aReading } from '../../support/small-city.ts';
import { HOUR, type Json, MINUTE, openSensorThingsCity, type SensorThingsCity, start } from './sensorthings-city.ts';

let city: SensorThingsCity;
let pm25 = 0;
beforeAll(async () => {
  city = await openSensorThingsCity();
  const [datastream] = await city.list("/Datastreams?$filter=properties/quantity eq 'pm25'");
  pm25 = Number(datastream?.['@iot.id']);
});

const results = (observations: readonly Json[]): readonly unknown[] => observations.map(({ result }) => result);

describe('Paging', () => {
  const walk = async (
    own: SensorThingsCity,
    path: string,
    between: (page: number) => Promise<void> = async () => {},
  ) => {
    const found: Json[] = [];
    let link: string | undefined = path;
    for (let page = 0; link !== undefined; page += 1) {
      if (page > 500) throw new Error('the pages have no end');
      const answer: Json = await own.get(link);
      found.push(...(answer.value ?? []));
      link = answer['@iot.nextLink'] as string | undefined;
      await between(page);
    }
    return found;
  };
  it('sends a month of five-minute values as one page of rows or of points, and a thousand as entities', async () => {
    const own = await openSensorThingsCity();
    const many = Array.from({ length: 8_640 }, (_, index) =>
      aReading('level-2', 'fillDistance', start + index * 5 * MINUTE, 500 + (index % 7)),
    );
    await own.observe(...many);
    const [datastream] = await own.list("/Datastreams?$filter=properties/sensorId eq 'level-2'");
    const path = `/Datastreams(${datastream?.['@iot.id']})/Observations?$top=2147483647&$select=phenomenonTime,result`;
    const rows: Json = await own.get(`${path}&$resultFormat=dataArray`);
    expect(rows['@iot.nextLink']).toBeUndefined();
    expect(rows.value?.[0]?.['dataArray@iot.count']).toBe(8_640);
    const points: Json = await own.get(path);
    expect(points['@iot.nextLink']).toBeUndefined();
    expect(points.value).toHaveLength(8_640);
    const entities: Json = await own.get(path.replace('&$select=phenomenonTime,result', ''));
    expect(entities.value).toHaveLength(1_000);
    expect(entities['@iot.nextLink']).toBeDefined();
  });

  const ids = (entities: readonly Json[]): readonly unknown[] => entities.map((entity) => entity['@iot.id']);

  it.each([
    '/Observations?$top=17',
    '/Observations?$top=17&$orderby=phenomenonTime desc',
    '/Observations?$top=17&$orderby=phenomenonTime',
    '/Observations?$top=17&$orderby=result',
    '/Observations?$top=17&$filter=result gt 10',
    '/Datastreams?$top=3&$orderby=name desc',
    '/Things?$top=1',
  ])('gives each entity exactly once: %s', async (path) => {
    const whole = await city.list(path.replace(/\$top=\d+/, '$top=1000'));
    expect(whole.length).toBeGreaterThan(3);
    expect(await walk(city, path)).toEqual(whole);
  });

  it.each(['', '&$orderby=phenomenonTime desc', '&$orderby=phenomenonTime'])(
    'gives each that was there exactly once while others come in between%s',
    async (order) => {
      const own = await openSensorThingsCity();
      const before = ids(await own.list(`/Observations?$top=1000${order}`));
      const seen = ids(
        await walk(own, `/Observations?$top=20${order}`, async (page) => {
          await own.observe(aReading('air-s', 'pm25', start + page * 11 * MINUTE + 7, 99));
          await own.observe(aReading('level-1', 'fillDistance', start + 30 * HOUR + page, 99));
        }),
      );
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining([...before]));
    },
  );

  it('goes on where a Thing was that is gone', async () => {
    const own = await openSensorThingsCity();
    const page = await own.get('/Things?$top=2&$select=name');
    await own.registry.remove('bin', 'bin-2');
    await own.registry.put('bin', aBin('bin-9'));
    own.pass(HOUR);
    const rest = await own.list(String(page['@iot.nextLink']));
    expect(rest.map(({ name }) => name).at(-1)).toBe('Bin bin-9');
  });

  it('skips far into a series', async () => {
    const far = await city.list(`/Datastreams(${pm25})/Observations?$skip=298&$top=5`);
    expect(results(far)).toEqual([58, 59]);
    expect(await walk(city, `/Observations?$skip=300&$top=10`)).toHaveLength(53);
  });
});

describe('Skipping far', () => {
  it.each(['', '&$orderby=phenomenonTime', '&$orderby=phenomenonTime desc'])(
    'counts what lies before instead of reading it, and comes out at the same place%s',
    async (order) => {
      const own = await openSensorThingsCity();
      const more = Array.from({ length: 900 }, (_, index) => aReading('water-s', 'ph', start + index * MINUTE, 7));
      await own.observe(...more);
      const [ph] = await own.list("/Datastreams?$filter=properties/quantity eq 'ph'");
      for (const path of ['/Observations', `/Datastreams(${ph?.['@iot.id']})/Observations`]) {
        const sorted = await own.get(`${path}?$top=1000${order}`);
        for (const skip of [600, 890, 899]) {
          const page = await own.list(`${path}?$top=5&$skip=${skip}${order}`);
          expect(page).toEqual(sorted.value?.slice(skip, skip + 5));
        }
      }
      expect(await own.get(`/Observations?$skip=100000${order}`)).toEqual({ value: [] });
    },
  );
});
