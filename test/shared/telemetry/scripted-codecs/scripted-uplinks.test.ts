import { describe, expect, it } from 'vitest';
import type { RefusedMessage } from '../../../../events/refused-message.ts';
import { type Sensor, sensorSchema } from '../../../../shared/city/entities.ts';
import type { Registry } from '../../../../shared/city/registry.ts';
import { createIngest } from '../../../../shared/telemetry/ingest.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../../../shared/telemetry/quantity.ts';
import { StoreUnavailableError } from '../../../../shared/telemetry/reading-store.ts';
import { scriptedCodec } from '../../../../shared/telemetry/scripted-codecs/scripted-codec.ts';
import { memoryRawUplinks } from '../../../support/memory-raw-uplinks.ts';
import { memoryRegistry, memorySensorStates } from '../../../support/memory-stores.ts';
import { lorawanUplink } from '../uplinks.ts';
import { airMapping, airScript, hostileScripts } from './scripts.ts';

const NOW = Date.parse('2026-11-22T01:00:00Z');
/** The port of the test's frames. */
const mapping = { ...airMapping, ports: [85] };

const eui = (index: number): string => index.toString(16).padStart(16, '0');

const sensor = (index: number, codec: string): Sensor =>
  sensorSchema.parse({ id: `air-${index}`, kind: 'air', devEui: eui(index), codec });

const setUp = (overrides: Partial<Registry> = {}) => {
  const deadLetters: RefusedMessage[] = [];
  const problems: unknown[] = [];
  const registry = memoryRegistry({
    sensor: [
      sensor(1, 'script:air'),
      sensor(2, 'script:hostile'),
      sensor(3, 'script:nowhere'),
      sensor(4, 'milesight-em310-udl'),
      sensor(5, 'script:air'),
    ],
    codec: [
      scriptedCodec('air', airScript, mapping),
      scriptedCodec('hostile', 'function decodeUplink() { for (;;); }', mapping),
    ],
  });
  const readings = memoryReadingStore();
  const time = { now: NOW };
  const rawUplinks = memoryRawUplinks();
  const ingest = createIngest({
    readings,
    sensorStates: memorySensorStates(),
    rawUplinks,
    registry: { ...registry, ...overrides },
    refused: {
      send: async (messages) => {
        deadLetters.push(...messages);
        return [];
      },
    },
    clock: () => time.now,
    report: ({ error }) => problems.push(error),
  });
  const seriesOf = async (sensorId: string, quantity: Quantity) =>
    (await readings.series({ sensorId, quantity, from: 0, to: NOW * 2 })).readings;
  return { ingest, registry, rawUplinks, deadLetters, problems, seriesOf, time };
};

