import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Sensor, sensorSchema } from '../../../../shared/city/entities.ts';
import { createIngest, type IngestPorts, type QueuedUplink } from '../../../../shared/telemetry/ingest.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../../../shared/telemetry/quantity.ts';
import { memoryRawUplinks } from '../../../support/memory-raw-uplinks.ts';
import { memoryLateData, memoryRegistry, memorySensorStates } from '../../../support/memory-stores.ts';
import { deviceUplink } from '../uplinks.ts';

const NOW = Date.parse('2026-11-22T01:00:00Z');
const STEP = 300_000;

const sensor = (fields: Partial<Sensor> = {}): Sensor => ({
  id: 'water-1',
  kind: 'water',
  intervalSeconds: 300,
  status: 'active',
  ...fields,
});

const setUp = (fields: Partial<Sensor> = {}, overrides: Partial<IngestPorts> = {}) => {
  const ports: IngestPorts = {
    readings: memoryReadingStore(),
    sensorStates: memorySensorStates(),
    rawUplinks: memoryRawUplinks(),
    registry: memoryRegistry({ sensor: [sensor(fields)] }),
    refused: { send: async () => [] },
    clock: () => NOW,
    report: () => undefined,
    ...overrides,
  };
  const words = async (quantity: Quantity) =>
    (await ports.readings.series({ sensorId: 'water-1', quantity, from: 0, to: NOW * 2 })).readings.map(
      ({ quality: { flag, test } }) => `${flag} ${test}`,
    );
  return { ingest: createIngest(ports), ports, words };
};

type Values = Readonly<Partial<Record<Quantity, number | null>>>;

/** The reading of a step, received two seconds later unless it says otherwise. */
const sent = (step: number, values: Values, receivedAt = NOW + step * STEP + 2_000): QueuedUplink =>
  deviceUplink('water-1', { measuredAt: NOW + step * STEP, values }, receivedAt);

const ph = (step: number, value: number | null): QueuedUplink => sent(step, { ph: value });

describe('every stored reading carries the worst flag and its test', () => {
  it('of the tests that look back', async () => {
    const { ingest, words } = setUp();
    // 0.12 in five minutes are 1.44 an hour, and pH 3.9 is below what is likely in a canal.
    await ingest([ph(0, 7), ph(1, 7.01), ph(2, 7.13), ph(3, 7.2), ph(4, null), ph(5, 15), ph(6, 3.9)]);
    expect(await words('ph')).toEqual([
      '1 gross-range',
      '1 gross-range',
      '3 rate-of-change',
      '1 gross-range',
      '9 missing',
      '4 gross-range',
      '3 gross-range',
    ]);
  });

  it('of PM2.5 against PM10, also when they come apart', async () => {
    const { ingest, words } = setUp();
    await ingest([sent(0, { pm25: 60 })]);
    await ingest([sent(0, { pm10: 40 }, NOW + 60_000)]);
    expect([await words('pm25'), await words('pm10')]).toEqual([['3 cross-check'], ['3 cross-check']]);
  });

  it('of the clock', async () => {
    const { ingest, words } = setUp();
    await ingest([sent(0, { ph: 7 }, NOW - 200_000)]);
    expect(await words('ph')).toEqual(['3 timing']);
  });

  it('with the thresholds of its sensor', async () => {
    const { ingest, words } = setUp({ thresholds: { ph: { suspectSpan: [0, 14], rateOfChange: null, spike: null } } });
    await ingest([ph(0, 7), ph(1, 3.9), ph(2, 7)]);
    expect(await words('ph')).toEqual(['1 gross-range', '1 gross-range', '1 gross-range']);
  });

  it('and a first value after a long outage is no worse for it, unless the sensor says so', async () => {
    const usual = setUp();
    await usual.ingest([ph(0, 7), ph(200, 7)]);
    expect(await usual.words('ph')).toEqual(['1 gross-range', '1 gross-range']);
    const strict = setUp({ thresholds: { ph: { gapSeconds: 7_200 } } });
    await strict.ingest([ph(0, 7), ph(200, 7)]);
    expect(await strict.words('ph')).toEqual(['1 gross-range', '4 time-gap']);
  });
});

