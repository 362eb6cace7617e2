import { describe, expect, it } from 'vitest';
import { type Sensor, sensorSchema } from '../../../shared/city/entities.ts';
import type { OpenedUplink } from '../../../shared/telemetry/open-uplink.ts';
import { readingsOf } from '../../../shared/telemetry/readings-of.ts';

const HEARD = Date.parse('2026-11-22T01:00:00Z');
const HOUR = 3_600_000;

const sensor = (fields: Partial<Sensor>): Sensor => sensorSchema.parse({ id: 'bin-7', kind: 'bin', ...fields });

const uplink = (hex: string, fPort?: number): OpenedUplink => ({
  envelope: 'aws-lorawan',
  receivedAt: HEARD + 2_000,
  frame: {
    devEui: '24e124713d000042',
    bytes: Buffer.from(hex, 'hex'),
    heardAt: HEARD,
    ...(fPort !== undefined && { fPort }),
  },
});

/** Hours before the frame was heard, and the distance of then. */
const distances = (opened: OpenedUplink, of: Sensor): readonly (readonly [number, number | null])[] => {
  const result = readingsOf(opened, of);
  if (!result.ok) throw new Error(result.reason);
  return result.value
    .filter(({ quantity }) => quantity === 'fillDistance')
    .map(({ measuredAt, value }) => [(HEARD - measuredAt) / HOUR, value]);
};

describe('what a device fills in later', () => {
  const tek766 = uplink('1000000001121b7701131baa01121ba90114f274', 16);

  it('lies as far apart as the device logs as delivered', () => {
    expect(distances(tek766, sensor({ codec: 'tekelek-tek766' }))).toEqual([
      [0, 2740],
      [6, 2750],
      [12, 2740],
      [18, 2760],
    ]);
  });

  it('lies as far apart as the registry says', () => {
    const hourly = sensor({ codec: 'tekelek-tek766', logIntervalSeconds: 3_600 });
    expect(distances(tek766, hourly).map(([hours]) => hours)).toEqual([0, 1, 2, 3]);
  });

  it('stands at its own instant where the device has a clock', () => {
    const log = uplink(`0d04064000fa40${(HEARD / 1_000 - 7_200).toString(16)}`, 3);
    expect(distances(log, sensor({ codec: 'dragino-dds75-lb' }))).toEqual([[2, 1600]]);
  });

  it('is refused with its frame when the device’s clock is ahead', () => {
    const log = uplink(`0d04064000fa40${(HEARD / 1_000 + 7_200).toString(16)}`, 3);
    expect(readingsOf(log, sensor({ codec: 'dragino-dds75-lb' }))).toMatchObject({ ok: false, code: 'clock-ahead' });
  });
});

describe('a frame', () => {
  it('is decoded by its port', () => {
    expect(readingsOf(uplink('0207d900020c60', 2), sensor({ codec: 'decentlab-dl-ctd10' }))).toMatchObject({
      ok: false,
      code: 'undecodable-frame',
      reason: 'byte 0: decentlab-dl-ctd10 sends on port 1, not on 2',
    });
  });

  it('is refused when the network does not say on which port it came', () => {
    expect(readingsOf(uplink('01755c'), sensor({ codec: 'milesight-em400-mud' }))).toMatchObject({
      ok: false,
      code: 'undecodable-frame',
    });
  });

  it('leaves a missing reading with its reason where the device sent a code instead of a value', () => {
    const result = readingsOf(uplink('0d3b001400000001', 2), sensor({ codec: 'dragino-ldds75' }));
    expect(result.ok && result.value.find(({ quantity }) => quantity === 'fillDistance')).toMatchObject({
      value: null,
      quality: { flag: 9, test: 'invalid-reading' },
    });
  });
});
