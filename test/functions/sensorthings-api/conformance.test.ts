import { beforeAll, describe, expect, it } from 'vitest';
import {
  entitySetNames,
  entityTypeOfSet,
  relationOf,
} from '../../../shared/open-data/sensorthings/model/entity-model.ts';
import { type Json, openSensorThingsCity, ROOT, type SensorThingsCity } from './sensorthings-city.ts';

/** What OGC's executable test suite (ets-sta10 1.5) asks of a reader, in our own words. */
let city: SensorThingsCity;
beforeAll(async () => {
  city = await openSensorThingsCity();
});

const mandatoryOf = (set: string) => (entityTypeOfSet(set)?.properties ?? []).filter(({ mandatory }) => mandatory);
const first = async (path: string): Promise<Json> => {
  const [entity] = await city.list(path);
  if (entity === undefined) throw new Error(`nothing at ${path}`);
  return entity;
};

describe('Sensing core', () => {
  it('has ids that a long can be read from, also of observations', async () => {
    for (const set of entitySetNames) {
      const id = String((await first(`/${set}`))['@iot.id']);
      expect(id).toMatch(/^[1-9]\d{0,18}$/);
      expect((await city.get(`/${set}(${id})`))['@iot.id']).toBeDefined();
    }
    expect((await city.call({ url: `${ROOT}/Observations(9223372036854775807)` })).status).toBe(404);
  });

  it('finds an observation by the id of an earlier edition too', async () => {
    const own = await first('/Observations');
    const [, datastream, at] = /^(\d+)(\d{13})$/.exec(String(own['@iot.id'])) ?? [];
    expect(await city.get(`/Observations('${datastream}-${Number(at)}')`)).toEqual(own);
  });

  it('writes a bare value as an object only where the property is one', async () => {
    for (const set of entitySetNames) {
      const entity = await first(`/${set}`);
      for (const { name } of mandatoryOf(set)) {
        const { status, body } = await city.call({ url: `${entity['@iot.selfLink']}/${name}/$value` });
        const isObject = ['location', 'feature', 'unitOfMeasurement'].includes(name);
        expect([set, name, status, body.startsWith('{')]).toEqual([set, name, 200, isObject]);
      }
    }
  });

  it('goes from any entity along three relations in any order, with references at each end', async () => {
    const checkReferences = async (path: string): Promise<void> => {
      const { value, ...reference } = await city.get(`${path}/$ref`);
      for (const one of value ?? [reference]) expect(Object.keys(one)).toEqual(['@iot.selfLink']);
    };
    const walk = async (path: string, set: string, depth: number): Promise<number> => {
      let visited = 0;
      for (const { name, target, many } of depth === 0 ? [] : (entityTypeOfSet(set)?.relations ?? [])) {
        await checkReferences(`${path}/${name}`);
        const key = many ? `(${(await first(`${path}/${name}?$top=1`))['@iot.id']})` : '';
        visited += 1 + (await walk(`${path}/${name}${key}`, setOf(target), depth - 1));
      }
      return visited;
    };
    const setOf = (target: string): string =>
      entitySetNames.find((set) => entityTypeOfSet(set)?.name === target) ?? target;
    for (const set of entitySetNames) {
      const { '@iot.id': id } = await first(`/${set}`);
      expect(await walk(`/${set}(${id})`, set, 3)).toBeGreaterThan(3);
    }
  });
});