describe('a spike is known by the value after it', () => {
  const flat = { thresholds: { ph: { rateOfChange: null } } };

  it('and is corrected where it is stored, with what was said before as history', async () => {
    const { ingest, ports, words } = setUp(flat);
    await ingest([ph(0, 7)]);
    await ingest([ph(1, 9)]);
    expect(await words('ph')).toEqual(['1 gross-range', '1 gross-range']);
    expect(await ingest([ph(2, 7)])).toMatchObject({ revised: 1, readings: { stored: 1 } });
    expect(await words('ph')).toEqual(['1 gross-range', '4 spike', '1 gross-range']);
    const versions = await ports.readings.versions({ sensorId: 'water-1', quantity: 'ph', measuredAt: NOW + STEP });
    expect(versions.map(({ value, quality }) => [value, quality.test])).toEqual([
      [9, 'gross-range'],
      [9, 'spike'],
    ]);
  });

  it('and stays one when its message comes again, as it was or sent anew', async () => {
    const { ingest, ports, words } = setUp(flat);
    for (const step of [0, 1, 2, 3]) await ingest([ph(step, step === 1 ? 9 : 7)]);
    expect((await ingest([ph(1, 9)])).readings).toMatchObject({ unchanged: 1 });
    expect((await ingest([sent(1, { ph: 9 }, NOW + 90 * STEP)])).readings).toMatchObject({ unchanged: 1 });
    // By the average method a spike's neighbour is a small one.
    expect(await words('ph')).toEqual(['1 gross-range', '4 spike', '3 spike', '1 gross-range']);
    const versions = await ports.readings.versions({ sensorId: 'water-1', quantity: 'ph', measuredAt: NOW + STEP });
    expect(versions).toHaveLength(2);
  });

  it('and the latest state hears of a quality that was corrected', async () => {
    const { ingest, ports } = setUp();
    await ingest([sent(0, { pm25: 60 })]);
    await ingest([sent(0, { pm10: 40 }, NOW + 60_000)]);
    const [state] = await ports.sensorStates.get(['water-1']);
    expect(state?.latest.pm25?.quality).toEqual({ flag: 3, test: 'cross-check' });
    expect(state?.lastReceivedAt).toBe(NOW + 60_000);
  });
});

describe('two writers of one sensor', () => {
  it('both keep their readings, and the tests remember both', async () => {
    const states = memorySensorStates();
    let meanwhile: (() => Promise<unknown>) | undefined;
    const readings = memoryReadingStore();
    const slow = setUp(
      {},
      {
        readings,
        sensorStates: {
          ...states,
          write: async (wanted) => {
            const before = meanwhile;
            meanwhile = undefined;
            await before?.();
            return states.write(wanted);
          },
        },
      },
    );
    const other = setUp({}, { readings, sensorStates: states });
    await slow.ingest([ph(0, 7)]);
    // While the slow writer judges step 2 by step 0, another one brings step 1, from which it is a leap.
    meanwhile = () => other.ingest([ph(1, 7.3)]);
    expect(await slow.ingest([ph(2, 7)])).toMatchObject({ retry: [], readings: { stored: 1 } });
    expect(await slow.words('ph')).toEqual(['1 gross-range', '3 rate-of-change', '3 rate-of-change']);
    const [state] = await states.get(['water-1']);
    expect(state?.quality?.ph).toMatchObject({ value: 7, before: 7.3 });
  });
});

describe('corrections', () => {
  const bin: Partial<Sensor> = { kind: 'bin', corrections: ['ultrasonic-temperature@1'] };

  it('stand beside the raw value, under a name of their own, and say which they are', async () => {
    const { ingest, ports, words } = setUp(bin);
    await ingest([sent(0, { fillDistance: 1_000, binTemperature: 40 })]);
    const of = async (quantity: Quantity) =>
      (await ports.readings.series({ sensorId: 'water-1', quantity, from: 0, to: NOW * 2 })).readings[0]?.value;
    expect(await of('fillDistance')).toBe(1_000);
    expect(await of('fillDistanceCorrected')).toBeCloseTo(1_000 * Math.sqrt(313.15 / 293.15), 6);
    expect(await words('fillDistance')).toEqual(['1 gross-range']);
    expect(await words('fillDistanceCorrected')).toEqual(['1 gross-range+ultrasonic-temperature@1']);
  });

  it('are missing, with the reason, where they cannot be made', async () => {
    const { ingest, words } = setUp(bin);
    await ingest([sent(0, { fillDistance: 1_000 }), sent(1, { fillDistance: null, binTemperature: 30 })]);
    expect(await words('fillDistance')).toEqual(['1 gross-range', '9 missing']);
    expect(await words('fillDistanceCorrected')).toEqual([
      '9 not-corrected+ultrasonic-temperature@1',
      '9 missing+ultrasonic-temperature@1',
    ]);
  });

  it('cannot be sent by a device, nor be set to what nobody knows', async () => {
    const { ingest } = setUp(bin);
    expect(
      await ingest([deviceUplink('water-1', { measuredAt: NOW, values: { pm25Corrected: 1 } }, NOW)]),
    ).toMatchObject({ refused: { 'unknown-quantity': 1 } });
    for (const corrections of [['wishful-thinking@1'], ['optical-pm-humidity@1', 'purpleair-pm25-us@1']]) {
      expect(sensorSchema.safeParse(sensor({ corrections })).success).toBe(false);
    }
  });
});

