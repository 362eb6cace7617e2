import { describe, expect, it } from 'vitest';
import { openSensorThingsCity } from './sensorthings-city.ts';

const licence = { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' };

describe('Licence and attribution', () => {
  it('stand among the properties of each Thing and datastream, where a filter finds them too', async () => {
    const city = await openSensorThingsCity({ publication: async () => ({ licence, attribution: 'Thủ Dầu Một' }) });
    for (const set of ['Things', 'Datastreams']) {
      const entities = await city.list(`/${set}`);
      expect(entities.length).toBeGreaterThan(0);
      for (const { properties } of entities) {
        expect(properties).toMatchObject({ licence: licence.url, attribution: 'Thủ Dầu Một' });
      }
      expect(await city.list(`/${set}?$filter=properties/attribution eq 'Thủ Dầu Một'`)).toEqual(entities);
    }
    const [thing] = await city.list("/Things?$filter=properties/id eq 'bin-1'");
    expect(thing?.properties).toMatchObject({ id: 'bin-1', kind: 'bin' });
    const [sensor] = await city.list('/Sensors');
    expect(sensor?.properties).not.toHaveProperty('licence');
  });

  it('are told as they are now, and nothing is told without them', async () => {
    let published: string | undefined = 'One';
    const city = await openSensorThingsCity({
      publication: async () => {
        if (published === undefined) throw new Error('the registry cannot say');
        return { licence, attribution: published };
      },
    });
    const attributions = async () =>
      new Set((await city.list('/Things')).map(({ properties }) => Object(properties).attribution));
    expect(await attributions()).toEqual(new Set(['One']));
    published = 'Another';
    city.pass(60_000);
    expect(await attributions()).toEqual(new Set(['Another']));
    published = undefined;
    city.pass(60_000);
    await expect(city.list('/Things')).rejects.toThrow(/^5\d\d/);
  });
});
