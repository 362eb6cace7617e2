import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RefusedMessage, refusedMessageSchema } from '../../../events/refused-message.ts';
import type { Sensor } from '../../../shared/city/entities.ts';
import { createIngest, type IngestPorts, type QueuedUplink } from '../../../shared/telemetry/ingest.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../../shared/telemetry/quantity.ts';
import { type ReadingStore, StoreUnavailableError } from '../../../shared/telemetry/reading-store.ts';
import type { RefusedQueue } from '../../../shared/telemetry/refusal.ts';
import { memoryRawUplinks } from '../../support/memory-raw-uplinks.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { deviceUplink, lorawanUplink, queuedBody } from './uplinks.ts';

const NOW = Date.parse('2026-11-22T01:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const sensor = (id: string, fields: Partial<Sensor> = {}): Sensor => ({
  id,
  kind: 'air',
  intervalSeconds: 900,
  status: 'active',
  ...fields,
});

const EM400 = sensor('bin-7', { kind: 'bin', devEui: '24e124713d000042', codec: 'milesight-em400-mud' });

/** An ingest over memory stores, with everything that went to the dead letters or was complained of. */
const setUp = (overrides: Partial<IngestPorts> = {}) => {
  const deadLetters: RefusedMessage[] = [];
  const problems: unknown[] = [];
  const refused: RefusedQueue = {
    send: async (messages) => {
      deadLetters.push(...messages);
      return [];
    },
  };
  const time = { now: NOW };
  const ports: IngestPorts = {
    readings: memoryReadingStore(),
    sensorStates: memorySensorStates(),
    rawUplinks: memoryRawUplinks(),
    registry: memoryRegistry({
      sensor: [
        sensor('air-1'),
        sensor('air-2'),
        sensor('old-1', { status: 'retired' }),
        sensor('plain-9', { devEui: '0000000000000009' }),
        EM400,
      ],
    }),
    refused,
    clock: () => time.now,
    report: ({ error }) => problems.push(error),
    ...overrides,
  };
  const seriesOf = async (sensorId: string, quantity: Quantity) =>
    (await ports.readings.series({ sensorId, quantity, from: 0, to: NOW * 2 })).readings;
  return { ingest: createIngest(ports), ports, deadLetters, problems, time, seriesOf };
};

const air = (sensorId: string, measuredAt: number, pm25: number | null, receivedAt = NOW): QueuedUplink =>
  deviceUplink(sensorId, { measuredAt, values: { pm25 } }, receivedAt);

/** A reading store that says no to what `fault` names, and is the reference otherwise. */
const failingStore = (fault: (pm25: number | null) => Error | undefined): ReadingStore => {
  const store = memoryReadingStore();
  return {
    ...store,
    append: async (readings) => {
      for (const { value } of readings) {
        const error = fault(value);
        if (error !== undefined) throw error;
      }
      return store.append(readings);
    },
  };
};