describe('a stream in any pieces, with any of it delivered again', () => {
  const step = fc.record({
    ph: fc.option(fc.constantFrom(3.5, 7, 7.01, 7.4, 8, 9.5, 15), { freq: 8 }),
    pm25: fc.constantFrom(20, 20.01, 50),
    pm10: fc.option(fc.constantFrom(15, 40, 60), { freq: 3 }),
    slowClock: fc.boolean(),
  });
  const stream = fc.array(step, { minLength: 1, maxLength: 30 }).chain((steps) =>
    fc.record({
      steps: fc.constant(steps),
      cuts: fc.array(fc.nat(steps.length), { maxLength: 8 }),
      again: fc.array(fc.record({ at: fc.nat(steps.length), which: fc.nat(steps.length - 1), anew: fc.boolean() }), {
        maxLength: 10,
      }),
    }),
  );
  const own = { thresholds: { pm25: { flatLine: { suspectSeconds: 900, failSeconds: 1_500, tolerance: 0.05 } } } };

  type Stream = typeof stream extends fc.Arbitrary<infer T> ? T : never;

  /** A step's message; some clocks are fast. */
  const message = (steps: Stream['steps'], index: number, sentLater = 0): QueuedUplink => {
    const { slowClock, ...values } = steps[index] ?? { slowClock: true };
    return sent(index, values, NOW + index * STEP + (slowClock ? 2_000 : -150_000) + sentLater);
  };

  const piecesOf = ({ steps, cuts, again }: Stream): readonly (readonly QueuedUplink[])[] => {
    const pieces: QueuedUplink[][] = [[]];
    for (const index of steps.keys()) {
      const repeats = again.filter(({ at }) => at === index);
      const repeated = repeats.map(({ which, anew }) => message(steps, Math.min(which, index), anew ? 100 * STEP : 0));
      pieces.at(-1)?.push(message(steps, index), ...repeated);
      if (cuts.includes(index)) pieces.push([]);
    }
    return pieces;
  };

  it('has the qualities of the stream at once', async () => {
    await fc.assert(
      fc.asyncProperty(stream, async (given) => {
        const all = setUp(own);
        await all.ingest(given.steps.map((_, index) => message(given.steps, index)));
        const inPieces = setUp(own);
        for (const piece of piecesOf(given)) await inPieces.ingest(piece);
        for (const quantity of ['ph', 'pm25', 'pm10'] as const) {
          expect(await inPieces.words(quantity)).toEqual(await all.words(quantity));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('what comes late', () => {
  const HOUR = 3_600_000;

  it('is noted behind its readings, once a sensor and day, and what is timely is not', async () => {
    const lateData = memoryLateData();
    const { ingest } = setUp({}, { lateData });
    await ingest([ph(-1, 7), ph(0, 7.01)]);
    expect(await lateData.list(10)).toEqual([]);
    await ingest([3, 4, 30].map((hours) => sent((-hours * HOUR) / STEP, { ph: 7, cod: 12 })));
    expect(
      (await lateData.list(10)).map(({ sensorId, day }) => [sensorId, new Date(day).toISOString().slice(0, 10)]),
    ).toEqual([
      ['water-1', '2026-11-20'],
      ['water-1', '2026-11-21'],
    ]);
  });

  it('of a bin is nobody’s concern', async () => {
    const lateData = memoryLateData();
    const { ingest } = setUp({ kind: 'bin' }, { lateData });
    await ingest([sent((-30 * HOUR) / STEP, { fillDistance: 700 })]);
    expect(await lateData.list(10)).toEqual([]);
  });

  it('sends its message back when it cannot be noted', async () => {
    const { ingest } = setUp({}, { lateData: { note: () => Promise.reject(new Error('throttled')) } });
    expect((await ingest([sent((-30 * HOUR) / STEP, { ph: 7 })])).retry).toHaveLength(1);
  });

  it('never comes from a device that sends a mean or an index as its own', async () => {
    const refused: string[] = [];
    const send = async (letters: readonly { readonly reason: string }[]) => {
      refused.push(...letters.map(({ reason }) => reason));
      return [];
    };
    const { ingest, words } = setUp({}, { refused: { send } });
    await ingest([sent(0, { codMean1h: 1 }), sent(1, { vnWqi: 100 })]);
    expect(refused).toHaveLength(2);
    expect([...(await words('codMean1h')), ...(await words('vnWqi'))]).toEqual([]);
  });
});
