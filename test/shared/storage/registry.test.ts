import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bin, entitySchemas, type Sensor } from '../../../shared/city/entities.ts';
import type { Registry } from '../../../shared/city/registry.ts';
import { dynamodbRegistry } from '../../../shared/storage/dynamodb/registry.ts';
import { scriptedCodec } from '../../../shared/telemetry/scripted-codecs/scripted-codec.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryRegistry } from '../../support/memory-stores.ts';

const bin = (id: string, overrides: Partial<Bin> = {}): Bin =>
  entitySchemas.bin.parse({
    id,
    name: `Thùng ${id}`,
    position: { latitude: 10.98, longitude: 106.65 },
    stream: 'other',
    container: { depthMm: 2_000, blindZoneMm: 250, capacityLitres: 3_000 },
    ...overrides,
  });

const sensor = (id: string, overrides: Partial<Sensor> = {}): Sensor =>
  entitySchemas.sensor.parse({ id, kind: 'bin', ...overrides });

const registryContract = (
  name: string,
  open: () => Promise<{ readonly registry: Registry; readonly close: () => Promise<void> }>,
): void => {
  describe(`${name} keeps the rules of a registry`, () => {
    let registry: Registry;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ registry, close } = await open());
    });
    afterAll(() => close());

    it('gives back what was put, and nothing for what was not', async () => {
      const one = bin('get-1', { windows: [{ from: '22:00', to: '05:00' }], positionApproximate: true });
      await registry.put('bin', one);
      expect(await registry.get('bin', 'get-1')).toEqual(one);
      expect(await registry.get('bin', 'unknown')).toBeUndefined();
      expect(await registry.get('station', 'get-1')).toBeUndefined();
    });

    it('replaces an entity that is put again', async () => {
      await registry.put('bin', bin('again', { ward: 'Phú Cường' }));
      await registry.put('bin', bin('again', { serviceLevel: 0.6 }));
      expect(await registry.get('bin', 'again')).toEqual(bin('again', { serviceLevel: 0.6 }));
    });

    it('gives many, each once, leaving out those that do not exist', async () => {
      const many = Array.from({ length: 130 }, (_, i) => sensor(`many-${i}`));
      await registry.putMany('sensor', many);
      const found = await registry.getMany('sensor', [...many.map(({ id }) => id), 'many-0', 'unknown']);
      expect(new Set(found.map(({ id }) => id))).toEqual(new Set(many.map(({ id }) => id)));
      expect(found).toHaveLength(130);
    });

    it('keeps a codec with a script as long as it may be', async () => {
      const script = `/*${'ế'.repeat(87_360)}*/`;
      const codec = scriptedCodec('long', script, { values: { d: { quantity: 'fillDistance' } } });
      await registry.put('codec', codec);
      expect(await registry.getMany('codec', ['long'])).toEqual([codec]);
    });

    it('lists a kind sorted by id', async () => {
      const ids = ['d-10', 'd-2', 'D-1', 'd.3'];
      await registry.putMany(
        'depot',
        ids.map((id) => ({ id, name: id, position: { latitude: 0, longitude: 0 } })),
      );
      expect((await registry.list('depot')).map(({ id }) => id)).toEqual(['D-1', 'd-10', 'd-2', 'd.3']);
      expect(await registry.list('vehicle')).toEqual([]);
    });

    it('finds a sensor by its device, also after the device was moved to another sensor', async () => {
      const devEui = '24e124713d270001';
      await registry.put('sensor', sensor('lora-1', { devEui }));
      expect(await registry.sensorByDevEui(devEui)).toEqual(sensor('lora-1', { devEui }));
      await registry.put('sensor', sensor('lora-1'));
      expect(await registry.sensorByDevEui(devEui)).toBeUndefined();
      await registry.put('sensor', sensor('lora-2', { devEui }));
      expect((await registry.sensorByDevEui(devEui))?.id).toBe('lora-2');
      await registry.remove('sensor', 'lora-1');
      expect((await registry.sensorByDevEui(devEui))?.id).toBe('lora-2');
      await registry.remove('sensor', 'lora-2');
      expect(await registry.sensorByDevEui(devEui)).toBeUndefined();
    });

    it('forgets what is removed, and does not mind what is not there', async () => {
      await registry.put('bin', bin('gone'));
      await registry.remove('bin', 'gone');
      await registry.remove('bin', 'gone');
      expect(await registry.get('bin', 'gone')).toBeUndefined();
    });

    it('refuses an entity that breaks its schema, and stores nothing of the call', async () => {
      const broken = { ...bin('broken'), serviceLevel: 7 };
      await expect(registry.put('bin', broken)).rejects.toThrow(/serviceLevel/);
      expect(await registry.get('bin', 'broken')).toBeUndefined();
    });
  });
};

registryContract('The in-memory registry', async () => ({ registry: memoryRegistry(), close: async () => {} }));

registryContract('The DynamoDB registry', async () => {
  const { client, tableName, close } = await openTestTable();
  return { registry: dynamodbRegistry({ client, tableName }), close };
});