describe('an uplink that is in order', () => {
  it('becomes readings with their quality and the latest state of its sensor', async () => {
    const { ingest, ports, seriesOf } = setUp();
    const payload = readFileSync(new URL('../../../events/samples/city-json-air.json', import.meta.url));
    const outcome = await ingest([deviceUplink('air-1', payload, NOW + 1_500)]);
    expect(outcome).toMatchObject({ retry: [], received: 1, readings: { stored: 6 }, refused: {} });
    expect(await seriesOf('air-1', 'co')).toEqual([
      {
        sensorId: 'air-1',
        quantity: 'co',
        value: 610,
        measuredAt: NOW,
        receivedAt: NOW + 1_500,
        quality: { flag: 1, test: 'gross-range' },
      },
    ]);
    const [state] = await ports.sensorStates.get(['air-1']);
    expect(state).toMatchObject({
      lastReceivedAt: NOW + 1_500,
      latest: { pm25: { value: 31.4 }, battery: { value: 87 } },
    });
    expect(state?.latest.o3).toMatchObject({ value: null, quality: { flag: 9, test: 'missing' } });
  });

  it('arrives as the sample of the rule message shows', async () => {
    const { ingest, ports } = setUp({ registry: memoryRegistry({ sensor: [sensor('bin-001', { kind: 'bin' })] }) });
    const body = readFileSync(new URL('../../../events/samples/uplink-message.json', import.meta.url), 'utf8');
    expect(await ingest([queuedBody(body)])).toMatchObject({ readings: { stored: 1 }, refused: {} });
    expect((await ports.sensorStates.get(['bin-001']))[0]?.latest.fillDistance?.value).toBe(1482);
  });

  it('may come twice, in one batch or in two', async () => {
    const { ingest, seriesOf } = setUp();
    const uplink = air('air-1', NOW, 31);
    expect(await ingest([uplink, { ...uplink, messageId: 'again' }])).toMatchObject({
      readings: { stored: 1, unchanged: 1 },
    });
    expect(await ingest([uplink])).toMatchObject({ retry: [], readings: { stored: 0, unchanged: 1 }, refused: {} });
    expect(await seriesOf('air-1', 'pm25')).toHaveLength(1);
  });

  it('may come late and out of order: the series is sorted, the state keeps the newest, and late is good', async () => {
    const { ingest, ports, seriesOf } = setUp();
    await ingest([air('air-1', NOW, 3)]);
    await ingest([air('air-1', NOW - 30 * 24 * HOUR, 1, NOW + MINUTE), air('air-1', NOW - HOUR, 2, NOW + MINUTE)]);
    const series = await seriesOf('air-1', 'pm25');
    expect(series.map(({ value }) => value)).toEqual([1, 2, 3]);
    expect(series.map(({ quality }) => quality.flag)).toEqual([1, 1, 1]);
    const [state] = await ports.sensorStates.get(['air-1']);
    expect(state).toMatchObject({ latest: { pm25: { value: 3 } }, lastReceivedAt: NOW + MINUTE });
  });

  it('corrects what an earlier one said', async () => {
    const { ingest, seriesOf } = setUp();
    await ingest([air('air-1', NOW, 31)]);
    expect(await ingest([air('air-1', NOW, 33, NOW + HOUR)])).toMatchObject({ readings: { corrected: 1 } });
    expect(await seriesOf('air-1', 'pm25')).toMatchObject([{ value: 33 }]);
  });

  it('is suspect when its clock is ahead by minutes', async () => {
    const { ingest, seriesOf } = setUp();
    await ingest([air('air-1', NOW + 5 * MINUTE, 31)]);
    expect(await seriesOf('air-1', 'pm25')).toMatchObject([{ quality: { flag: 3, test: 'timing' } }]);
  });

  it('comes over LoRaWAN with the time at which the network heard it', async () => {
    const { ingest, seriesOf } = setUp();
    const uplink = lorawanUplink('24E124713D000042', '01755c0367010104824408050001', NOW, '2026-11-22T00:59:58Z');
    expect(await ingest([uplink])).toMatchObject({ readings: { stored: 4 }, refused: {} });
    expect(await seriesOf('bin-7', 'fillDistance')).toMatchObject([
      { value: 2116, measuredAt: NOW - 2_000, receivedAt: NOW },
    ]);
  });

  it('comes over LoRaWAN without a time and then counts as measured when received', async () => {
    const { ingest, seriesOf } = setUp();
    await ingest([lorawanUplink('24e124713d000042', '0482ffff', NOW)]);
    expect(await seriesOf('bin-7', 'fillDistance')).toMatchObject([
      { value: null, measuredAt: NOW, quality: { flag: 9, test: 'no-echo' } },
    ]);
  });

  it('may say nothing but who the device is', async () => {
    const { ingest, deadLetters } = setUp();
    expect(await ingest([lorawanUplink('24e124713d000042', 'ff0bff', NOW)])).toMatchObject({ retry: [], refused: {} });
    expect(deadLetters).toEqual([]);
  });
});

