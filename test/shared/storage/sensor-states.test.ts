import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbSensorStates } from '../../../shared/storage/dynamodb/sensor-states.ts';
import type { Quantity } from '../../../shared/telemetry/quantity.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import type { SensorStateStore } from '../../../shared/telemetry/sensor-state.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memorySensorStates } from '../../support/memory-stores.ts';

const noon = Date.UTC(2026, 9, 5, 5);

const reading = (sensorId: string, overrides: Partial<Reading> = {}): Reading => ({
  sensorId,
  quantity: 'fillDistance',
  value: 1_500,
  measuredAt: noon,
  receivedAt: noon + 2_000,
  quality: { flag: 1, test: 'none' },
  ...overrides,
});

const sensorStatesContract = (
  name: string,
  open: () => Promise<{ readonly states: SensorStateStore; readonly close: () => Promise<void> }>,
): void => {
  describe(`${name} keep the newest reading of each quantity`, () => {
    let states: SensorStateStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ states, close } = await open());
    });
    afterAll(() => close());

    it('knows no state of a sensor that was never heard', async () => {
      expect(await states.get(['never-heard'])).toEqual([]);
      expect(await states.get([])).toEqual([]);
      await states.record([]);
      expect(await states.list()).toEqual([]);
    });

    it('holds several quantities of one sensor beside each other', async () => {
      const distance = reading('two');
      const battery = reading('two', { quantity: 'battery', value: 88, receivedAt: noon + 9_000 });
      await states.record([distance]);
      await states.record([battery]);
      expect(await states.get(['two', 'two', 'never-heard'])).toEqual([
        { sensorId: 'two', lastReceivedAt: noon + 9_000, latest: { fillDistance: distance, battery } },
      ]);
    });

    it('is not moved back by readings that come late, yet knows that it was heard', async () => {
      const newest = reading('late');
      await states.record([newest]);
      await states.record([reading('late', { measuredAt: noon - 1, value: 9, receivedAt: noon + 60_000 })]);
      expect(await states.get(['late'])).toEqual([
        { sensorId: 'late', lastReceivedAt: noon + 60_000, latest: { fillDistance: newest } },
      ]);
    });

    it('writes a state only for the one who has read it last, with what the quality tests remember', async () => {
      const [before] = await states.read(['versioned']);
      expect(before).toEqual({ sensorId: 'versioned', version: 0 });
      const flat = { seen: 2, from: 0, lastValid: 1, greatest: [0, 7], least: [0, 7] };
      const quality = { ph: { at: noon, value: 7, before: null, quality: { flag: 1, test: 'spike' }, flat } } as const;
      const state = { sensorId: 'versioned', lastReceivedAt: noon, latest: {}, quality };
      expect(await states.write([{ sensorId: 'versioned', version: 0, state }])).toEqual([]);
      expect(await states.write([{ sensorId: 'versioned', version: 0, state }])).toEqual(['versioned']);
      await states.record([reading('versioned')]);
      const [after] = await states.read(['versioned']);
      expect(after?.state).toEqual({
        ...state,
        lastReceivedAt: noon + 2_000,
        latest: { fillDistance: reading('versioned') },
      });
      expect(await states.write([{ sensorId: 'versioned', version: after?.version ?? 0, state }])).toEqual([]);
      expect(await states.get(['versioned'])).toEqual([state]);
    });

    it('keeps a missing value as missing', async () => {
      const missing = reading('missing', { value: null, quality: { flag: 9, test: 'none' } });
      await states.record([missing]);
      expect((await states.get(['missing']))[0]?.latest.fillDistance).toEqual(missing);
    });

    it('loses nothing when many write at once', async () => {
      const seen: readonly Quantity[] = [
        'fillDistance',
        'battery',
        'tilt',
        'binTemperature',
        'pm25',
        'pm10',
        'o3',
        'no2',
      ];
      await states.record([reading('crowd', { measuredAt: noon - 1 })]);
      const rounds = [0, 1, 2].flatMap((round) => seen.map((quantity) => ({ quantity, round })));
      await Promise.all(
        rounds.map(({ quantity, round }) =>
          states.record([reading('crowd', { quantity, measuredAt: noon + round, value: round })]),
        ),
      );
      const [state] = await states.get(['crowd']);
      expect(seen.map((quantity) => state?.latest[quantity]?.value)).toEqual(seen.map(() => 2));
    });

    it('comes to the same state in whatever order and batches readings arrive', async () => {
      let run = 0;
      const arriving = fc.array(
        fc.record({
          quantity: fc.constantFrom<Quantity>('fillDistance', 'battery'),
          order: fc.nat({ max: 9 }),
        }),
        { maxLength: 10 },
      );
      await fc.assert(
        fc.asyncProperty(arriving, fc.integer({ min: 1, max: 4 }), async (steps, batch) => {
          run += 1;
          const sensorId = `order-${run}`;
          const readings = steps.map(({ quantity, order }) =>
            reading(sensorId, { quantity, measuredAt: noon + order, value: order, receivedAt: noon + 100 + order }),
          );
          for (let i = 0; i < readings.length; i += batch) await states.record(readings.slice(i, i + batch));
          const [state] = await states.get([sensorId]);
          for (const quantity of ['fillDistance', 'battery'] as const) {
            const orders = steps.filter((step) => step.quantity === quantity).map(({ order }) => order);
            expect(state?.latest[quantity]?.value).toBe(orders.length === 0 ? undefined : Math.max(...orders));
          }
        }),
        { numRuns: 20 },
      );
    });

    it('lists every sensor that was ever heard, sorted by id', async () => {
      const ids = Array.from({ length: 150 }, (_, i) => `listed-${i}`);
      await states.record(ids.map((id) => reading(id)));
      const listed = (await states.list()).map(({ sensorId }) => sensorId);
      expect(listed).toEqual(listed.toSorted());
      expect(listed.filter((id) => id.startsWith('listed-'))).toHaveLength(150);
    });
  });
};

sensorStatesContract('The in-memory states', async () => ({ states: memorySensorStates(), close: async () => {} }));

sensorStatesContract('The DynamoDB states', async () => {
  const { client, tableName, close } = await openTestTable();
  return { states: dynamodbSensorStates({ client, tableName }), close };
});