describe('uplinks of a sensor whose codec the city brought along', () => {
  it('become readings as those of any other', async () => {
    const { ingest, seriesOf, deadLetters } = setUp();
    const outcome = await ingest([lorawanUplink(eui(1), '012c010550', NOW), lorawanUplink(eui(4), '01755c', NOW)]);
    expect(outcome).toMatchObject({ retry: [], readings: { stored: 4 }, refused: {} });
    expect(deadLetters).toEqual([]);
    expect(await seriesOf('air-1', 'pm25')).toMatchObject([{ value: 30, measuredAt: NOW, quality: { flag: 1 } }]);
    expect(await seriesOf('air-1', 'airTemperature')).toMatchObject([{ value: 26.1 }]);
    expect(await seriesOf('air-1', 'battery')).toMatchObject([{ value: 80 }]);
  });

  it('are kept with the version of the script that decoded them', async () => {
    const { ingest, registry, rawUplinks, time } = setUp();
    const stampsOf = async (index: number) => {
      const stamps = [];
      for await (const { codec } of rawUplinks.history({ devEui: eui(index), from: 0, to: NOW * 2 }))
        stamps.push(codec);
      return stamps;
    };
    await ingest([lorawanUplink(eui(1), '012c010550', NOW), lorawanUplink(eui(3), '012c010550', NOW)]);
    const mended = scriptedCodec('air', airScript, { ...mapping, ports: [85, 2] });
    await registry.put('codec', mended);
    time.now += 60_000;
    await ingest([lorawanUplink(eui(1), '012d010550', time.now)]);
    const former = scriptedCodec('air', airScript, mapping);
    expect(await stampsOf(1)).toEqual([`script:air@${former.version}`, `script:air@${mended.version}`]);
    // Of one that nobody knows, the name.
    expect(await stampsOf(3)).toEqual(['script:nowhere']);
  });

  it('are missing readings where the mapping knows a sentinel, and suspect where the script warns', async () => {
    const { ingest, seriesOf } = setUp();
    await ingest([lorawanUplink(eui(1), 'ffff010509', NOW)]);
    expect(await seriesOf('air-1', 'pm25')).toMatchObject([
      { value: null, quality: { flag: 9, test: 'sensor-error' } },
    ]);
    expect(await seriesOf('air-1', 'airTemperature')).toMatchObject([{ quality: { flag: 3, test: 'codec-warning' } }]);
  });

  it('are refused with the codec, its version and its reason, and spoil no other', async () => {
    const { ingest, deadLetters } = setUp();
    const outcome = await ingest([
      lorawanUplink(eui(2), '00', NOW),
      lorawanUplink(eui(1), '012c', NOW),
      lorawanUplink(eui(3), '00', NOW),
      lorawanUplink(eui(5), '012c010550', NOW),
    ]);
    expect(outcome).toMatchObject({ retry: [], readings: { stored: 3 }, refused: { 'undecodable-frame': 3 } });
    expect(deadLetters.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^codec script:hostile \(version [0-9a-f]{16}\): it ran for longer than 100 ms$/),
      expect.stringMatching(/^codec script:air .*: it says "expected 5 bytes, got 2"$/),
      'codec script:nowhere is not in the registry',
    ]);
  });

  it.each(Object.entries(hostileScripts))('end in the dead letters where the script tries %s', async (_, [script]) => {
    const { ingest, registry, deadLetters } = setUp();
    await registry.put('codec', scriptedCodec('hostile', script, { values: { pm25: { quantity: 'pm25' } } }));
    const outcome = await ingest([lorawanUplink(eui(2), '00', NOW), lorawanUplink(eui(1), '012c010550', NOW)]);
    expect(outcome).toMatchObject({ retry: [], readings: { stored: 3 }, refused: { 'undecodable-frame': 1 } });
    expect(deadLetters[0]?.reason).toMatch(/^codec script:hostile /);
  });

  it('come again when the registry cannot say what the codec is, and only they', async () => {
    const memory = setUp().registry;
    const { ingest, problems } = setUp({
      getMany: async (kind, ids) => {
        if (kind === 'codec') throw new StoreUnavailableError('down');
        return memory.getMany(kind, ids);
      },
    });
    const scripted = lorawanUplink(eui(1), '012c010550', NOW);
    const outcome = await ingest([scripted, lorawanUplink(eui(4), '01755c', NOW)]);
    expect(outcome).toMatchObject({ retry: [scripted.messageId], readings: { stored: 1 } });
    expect(problems).toHaveLength(1);
  });

  it('are read by a mended script half a minute later', async () => {
    const { ingest, registry, time } = setUp();
    await ingest([lorawanUplink(eui(2), '00', NOW)]);
    await registry.put('codec', scriptedCodec('hostile', airScript, mapping));
    time.now += 31_000;
    expect(await ingest([lorawanUplink(eui(2), '012c010550', NOW)])).toMatchObject({ readings: { stored: 3 } });
  });
});

describe('the registry', () => {
  it('knows a version for each script and mapping, and takes no script of more than 256 KB', () => {
    const { version } = scriptedCodec('air', airScript, mapping);
    expect(scriptedCodec('other', airScript, mapping).version).toBe(version);
    expect(scriptedCodec('air', `${airScript} `, mapping).version).not.toBe(version);
    expect(scriptedCodec('air', airScript, { ...mapping, ports: [86] }).version).not.toBe(version);
    expect(() => scriptedCodec('air', '/'.repeat(256 * 1_024 + 1), mapping)).toThrow(/262144 bytes/);
  });

  it.each(['script:', 'script:a b', 'script', 'scripts:air'])('takes no sensor with the codec %j', (codec) => {
    expect(sensorSchema.safeParse({ id: 'a', kind: 'air', codec }).success).toBe(false);
  });
});
