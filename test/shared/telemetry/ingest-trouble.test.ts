import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueuedUplink } from '../../../shared/telemetry/ingest.ts';
import { StoreUnavailableError } from '../../../shared/telemetry/reading-store.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { air, failingStore, MINUTE, NOW, sensor, setUp } from './ingest-support.ts';
import { deviceUplink, lorawanUplink } from './uplinks.ts';

describe('what cannot be done now', () => {
  it('comes again when the store is unavailable, which is asked once; refused messages of the batch do not', async () => {
    let calls = 0;
    const readings = failingStore(() => {
      calls += 1;
      return new StoreUnavailableError('throttled');
    });
    const { ingest, deadLetters, problems } = setUp({ readings });
    const good = [air('air-1', NOW, 31), air('air-2', NOW, 31)];
    const outcome = await ingest([...good, deviceUplink('air-2', 'rubbish', NOW)]);
    expect(outcome).toMatchObject({ retry: good.map(({ messageId }) => messageId), refused: { 'not-json': 1 } });
    expect(deadLetters).toHaveLength(1);
    expect(problems).toHaveLength(1);
    expect(calls).toBe(1);
  });

  it('comes again alone when one message of a full batch trips over a mistake of ours', async () => {
    const readings = failingStore((pm25) => (pm25 === 66 ? new TypeError('a mistake') : undefined));
    const { ingest, seriesOf } = setUp({ readings });
    const batch = Array.from({ length: 100 }, (_, i) => air('air-1', NOW - i * MINUTE, i));
    expect(await ingest(batch)).toMatchObject({ retry: [batch[66]?.messageId], readings: { stored: 99 } });
    expect(await seriesOf('air-1', 'pm25')).toHaveLength(99);
  });

  it('does not hammer a store that fails for a reason nobody foresaw', async () => {
    let calls = 0;
    const readings = failingStore(() => {
      calls += 1;
      return new Error('the network is down');
    });
    const { ingest } = setUp({ readings });
    const batch = Array.from({ length: 100 }, (_, i) => air('air-1', NOW - i * MINUTE, i));
    expect((await ingest(batch)).retry).toHaveLength(100);
    expect(calls).toBeLessThan(40);
  });

  it('comes again when the state cannot be written, and then is only noted', async () => {
    const states = memorySensorStates();
    let down = true;
    const { ingest, seriesOf } = setUp({
      sensorStates: {
        ...states,
        write: async (wanted) => {
          if (down) throw new StoreUnavailableError('throttled');
          return states.write(wanted);
        },
      },
    });
    const uplink = air('air-1', NOW, 31);
    expect((await ingest([uplink])).retry).toEqual([uplink.messageId]);
    down = false;
    expect(await ingest([uplink])).toMatchObject({ retry: [], readings: { unchanged: 1 } });
    expect(await seriesOf('air-1', 'pm25')).toHaveLength(1);
    expect(await states.list()).toMatchObject([{ sensorId: 'air-1', latest: { pm25: { value: 31 } } }]);
  });

  it('comes again when the registry does not answer', async () => {
    const down = async (): Promise<never> => {
      throw new Error('registry down');
    };
    const { ingest, deadLetters } = setUp({ registry: { ...memoryRegistry(), getMany: down, sensorByDevEui: down } });
    const batch = [air('air-1', NOW, 31), lorawanUplink('24e124713d000042', '01755c', NOW)];
    expect((await ingest(batch)).retry).toEqual(batch.map(({ messageId }) => messageId));
    expect(deadLetters).toEqual([]);
  });

  it('comes again when the dead-letter queue does not take the refusal', async () => {
    const full = { index: 1, error: new Error('full') };
    const choosy = setUp({ refused: { send: async () => [full] } });
    const batch = ['a', 'b', 'c'].map((text) => deviceUplink('air-1', text, NOW));
    expect(await choosy.ingest(batch)).toMatchObject({ retry: [batch[1]?.messageId], refused: { 'not-json': 2 } });
    expect(choosy.problems).toMatchObject([{ message: 'full' }]);

    const broken = setUp({ refused: { send: () => Promise.reject(new Error('down')) } });
    expect(await broken.ingest(batch)).toMatchObject({ retry: batch.map(({ messageId }) => messageId), refused: {} });
  });
});

describe('the sensors it knows', () => {
  it('include one added a moment ago, and are asked for once in half a minute', async () => {
    const registry = memoryRegistry({ sensor: [sensor('air-1')] });
    const asked: string[] = [];
    const { ingest, time } = setUp({
      registry: {
        ...registry,
        getMany: async (kind, ids) => {
          asked.push(...ids);
          return registry.getMany(kind, ids);
        },
      },
    });
    await ingest([air('air-1', NOW, 1), air('air-1', NOW + 1, 2), air('new-1', NOW, 1)]);
    await registry.put('sensor', sensor('new-1'));
    await registry.put('sensor', sensor('air-1', { status: 'retired' }));
    expect(await ingest([air('air-1', NOW + 2, 3), air('new-1', NOW, 1)])).toMatchObject({ readings: { stored: 2 } });
    time.now += 30_000;
    expect(await ingest([air('air-1', NOW + 3, 4)])).toMatchObject({ refused: { 'unknown-sensor': 1 } });
    expect(asked).toEqual(['air-1', 'new-1', 'new-1', 'air-1']);
  });
});

describe('whatever order, repetition and batches a set of messages comes in', () => {
  /** Each instant's value depends on when it was received, as corrections do. */
  const message = fc.record({
    sensorId: fc.constantFrom('air-1', 'air-2'),
    minute: fc.nat(5),
    receivedAfter: fc.nat(30),
    rubbish: fc.boolean(),
  });
  const delivery = fc
    .uniqueArray(message, { maxLength: 12, selector: ({ sensorId, receivedAfter }) => `${sensorId} ${receivedAfter}` })
    .chain((messages) => {
      const uplinks = messages.map(({ sensorId, minute, receivedAfter, rubbish }) =>
        rubbish
          ? deviceUplink(sensorId, `rubbish ${receivedAfter}`, NOW + receivedAfter)
          : air(sensorId, NOW - minute * MINUTE, receivedAfter, NOW + receivedAfter),
      );
      const repeated = fc.array(fc.nat(Math.max(0, uplinks.length - 1)), { maxLength: 10 }).chain((extra) => {
        const all = [...uplinks, ...extra.flatMap((index) => uplinks[index] ?? [])];
        return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
      });
      return fc.record({ once: fc.constant(uplinks), repeated, batchSize: fc.integer({ min: 1, max: 10 }) });
    });

  it('leaves the same readings and the same states', async () => {
    const contentAfter = async (batches: readonly (readonly QueuedUplink[])[]) => {
      const { ingest, ports, seriesOf, deadLetters } = setUp();
      for (const batch of batches) expect((await ingest(batch)).retry).toEqual([]);
      return {
        series: [await seriesOf('air-1', 'pm25'), await seriesOf('air-2', 'pm25')],
        // What the quality tests remember depends on the order: test/shared/telemetry/quality-control says how far that matters.
        states: (await ports.sensorStates.list()).map(({ quality: _, ...state }) => state),
        refused: [...new Set(deadLetters.map(({ body }) => body))].sort(),
      };
    };
    await fc.assert(
      fc.asyncProperty(delivery, async ({ once, repeated, batchSize }) => {
        const batches = Array.from({ length: Math.ceil(repeated.length / batchSize) }, (_, i) =>
          repeated.slice(i * batchSize, (i + 1) * batchSize),
        );
        expect(await contentAfter(batches)).toEqual(await contentAfter([once]));
      }),
    );
  });
});
