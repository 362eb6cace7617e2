import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RefusedMessage, refusedMessageSchema } from '../../../events/refused-message.ts';
import type { QueuedUplink } from '../../../shared/telemetry/ingest.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { ReadingStore } from '../../../shared/telemetry/reading-store.ts';
import { memoryRegistry } from '../../support/memory-stores.ts';
import { air, HOUR, MINUTE, NOW, sensor, setUp } from './ingest-support.ts';
import { deviceUplink, lorawanUplink, queuedBody } from './uplinks.ts';

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