describe('an uplink that is not', () => {
  const KIB = 1_024;
  const rubbish = (bytes: number): Buffer => Buffer.alloc(bytes, 'R');
  const ahead = { measuredAt: NOW + HOUR, values: { pm25: 31 } };
  const badEntry = [
    { measuredAt: NOW, values: { pm25: 31 } },
    { measuredAt: NOW + 1, values: { radon: 1 } },
  ];

  it.each<[string, RefusedMessage['code'], string, QueuedUplink]>([
    ['is not from a rule', 'not-a-rule-message', 'not JSON', queuedBody('hello')],
    ['lacks what a rule says', 'not-a-rule-message', 'receivedAt', queuedBody('{"envelope":"city-json"}')],
    [
      'came under another name',
      'identity-mismatch',
      '"air-2"',
      deviceUplink('air-1', '{}', NOW, { clientId: 'air-2' }),
    ],
    [
      'came on another topic',
      'identity-mismatch',
      'phosach/uplink/air-2',
      deviceUplink('air-1', '{}', NOW, { topic: 'phosach/uplink/air-2' }),
    ],
    ['has an impossible name', 'unknown-sensor', 'cannot be the id', deviceUplink('air 1', '{}', NOW)],
    ['is 128 KB of rubbish', 'not-json', 'RRR', deviceUplink('air-1', rubbish(128 * KIB), NOW)],
    ['is more than 128 KB', 'payload-too-large', '131073 bytes', deviceUplink('air-1', rubbish(128 * KIB + 1), NOW)],
    ['is no text', 'not-json', 'UTF-8', deviceUplink('air-1', Buffer.from([0xff, 0xfe, 0x00]), NOW)],
    ['is not JSON', 'not-json', '{measuredAt', deviceUplink('air-1', '{measuredAt: 1}', NOW)],
    ['is empty', 'not-json', '', deviceUplink('air-1', '', NOW)],
    ['is other JSON', 'invalid-payload', '$.measuredAt', deviceUplink('air-1', { hello: 'world' }, NOW)],
    ['has one bad entry', 'unknown-quantity', '$[1].values: "radon"', deviceUplink('air-1', badEntry, NOW)],
    [
      'has an unknown unit',
      'unknown-unit',
      '$.units.pm25',
      deviceUplink('air-1', { measuredAt: NOW, values: { pm25: 1 }, units: { pm25: 'x' } }, NOW),
    ],
    ['is from nobody we know', 'unknown-sensor', '"air-3" is not in the registry', air('air-3', NOW, 31)],
    ['is from a retired sensor', 'unknown-sensor', 'retired', air('old-1', NOW, 31)],
    ['has a clock one hour ahead', 'clock-ahead', '2026-11-22T02:00:00.000Z', deviceUplink('air-1', ahead, NOW)],
    ['is from the end of time', 'clock-ahead', 'pm25', air('air-1', Number.MAX_SAFE_INTEGER, 31)],
    [
      'is from an unknown LoRaWAN device',
      'unknown-device',
      '24e124713d000043',
      lorawanUplink('24e124713d000043', '01755c', NOW),
    ],
    [
      'is a frame that no codec is known for',
      'undecodable-frame',
      'plain-9 has no codec',
      lorawanUplink('0000000000000009', '01', NOW),
    ],
    ['is a frame cut short', 'undecodable-frame', 'byte 2', lorawanUplink('24e124713d000042', '0367aa', NOW)],
  ])('is refused when it %s: %s', async (_, code, reason, uplink) => {
    const { ingest, deadLetters, problems, ports } = setUp();
    const outcome = await ingest([uplink, air('air-2', NOW, 20)]);
    expect(outcome).toMatchObject({ retry: [], received: 2, readings: { stored: 1 }, refused: { [code]: 1 } });
    const [letter] = deadLetters;
    expect(refusedMessageSchema.parse(letter)).toMatchObject({ refusedAt: NOW, code, body: uplink.body });
    expect(letter?.reason).toContain(reason);
    expect(letter?.reason.length).toBeLessThan(600);
    expect(problems).toEqual([]);
    expect((await ports.sensorStates.list()).map(({ sensorId }) => sensorId)).toEqual(['air-2']);
  });

  it('is refused for what the store will never take, while its other readings stay', async () => {
    const store = memoryReadingStore();
    const readings: ReadingStore = {
      ...store,
      append: async (all) => {
        const outcomes = await store.append(all.filter(({ measuredAt }) => measuredAt >= NOW - HOUR));
        const taken = outcomes.values();
        return all.map(({ measuredAt }) =>
          measuredAt >= NOW - HOUR
            ? (taken.next().value ?? { status: 'stored' })
            : { status: 'rejected', code: 'too-old', reason: 'older than the memory store' },
        );
      },
    };
    const { ingest, deadLetters, ports, seriesOf } = setUp({ readings });
    const backfill = [NOW - 3 * HOUR, NOW - 2 * HOUR, NOW].map((measuredAt) => ({ measuredAt, values: { pm25: 31 } }));
    const outcome = await ingest([deviceUplink('air-1', backfill, NOW), air('air-2', NOW, 20)]);
    expect(outcome).toMatchObject({ retry: [], readings: { stored: 2, rejected: 2 }, refused: { 'too-old': 1 } });
    expect(deadLetters[0]?.reason).toBe(
      '2 of 3 readings, first pm25 at 2026-11-21T22:00:00.000Z: older than the memory store',
    );
    expect(await seriesOf('air-1', 'pm25')).toHaveLength(1);
    expect((await ports.sensorStates.get(['air-1']))[0]?.latest.pm25?.measuredAt).toBe(NOW);
  });

  it('leaves no state behind of a reading that the store did not take', async () => {
    const rejected = { status: 'rejected', code: 'clock-ahead', reason: 'ahead of the store' } as const;
    const readings: ReadingStore = { ...memoryReadingStore(), append: async (all) => all.map(() => rejected) };
    const { ingest, ports } = setUp({ readings });
    expect(await ingest([air('air-1', NOW + 14 * MINUTE, 31)])).toMatchObject({ refused: { 'clock-ahead': 1 } });
    expect(await ports.sensorStates.list()).toEqual([]);
  });

  it('never upsets the ones beside it, whatever its bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' }), async (bytes, body) => {
        const { ingest, problems } = setUp();
        const outcome = await ingest([
          deviceUplink('air-1', Buffer.from(bytes), NOW),
          air('air-2', NOW, 20),
          queuedBody(body),
        ]);
        expect(outcome).toMatchObject({ retry: [], readings: { stored: 1 } });
        expect(problems).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

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
