import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sensor } from '../../../../shared/city/entities.ts';
import { dynamodbSensorHealth } from '../../../../shared/storage/dynamodb/sensor-health.ts';
import type { SensorHealthStore } from '../../../../shared/telemetry/health/sensor-health.ts';
import { watchSensors } from '../../../../shared/telemetry/health/watch-sensors.ts';
import { openTestTable } from '../../../support/dynamodb.ts';
import { memoryRegistry, memorySensorHealth, memorySensorStates } from '../../../support/memory-stores.ts';

const START = Date.parse('2026-10-31T22:25:00Z');
const HOUR = 3_600_000;

const sensor = (id: string, fields: Partial<Sensor> = {}): Sensor => ({
  id,
  kind: 'bin',
  siteId: `site-${id}`,
  intervalSeconds: 900,
  status: 'active',
  ...fields,
});

const contract = (
  name: string,
  open: () => Promise<{ readonly sensorHealth: SensorHealthStore; readonly close: () => Promise<void> }>,
): void => {
  describe(`the watch over ${name}`, () => {
    let sensorHealth: SensorHealthStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ sensorHealth, close } = await open());
    });
    afterAll(() => close());

    it('raises a silence once, remembers it over months, and closes it with its sensor', async () => {
      const registry = memoryRegistry({
        sensor: [sensor('quiet'), sensor('workshop', { siteId: undefined }), sensor('old', { status: 'retired' })],
      });
      const sensorStates = memorySensorStates();
      const run = (hour: number) => watchSensors({ at: START + hour * HOUR, registry, sensorStates, sensorHealth });
      expect(await run(0)).toMatchObject({ sensors: 1, opened: 0, closed: 0 });
      expect(await run(3)).toMatchObject({ open: { silent: 1, battery: 0, clock: 0 }, opened: 1 });
      expect(await run(3)).toMatchObject({ open: { silent: 1 }, opened: 0 });
      expect(await run(4)).toMatchObject({ open: { silent: 1 }, opened: 0 });
      expect((await sensorHealth.list()).map(({ sensorId, problems }) => [sensorId, problems.length])).toEqual([
        ['quiet', 1],
      ]);
      await registry.put('sensor', sensor('quiet', { status: 'retired' }));
      expect(await run(5)).toMatchObject({ sensors: 0, opened: 0, closed: 1 });
      expect(await sensorHealth.list()).toEqual([]);
      const all = { from: START - 40 * 24 * HOUR, to: START + 100 * HOUR, limit: 10 };
      expect((await sensorHealth.events(all)).map((one) => one.event)).toEqual(['closed', 'opened']);
      const opened = { from: START + 3 * HOUR, to: START + 3 * HOUR + 1, limit: 10 };
      expect(await sensorHealth.events(opened)).toMatchObject([{ event: 'opened', reason: { code: 'never-heard' } }]);
      expect(await sensorHealth.events({ ...opened, sensorId: 'other' })).toEqual([]);
      expect(await sensorHealth.events({ ...opened, to: opened.from })).toEqual([]);
      expect(await sensorHealth.events({ ...all, from: START, limit: 1 })).toMatchObject([
        { event: 'closed', closedBecause: 'out-of-use' },
      ]);
    });
  });
};

contract('memory', async () => ({ sensorHealth: memorySensorHealth(), close: async () => undefined }));

contract('DynamoDB', async () => {
  const { client, tableName, close } = await openTestTable();
  return { sensorHealth: dynamodbSensorHealth({ client, tableName }), close };
});