describe('Filtering', () => {
  it.each(entitySetNames.flatMap((set) => mandatoryOf(set).map(({ name, type }) => [set, name, type] as const)))(
    '%s are ordered by %s, up and down',
    async (set, name, type) => {
      const keyOf = (entity: Json): unknown =>
        typeof entity[name] === 'object' && entity[name] !== null ? JSON.stringify(entity[name]) : entity[name];
      const rising = (await city.list(`/${set}?$top=1000&$orderby=${name}`)).map(keyOf);
      const falling = (await city.list(`/${set}?$top=1000&$orderby=${name} desc`)).map(keyOf);
      const isBefore = (a: unknown, b: unknown): boolean =>
        a === null || (b !== null && (typeof a === 'number' ? a <= Number(b) : String(a) <= String(b)));
      // Of an object, suites ask only that it has some order; ours is that of its text with sorted names.
      if (type !== 'geometry' && type !== 'json') {
        expect(rising.every((key, index) => index === 0 || isBefore(rising[index - 1], key))).toBe(true);
      }
      expect(falling).toHaveLength(rising.length);
      expect(falling.at(0)).toEqual(rising.at(-1));
      expect(falling.at(-1)).toEqual(rising.at(0));
    },
  );

  it('compares a result with a text as text', async () => {
    const results = async (filter: string) =>
      (await city.list(`/Observations?$top=1000&$filter=${filter}`)).map(({ result }) => String(result));
    expect(await results("result eq '500'")).toEqual(['500', '500']);
    expect((await results("result gt '8'")).every((text) => text > '8')).toBe(true);
    expect(await results("result gt '8'")).toEqual(expect.arrayContaining(['9', '90', '880']));
    expect(await results("result ne '90'")).not.toContain('90');
  });

  it.each(
    entitySetNames.flatMap((set) => {
      const type = entityTypeOfSet(set);
      return (type?.relations ?? []).flatMap(({ name, target }) => {
        const next = entitySetNames.map(entityTypeOfSet).find((each) => each?.name === target);
        return (next?.relations ?? []).map((relation) => [set, name, relation.name] as const);
      });
    }),
  )('%s expand %s/%s, however many there are', async (set, relation, further) => {
    const [entity] = await city.list(`/${set}?$expand=${relation}/${further}`);
    const type = entityTypeOfSet(set)?.name;
    const below = entity?.[relation];
    const one = (Array.isArray(below) ? below[0] : below) as Json;
    expect(one['@iot.selfLink']).toBeDefined();
    expect(type && relationOf(type, relation)).toBeDefined();
    expect(one[further]).toBeDefined();
  });

  it('makes pages of what is expanded that fit into one answer, where nobody says how long', async () => {
    const answer = await city.get('/Observations?$top=200&$expand=Datastream/Observations');
    expect(JSON.stringify(answer).length).toBeLessThan(4_000_000);
    const [observation] = answer.value ?? [];
    const { Observations, 'Observations@iot.nextLink': next } = (observation?.Datastream ?? {}) as Record<
      string,
      Json[]
    >;
    expect(Observations?.length).toBeGreaterThan(1);
    expect((await city.list(String(next))).at(0)).not.toEqual(Observations?.at(-1));
  });
});

describe('Conditions on the observations of something else', () => {
  const namesOf = async (path: string) => (await city.list(path)).map(({ name }) => name);
  const first5 = '2026-10-05T05:00:00Z';

  it('hold where some observation of some datastream meets all that is asked of it', async () => {
    expect(await namesOf('/Things?$filter=Datastreams/Observations/result gt 890')).toEqual(['Bin bin-1']);
    const later = `Datastreams/Observations/phenomenonTime gt ${first5}`;
    expect(await namesOf(`/Things?$filter=Datastreams/Observations/result gt 890 and ${later}`)).toEqual([]);
    expect(await namesOf(`/Things?$filter=Datastreams/Observations/result eq 880 and ${later}`)).toEqual([]);
    expect(await namesOf('/Locations?$filter=Things/Datastreams/Observations/result eq 7.1')).toEqual([
      'Station river-1',
    ]);
    expect(await namesOf('/FeaturesOfInterest?$filter=Observations/resultQuality/flag eq 9')).toEqual(['Bin bin-2']);
  });

  it('can stand beside conditions on the datastream itself, and inside $expand', async () => {
    const both = "Datastreams/properties/quantity eq 'battery' and Datastreams/Observations/result gt 100";
    expect(await namesOf(`/Things?$filter=${both}`)).toEqual([]);
    const [thing] = await city.list(
      "/Things?$filter=properties/id eq 'bin-1'&$expand=Datastreams($filter=Observations/result eq 900;$select=properties/quantity)",
    );
    expect(thing?.Datastreams).toEqual([{ properties: { quantity: 'fillDistance' } }]);
  });

  it('read no series where the latest and the extremes of days decide', async () => {
    const own = await openSensorThingsCity();
    await own.list('/Datastreams');
    own.asked.length = 0;
    await own.list('/Things?$filter=Datastreams/Observations/result gt 58');
    await own.list('/Things?$filter=Datastreams/Observations/result gt 100000');
    expect(own.asked.filter((call) => call === 'series')).toEqual([]);
  });

  it('order by the least of many where the order rises, by the greatest where it falls', async () => {
    const byQuantity = 'Datastreams/ObservedProperty/name';
    expect(await namesOf(`/Things?$orderby=${byQuantity} desc&$top=1`)).toHaveLength(1);
    const [rising, falling] = [
      await namesOf(`/Things?$orderby=${byQuantity}`),
      await namesOf(`/Things?$orderby=${byQuantity} desc`),
    ];
    expect(rising.toSorted()).toEqual(falling.toSorted());
    expect(rising[0]).toBe('Bin bin-1');
    // “pH” is behind all that begins with a capital.
    expect(falling[0]).toBe('Station river-1');
  });
});
