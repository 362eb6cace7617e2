import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RefusedMessage } from '../../../events/refused-message.ts';
import type { Sensor } from '../../../shared/city/entities.ts';
import { createIngest, type IngestPorts } from '../../../shared/telemetry/ingest.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import { COPY_WINDOW_MS, type RawUplink } from '../../../shared/telemetry/raw-uplinks.ts';
import { memoryRawUplinks } from '../../support/memory-raw-uplinks.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { chirpstackUplink, deviceUplink } from './uplinks.ts';

const NOW = Date.parse('2026-11-22T01:00:00Z');
const DEV_EUI = '24e124713d000042';
const HEX = '01755c0367010104824408050001';
const MINUTE = 60_000;

const sensor: Sensor = {
  id: 'bin-7',
  kind: 'bin',
  devEui: DEV_EUI,
  codec: 'milesight-em400-mud',
  intervalSeconds: 900,
  status: 'active',
};

const setUp = (overrides: Partial<IngestPorts> = {}) => {
  const deadLetters: RefusedMessage[] = [];
  const ports: IngestPorts = {
    readings: memoryReadingStore(),
    sensorStates: memorySensorStates(),
    rawUplinks: memoryRawUplinks(),
    registry: memoryRegistry({ sensor: [sensor, { ...sensor, id: 'air-1', devEui: undefined, kind: 'air' }] }),
    refused: {
      send: async (messages) => {
        deadLetters.push(...messages);
        return [];
      },
    },
    clock: () => NOW,
    report: () => {},
    ...overrides,
  };
  const instants = async (): Promise<readonly number[]> => {
    const query = { sensorId: 'bin-7', quantity: 'fillDistance', from: 0, to: NOW * 2 } as const;
    return (await ports.readings.series(query)).readings.map(({ measuredAt }) => measuredAt);
  };
  const kept = async (): Promise<readonly RawUplink[]> => {
    const found: RawUplink[] = [];
    for await (const uplink of ports.rawUplinks.history({ devEui: DEV_EUI, from: 0, to: NOW * 2 })) found.push(uplink);
    return found;
  };
  return { ingest: createIngest(ports), ports, deadLetters, instants, kept };
};

const uplink = (heardAt: number, fCnt: number, hex = HEX) => chirpstackUplink({ devEui: DEV_EUI, fCnt, hex, heardAt });

describe('a frame that several gateways heard, or that is delivered again', () => {
  it('makes one set of readings, whatever the time stamps of its copies', async () => {
    const { ingest, instants, kept } = setUp();
    expect(await ingest([uplink(NOW, 7), uplink(NOW + 140, 7)])).toMatchObject({
      readings: { stored: 4, unchanged: 4 },
    });
    expect(await ingest([uplink(NOW + 4_000, 7), uplink(NOW - 2_000, 7)])).toMatchObject({
      readings: { unchanged: 8 },
    });
    expect(await instants()).toEqual([NOW]);
    expect(await kept()).toEqual([
      {
        devEui: DEV_EUI,
        sensorId: 'bin-7',
        network: 'chirpstack',
        fCnt: 7,
        fPort: 85,
        hex: HEX,
        heardAt: NOW,
        receivedAt: NOW + 500,
        codec: 'milesight-em400-mud@1',
      },
    ]);
  });

  it('is another one with another counter, other bytes, or after the device has joined anew', async () => {
    const { ingest, instants } = setUp();
    const times = [NOW, NOW + 1, NOW + 2, NOW + COPY_WINDOW_MS + 1];
    const [first = 0, second = 0, third = 0, last = 0] = times;
    await ingest([
      uplink(first, 0),
      uplink(second, 1),
      uplink(third, 0, '01755c03670101048244080500 00'.replace(' ', '')),
    ]);
    await ingest([uplink(last, 0)]);
    expect(await instants()).toEqual(times);
  });

  it('is kept although its codec refuses it, so that a mend can still read it', async () => {
    const { ingest, deadLetters, kept } = setUp();
    await ingest([uplink(NOW, 7, 'ffff')]);
    expect(deadLetters).toMatchObject([{ code: 'undecodable-frame' }]);
    expect(await kept()).toMatchObject([{ hex: 'ffff' }]);
  });

  it('comes again when it cannot be kept now, and holds nobody else up', async () => {
    const { ingest } = setUp({
      rawUplinks: {
        ...memoryRawUplinks(),
        keep: async (uplinks) =>
          uplinks.map(({ fCnt = 0, heardAt }) =>
            fCnt === 7 ? { ok: false, error: new Error('throttled') } : { ok: true, heardAt },
          ),
      },
    });
    const [stuck, free] = [uplink(NOW, 7), uplink(NOW, 8)];
    const plain = deviceUplink('air-1', { measuredAt: NOW, values: { pm25: 31 } }, NOW);
    expect(await ingest([stuck, free, plain])).toMatchObject({ retry: [stuck.messageId], readings: { stored: 5 } });
  });

  it('comes again when nothing can be kept', async () => {
    const keep = async () => Promise.reject(new Error('the table is gone'));
    const { ingest, instants } = setUp({ rawUplinks: { ...memoryRawUplinks(), keep } });
    const message = uplink(NOW, 7);
    expect(await ingest([message])).toMatchObject({ retry: [message.messageId], readings: { stored: 0 } });
    expect(await instants()).toEqual([]);
  });

  it('makes as many readings as frames were sent, in whatever order and batches their copies arrive', async () => {
    const frames = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 });
    const copies = fc.array(fc.integer({ min: -20_000, max: 20_000 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(frames, copies, fc.infiniteStream(fc.nat()), async (quarters, delays, random) => {
        const { ingest, instants } = setUp();
        // The counter starts anew every four frames: the device loses power and joins again.
        const sent = quarters.flatMap((quarter) =>
          delays.map((delay) => uplink(NOW - 40 * 15 * MINUTE + quarter * 15 * MINUTE + delay, quarter % 4)),
        );
        const order = sent.map((message) => ({ message, at: random.next().value })).sort((a, b) => a.at - b.at);
        const half = Math.ceil(order.length / 2);
        for (const batch of [order.slice(0, half), order.slice(half), order]) {
          await ingest(batch.map(({ message }) => message));
        }
        expect(await instants()).toHaveLength(quarters.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the device that an envelope speaks for', () => {
  it('is the one that its topic names', async () => {
    const { ingest, deadLetters, instants } = setUp();
    const frame = { devEui: DEV_EUI, fCnt: 1, hex: HEX, heardAt: NOW };
    await ingest([chirpstackUplink(frame, { devEui: '00000000000000ff' })]);
    expect(deadLetters).toMatchObject([{ code: 'identity-mismatch' }]);
    await ingest([chirpstackUplink(frame, { devEui: '24-E1-24-71-3D-00-00-42' })]);
    expect(await instants()).toEqual([NOW]);
  });

  it('is not a sensor with a certificate: only the webhook may stand in for that', async () => {
    const { ingest, deadLetters } = setUp();
    const payload = { measuredAt: NOW, values: { pm25: 31 } };
    const fields = { topic: '', clientId: undefined };
    await ingest([deviceUplink('air-1', payload, NOW, fields)]);
    expect(deadLetters).toMatchObject([{ code: 'identity-mismatch' }]);
    expect(await ingest([deviceUplink('air-1', payload, NOW, { ...fields, door: 'webhook' })])).toMatchObject({
      readings: { stored: 1 },
    });
  });
});
