import { beforeEach, describe, expect, it } from 'vitest';
import type { Sensor } from '../../../shared/city/entities.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../../shared/telemetry/quantity.ts';
import type { RawUplink } from '../../../shared/telemetry/raw-uplinks.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { type RedecodePorts, type RedecodeQuery, redecode } from '../../../shared/telemetry/redecode.ts';
import { scriptedCodec } from '../../../shared/telemetry/scripted-codecs/scripted-codec.ts';
import { scriptedUplinks } from '../../../shared/telemetry/scripted-codecs/scripted-uplinks.ts';
import { memoryRawUplinks } from '../../support/memory-raw-uplinks.ts';
import { memoryLateData, memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';

const HEARD = Date.UTC(2026, 10, 20, 3);
const LATER = Date.UTC(2026, 10, 22, 3);
const DAY = 86_400_000;

const bin: Sensor = {
  id: 'bin-7',
  kind: 'bin',
  devEui: '24e124713d000042',
  codec: 'milesight-em400-mud',
  intervalSeconds: 900,
  status: 'active',
};

/** Battery 92 %, 25.7 °C, 2,116 mm, tilted. */
const frame = (fields: Partial<RawUplink> = {}): RawUplink => ({
  devEui: '24e124713d000042',
  sensorId: 'bin-7',
  network: 'tts',
  fCnt: 118,
  fPort: 85,
  hex: '01755c0367010104824408050001',
  heardAt: HEARD,
  receivedAt: HEARD + 800,
  codec: 'milesight-em400-mud@1',
  ...fields,
});

const reading = (quantity: Quantity, value: number | null, fields: Partial<Reading> = {}): Reading => ({
  sensorId: 'bin-7',
  quantity,
  value,
  measuredAt: HEARD,
  receivedAt: HEARD + 800,
  quality: value === null ? { flag: 9, test: 'missing' } : { flag: 1, test: 'gross-range' },
  ...fields,
});

const right = [
  reading('battery', 92),
  reading('binTemperature', 25.7),
  reading('fillDistance', 2116),
  reading('tilt', 1),
];

/** A script that reads the distance, off by so many millimetres. */
const levelCodec = (offset: number) =>
  scriptedCodec(
    'level',
    `function decodeUplink({ bytes }) { return { data: { mm: bytes[9] + 256 * bytes[10] + ${offset} } }; }`,
    { ports: [85], values: { mm: { quantity: 'fillDistance' } } },
  );

describe('decoding kept frames again', () => {
  let ports: RedecodePorts;
  const registryWith = (offset: number) =>
    scriptedUplinks(memoryRegistry({ codec: [levelCodec(offset)] }), () => LATER);
  beforeEach(() => {
    ports = {
      rawUplinks: memoryRawUplinks(),
      readings: memoryReadingStore(),
      sensorStates: memorySensorStates(),
      scripted: registryWith(0),
      clock: () => LATER,
    };
  });
  const hold = async (readings: readonly Reading[], ...frames: readonly RawUplink[]): Promise<void> => {
    await ports.rawUplinks.keep(frames);
    await ports.readings.append(readings);
    await ports.sensorStates.record(readings);
  };
  const run = (fields: Partial<RedecodeQuery> = {}) =>
    redecode(ports, { sensor: bin, from: 0, to: LATER, dryRun: false, ...fields });
  const current = async (quantity: Quantity): Promise<Reading | undefined> =>
    (await ports.readings.series({ sensorId: 'bin-7', quantity, from: HEARD, to: HEARD + 1 })).readings[0];
  const nothing = {
    uplinks: 0,
    outdated: 0,
    refused: 0,
    same: 0,
    corrected: 0,
    withdrawn: 0,
    requalified: 0,
    rejected: 0,
  };

  it('leaves what comes out the same untouched, with the quality that later tests gave it', async () => {
    const doubted = right.map((each) => ({ ...each, quality: { flag: 3, test: 'spike' } as const }));
    await hold(doubted, frame());
    expect(await run()).toEqual({ ...nothing, uplinks: 1, same: 4 });
    expect(await current('fillDistance')).toEqual(doubted[2]);
  });

  it('corrects what a faulty codec said, and keeps what it said as history', async () => {
    const wrong = right.map((each) => (each.quantity === 'fillDistance' ? { ...each, value: 17_416 } : each));
    await hold(wrong, frame());
    expect(await run()).toEqual({ ...nothing, uplinks: 1, same: 3, corrected: 1 });
    expect(await current('fillDistance')).toMatchObject({ value: 2116, receivedAt: LATER });
    const versions = await ports.readings.versions({ sensorId: 'bin-7', quantity: 'fillDistance', measuredAt: HEARD });
    expect(versions.map(({ value }) => value)).toEqual([17_416, 2116]);
    const [state] = await ports.sensorStates.get(['bin-7']);
    expect(state?.latest.fillDistance?.value).toBe(2116);
    // Nobody has heard the sensor since.
    expect(state?.lastReceivedAt).toBeLessThan(HEARD + 1_000);
    expect(await run()).toEqual({ ...nothing, uplinks: 1, same: 4 });
  });

  it('leaves a note of the day for the evaluation, a dry run none', async () => {
    const lateData = memoryLateData();
    ports = { ...ports, lateData };
    const atStation: Sensor = { ...bin, kind: 'air' };
    await hold([], frame());
    await run({ sensor: atStation, dryRun: true });
    expect(await lateData.list(10)).toEqual([]);
    await run({ sensor: atStation });
    const [note, ...others] = await lateData.list(10);
    expect([note?.sensorId, note?.day, others]).toEqual(['bin-7', Date.UTC(2026, 10, 20), []]);
    await lateData.remove(await lateData.list(10));
    // Again, though nothing changes any more: who knows whether the first note was written.
    await run({ sensor: atStation });
    expect(await lateData.list(10)).toHaveLength(1);
  });

  it('makes the readings that were never made, and names the codec beside the frame', async () => {
    const { codec: _, ...unnamed } = frame();
    await hold([], unnamed);
    expect(await run()).toEqual({ ...nothing, uplinks: 1, outdated: 1, corrected: 4 });
    for await (const kept of ports.rawUplinks.history({ devEui: frame().devEui, from: 0, to: LATER })) {
      expect(kept.codec).toBe('milesight-em400-mud@1');
    }
  });

  it('withdraws what only the former codec said: it is missing, not zero', async () => {
    // The sensor was taken for a WILSEN, which also says a level.
    const wrong = [...right.slice(0, 3), reading('fillLevel', 64)];
    await hold(wrong, frame({ codec: 'pepperl-fuchs-wilsen@1' }));
    expect(await run()).toMatchObject({ corrected: 1, withdrawn: 1, same: 3 });
    expect(await current('fillLevel')).toMatchObject({ value: null, quality: { flag: 9, test: 'withdrawn' } });
    expect(await run()).toEqual({ ...nothing, uplinks: 1, same: 4 });
  });

  it('leaves the readings of frames that the codec refuses, and says which', async () => {
    await hold(right, frame({ hex: 'ffff', fCnt: 5 }));
    const refused: string[] = [];
    expect(await run({ onRefused: (_, reason) => refused.push(reason) })).toEqual({
      ...nothing,
      uplinks: 1,
      refused: 1,
    });
    expect(refused).toEqual([expect.stringContaining('byte 2: channel ffff')]);
    expect(await current('fillDistance')).toMatchObject({ value: 2116 });
  });

  it('takes frames of the period, of this sensor, and changes nothing on a dry run', async () => {
    const before = frame({ heardAt: HEARD - DAY, fCnt: 20 });
    const formerOwner = frame({ sensorId: 'bin-6', fCnt: 119, heardAt: HEARD + 1 });
    await hold([], before, frame(), formerOwner);
    expect(await run({ dryRun: true })).toEqual({ ...nothing, uplinks: 2, corrected: 8 });
    expect(await current('fillDistance')).toBeUndefined();
    expect(await run({ from: HEARD, to: HEARD + DAY })).toEqual({ ...nothing, uplinks: 1, corrected: 4 });
    expect(await run()).toEqual({ ...nothing, uplinks: 2, same: 4, corrected: 4 });
  });

  it('runs the script of a sensor whose codec the city brought along', async () => {
    const sensor: Sensor = { ...bin, codec: 'script:level' };
    await hold([], frame({ codec: 'script:level' }));
    expect(await run({ sensor })).toEqual({ ...nothing, uplinks: 1, outdated: 1, corrected: 1 });
    const first = (await current('fillDistance'))?.value ?? 0;
    expect(await run({ sensor })).toEqual({ ...nothing, uplinks: 1, same: 1 });
    ports = { ...ports, clock: () => LATER + 1, scripted: registryWith(10) };
    expect(await run({ sensor })).toEqual({ ...nothing, uplinks: 1, outdated: 1, corrected: 1 });
    expect(await run({ sensor })).toEqual({ ...nothing, uplinks: 1, same: 1 });
    expect((await current('fillDistance'))?.value).toBe(first + 10);
    ports = { ...ports, scripted: scriptedUplinks(memoryRegistry({}), () => LATER) };
    const reasons: string[] = [];
    const onRefused = (_: RawUplink, reason: string): number => reasons.push(reason);
    expect(await run({ sensor, onRefused })).toEqual({ ...nothing, uplinks: 1, outdated: 1, refused: 1 });
    expect(reasons).toEqual(['codec script:level is not in the registry']);
  });

  it('withdraws what an older version of a script said and the newer one does not, by the version beside the frame', async () => {
    const sensor: Sensor = { ...bin, codec: 'script:level' };
    const older = `script:level@${levelCodec(7).version}`;
    const wrong = [reading('fillDistance', 2123), reading('fillLevel', 64)];
    await hold(wrong, frame({ codec: older }), frame({ codec: 'script:level', fCnt: 119, heardAt: HEARD + 900_000 }));
    const elsewhere = reading('battery', 88, { measuredAt: HEARD + 1 });
    await ports.readings.append([elsewhere]);
    await ports.sensorStates.record([elsewhere]);
    expect(await run({ sensor })).toEqual({ ...nothing, uplinks: 2, outdated: 2, corrected: 2, withdrawn: 1 });
    expect(await current('fillLevel')).toMatchObject({ value: null, quality: { flag: 9, test: 'withdrawn' } });
    const stamps = [];
    for await (const { codec } of ports.rawUplinks.history({ devEui: frame().devEui, from: 0, to: LATER }))
      stamps.push(codec);
    expect(stamps).toEqual(Array(2).fill(`script:level@${levelCodec(0).version}`));
    expect(await run({ sensor })).toEqual({ ...nothing, uplinks: 2, same: 2 });
  });

  describe('judges what changed among its neighbours', () => {
    const QUARTER = 900_000;
    const strict: Sensor = {
      ...bin,
      thresholds: { fillDistance: { spike: { suspect: 600, fail: 1_000, method: 'average' } } },
    };
    const at = (step: number): Partial<Reading> => {
      const measuredAt = HEARD + step * QUARTER;
      return { measuredAt, receivedAt: measuredAt + 800 };
    };
    const good = (step: number, value: number) => reading('fillDistance', value, at(step));
    const flagsOf = async () => {
      const range = { sensorId: 'bin-7', quantity: 'fillDistance', from: HEARD - DAY, to: HEARD + DAY } as const;
      return (await ports.readings.series(range)).readings.map(({ value, quality }) => [
        value,
        quality.flag,
        quality.test,
      ]);
    };

    it('a value that stands out between the stored ones is a spike', async () => {
      await hold([good(-2, 1100), good(-1, 1105), good(1, 1110)], frame());
      expect(await run({ sensor: strict })).toMatchObject({ corrected: 4, requalified: 0 });
      expect(await flagsOf()).toEqual([
        [1100, 1, 'gross-range'],
        [1105, 1, 'gross-range'],
        [2116, 4, 'spike'],
        [1110, 1, 'gross-range'],
      ]);
    });

    it('and what was called bad for its sake is good again', async () => {
      const doubted = { ...good(-1, 2110), quality: { flag: 4, test: 'spike' } as const };
      await hold([good(-3, 2105), good(-2, 2108), doubted, good(0, 17_416), good(1, 2120)], frame());
      expect(await run({ sensor: strict })).toMatchObject({ corrected: 4, requalified: 1 });
      expect((await flagsOf()).map(([, flag]) => flag)).toEqual([1, 1, 1, 1, 1]);
      expect(await run({ sensor: strict })).toMatchObject({ corrected: 0, requalified: 0, same: 4 });
    });

    it('and the stream goes on from what is right', async () => {
      const wrong = good(0, 17_416);
      await hold([good(-1, 2110), wrong], frame());
      const [known] = await ports.sensorStates.read(['bin-7']);
      const quality = { fillDistance: { at: HEARD, value: 17_416, before: 2110, quality: wrong.quality } };
      if (known?.state !== undefined) {
        await ports.sensorStates.write([{ ...known, state: { ...known.state, quality } }]);
      }
      await run({ sensor: strict });
      const [state] = await ports.sensorStates.get(['bin-7']);
      expect(state?.quality?.fillDistance).toMatchObject({ at: HEARD, value: 2116, before: 2110 });
    });
  });

  it('makes the corrected values anew as well', async () => {
    const sensor: Sensor = { ...bin, corrections: ['ultrasonic-temperature@1'] };
    await hold([], frame());
    await run({ sensor });
    const raw = (await current('fillDistance'))?.value ?? 0;
    const corrected = await current('fillDistanceCorrected');
    expect(corrected?.value).toBeGreaterThan(raw);
    expect(corrected?.quality.test).toContain('ultrasonic-temperature@1');
    expect(await run({ sensor })).toMatchObject({ corrected: 0, same: 5 });
  });
});
