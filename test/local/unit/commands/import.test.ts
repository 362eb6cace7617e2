import { describe, expect, it } from 'vitest';
import { assumedMessage, sendAssumedReadings } from '../../../../local/import/assumed-readings.ts';
import { entityIdFrom } from '../../../../local/import/entity-id.ts';
import { readImportOptions } from '../../../../local/import/options.ts';
import { readBins } from '../../../../local/import/read-bins.ts';
import { registerBins } from '../../../../local/import/register-bins.ts';
import { readCityJson } from '../../../../shared/telemetry/envelopes/city-json.ts';
import { fillFraction } from '../../../../shared/waste/container.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';

/** As OpenStreetMap data in Overpass's GeoJSON comes. */
const feature = (id: string, properties: object, coordinates: readonly number[] = [-4.43, 36.71], type = 'Point') => ({
  type: 'Feature',
  id,
  properties: { id, ...properties },
  geometry: { type, coordinates },
});
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
const malaga = [
  '--prefix',
  'malaga-',
  '--stream',
  '_layer',
  '--stream-map',
  'trash=other,paper=recyclable',
  '--capacity',
  'capacity',
];
const options = (...more: string[]) => readImportOptions(['file.geojson', ...malaga, ...more]);

describe('ids of an import', () => {
  it.each([
    ['node/3754070352', 'malaga-node-3754070352'],
    ['Thùng số 7, Đường Yersin', 'malaga-Thung-so-7-Duong-Yersin'],
    ['a//b', 'malaga-a-b'],
  ])('are made from %s', (text, id) => expect(entityIdFrom('malaga-', text)).toBe(id));

  it('are refused when nothing is left, or too much', () => {
    expect(entityIdFrom('', '')).toBeUndefined();
    expect(entityIdFrom('malaga-', '  ')).toBeUndefined();
    expect(entityIdFrom('', '///')).toBeUndefined();
    expect(entityIdFrom('', 'x'.repeat(65))).toBeUndefined();
  });
});

describe('reading bins from GeoJSON', () => {
  it('maps properties and converts the unit of the capacity', () => {
    const { bins, refused, assumed } = readBins(
      collection(feature('node/1', { _layer: 'trash', capacity: '3.2' }, [-4.4389884, 36.7111605])),
      options().columns,
    );
    expect(refused).toEqual([]);
    expect(assumed).toEqual({ capacity: 0, stream: 0 });
    expect(bins).toMatchObject([
      {
        id: 'malaga-node-1',
        name: 'malaga-node-1',
        stream: 'other',
        position: { latitude: 36.7111605, longitude: -4.4389884 },
        container: { capacityLitres: 3_200 },
      },
    ]);
  });

  it('takes a bin without capacity at the default, and says how many', () => {
    const { bins, assumed } = readBins(
      collection(feature('1', { _layer: 'paper' }), feature('2', { _layer: 'paper', capacity: 5 })),
      options('--default-capacity', '2500').columns,
    );
    expect(bins.map(({ container }) => container.capacityLitres)).toEqual([2_500, 5_000]);
    expect(assumed.capacity).toBe(1);
  });

  it.each([
    ['an unknown stream', feature('1', { _layer: 'glass' }), /glass/],
    ['a line', feature('1', { _layer: 'trash' }, [1, 2], 'LineString'), /point/],
    ['a latitude beyond the pole', feature('1', { _layer: 'trash' }, [36.7, 110]), /latitude/],
    ['a capacity that is none', feature('1', { _layer: 'trash', capacity: 'big' }), /"big"/],
    ['a capacity of zero', feature('1', { _layer: 'trash', capacity: '0' }), /"0"/],
    ['no id', feature('', { _layer: 'trash' }), /id/],
    ['something else altogether', 17, /object/],
  ])('refuses %s with its place and reason, and takes the others', (_name, bad, reason) => {
    const good = feature('2', { _layer: 'trash' });
    const { bins, refused } = readBins(collection(bad, good), options().columns);
    expect(bins).toHaveLength(1);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.index).toBe(0);
    expect(refused[0]?.reason).toMatch(reason);
  });

  it('takes the first of two features that come to the same id', () => {
    const { bins, refused } = readBins(
      collection(feature('node/1', { _layer: 'trash' }), feature('node-1', { _layer: 'paper' })),
      options().columns,
    );
    expect(bins).toMatchObject([{ stream: 'other' }]);
    expect(refused).toMatchObject([{ index: 1, id: 'node-1' }]);
  });

  it('says so when the file is no feature collection', () => {
    expect(() => readBins({ type: 'Topology' }, options().columns)).toThrow(/FeatureCollection/);
  });
});

describe('registering imported bins', () => {
  const features = Array.from({ length: 9 }, (_, index) =>
    feature(`node/${index}`, { _layer: index % 3 === 0 ? 'paper' : 'trash', capacity: 3 }, [-4.4 - index / 100, 36.7]),
  );
  const { bins } = readBins(collection(...features), options().columns);

  it('adds bins, sensors and what a plan needs, once', async () => {
    const registry = memoryRegistry();
    const wanted = options('--with-sensors', '--with-fleet', '--city-name', 'Málaga', '--time-zone', 'Europe/Madrid');
    expect(await registerBins(registry, bins, wanted, 'malaga')).toMatchObject({ created: 9, replaced: 0, sensors: 9 });
    expect(await registry.get('city', 'malaga')).toMatchObject({
      name: 'Málaga',
      timeZone: 'Europe/Madrid',
      centre: { latitude: 36.7, longitude: -4.44 },
    });
    expect(await registry.list('vehicle')).toHaveLength(4);
    const again = await registerBins(registry, bins, wanted, 'malaga');
    expect(again).toMatchObject({ created: 0, replaced: 9, added: [] });
    expect(await registry.list('vehicle')).toHaveLength(4);
    expect(await registry.get('sensor', 'malaga-node-4')).toMatchObject({ kind: 'bin', siteId: 'malaga-node-4' });
  });

  it('leaves a fleet and a profile that are there alone', async () => {
    const registry = memoryRegistry();
    await registerBins(registry, bins, options('--with-fleet', '--trucks', '2', '--city-name', 'Málaga'), 'malaga');
    await registry.remove('vehicle', 'truck-2');
    const { added } = await registerBins(registry, bins, options('--with-fleet', '--city-name', 'Other'), 'malaga');
    expect(added).toEqual([]);
    expect(await registry.list('vehicle')).toHaveLength(1);
    expect((await registry.get('city', 'malaga'))?.name).toBe('Málaga');
  });

  it('registers nothing but bins unless asked', async () => {
    const registry = memoryRegistry();
    await registerBins(registry, bins, options(), 'malaga');
    expect(await registry.list('sensor')).toEqual([]);
    expect(await registry.list('vehicle')).toEqual([]);
  });

  it('invents a reading only for the streams named, in the words of a sensor', async () => {
    const sent: [string, string][] = [];
    const connect = async (sensorId: string) => ({
      publish: async (payload: string) => void sent.push([sensorId, payload]),
      close: async () => undefined,
    });
    const count = await sendAssumedReadings(bins, options('--assume-fill', 'other=0.9').assumedFill, connect, 1.8e12);
    expect(count).toBe(6);
    expect(sent).toHaveLength(6);
    const [bin] = bins;
    if (bin === undefined) throw new Error('there are bins');
    const message = JSON.parse(assumedMessage(bin, 0.9, 1.8e12));
    expect(readCityJson(message)).toMatchObject({ ok: true });
    expect(fillFraction(bin.container, message.values.fillDistance)).toBeCloseTo(0.9, 3);
  });
});

describe('options of an import', () => {
  it.each([
    [['--stream-map', 'trash=rubbish'], /rubbish/],
    [['--capacity-unit', 'gallon'], /gallon/],
    [['--trucks', 'many'], /many/],
    [['--depot', '91,0'], /depot/],
    [['--colour', 'red'], /colour/],
    [['--cloud', '--assume-fill', 'other=0.9'], /not with --cloud/],
  ])('that make no sense are refused in words: %j', (args, message) => {
    expect(() => readImportOptions(['file.geojson', ...args])).toThrow(message);
  });

  it('want one file', () => expect(() => readImportOptions([])).toThrow(/file/));
});
