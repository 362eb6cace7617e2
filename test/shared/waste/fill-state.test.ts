import { describe, expect, it } from 'vitest';
import type { SensorState } from '../../../shared/telemetry/sensor-state.ts';
import { fillStateOf } from '../../../shared/waste/fill-state.ts';
import { aBin, aReading } from '../../support/small-city.ts';

const now = Date.UTC(2026, 10, 22, 13);
const hour = 3_600_000;
/** One metre deep. */
const bin = aBin('b1');

const state = (...reading: Parameters<typeof aReading>): SensorState => {
  const latest = aReading(...reading);
  return { sensorId: latest.sensorId, lastReceivedAt: latest.receivedAt, latest: { fillDistance: latest } };
};

describe('how full a bin is', () => {
  it('is what its newest reading says', () => {
    const fill = fillStateOf(bin, [state('s1', 'fillDistance', now - hour, 250)], now);
    expect(fill).toEqual({ status: 'known', fraction: 0.75, measuredAt: now - hour, flag: 1 });
  });

  it('is the middle of what several sensors say, and that they disagree is told', () => {
    const two = [state('s1', 'fillDistance', now - hour, 250), state('s2', 'fillDistance', now - 2 * hour, 350)];
    expect(fillStateOf(bin, two.toReversed(), now)).toEqual({
      ...{ status: 'known', fraction: 0.7, measuredAt: now - hour, flag: 1 },
    });
    const three = [...two, state('s3', 'fillDistance', now - 2 * hour, 950)];
    expect(fillStateOf(bin, three, now)).toMatchObject({
      fraction: 0.65,
      doubt: { code: 'heads-disagree', reason: 'its sensors say 5% to 75%' },
    });
  });

  it('is not told by a sensor that fell silent while another looks', () => {
    const states = [state('s1', 'fillDistance', now, 250), state('s2', 'fillDistance', now - 5 * hour, 900)];
    expect(fillStateOf(bin, states, now)).toEqual({ status: 'known', fraction: 0.75, measuredAt: now, flag: 1 });
  });

  it('is not known under an open lid', () => {
    const seen = state('s1', 'fillDistance', now, 900);
    const tilt = aReading('s1', 'tilt', now, 1);
    expect(fillStateOf(bin, [{ ...seen, latest: { ...seen.latest, tilt } }], now)).toMatchObject({
      status: 'no-data',
      reason: 'the lid is open',
    });
    const shut = aReading('s1', 'tilt', now, 0);
    expect(fillStateOf(bin, [{ ...seen, latest: { ...seen.latest, tilt: shut } }], now)).toMatchObject({ flag: 1 });
  });

  it('is doubtful where one look stands against the one before', () => {
    const seen = state('s1', 'fillDistance', now, 900);
    const memory = { at: now, value: 900, before: 200, quality: { flag: 1 as const, test: 'none' } };
    const quality = { fillDistance: memory } as unknown as NonNullable<SensorState['quality']>;
    expect(fillStateOf(bin, [{ ...seen, quality }], now)).toMatchObject({
      fraction: 0.1,
      doubt: { code: 'not-confirmed', reasonVi: 'chỉ một lần đo báo 10%, lần trước đó 80%' },
    });
  });

  it('stands on the volume where walls slant', () => {
    const shape = { kind: 'cone' as const, topDiameterMm: 1_000, bottomDiameterMm: 0 };
    const cone = aBin('b1', { container: { ...bin.container, shape } });
    expect(fillStateOf(cone, [state('s1', 'fillDistance', now, 500)], now)).toMatchObject({ fraction: 0.125 });
  });

  it('is believed from a suspect reading, which keeps its flag', () => {
    const fill = fillStateOf(bin, [state('s1', 'fillDistance', now, 250, 3)], now);
    expect(fill).toMatchObject({ status: 'known', flag: 3 });
  });

  it.each([
    ['there is no sensor', [], 'never measured', null],
    ['the sensor told something else only', [{ sensorId: 's1', lastReceivedAt: 5, latest: {} }], 'never measured', 5],
    [
      'the last word is older than a day',
      [state('s1', 'fillDistance', now - 24 * hour - 1, 250)],
      'silent for more than a day',
      now - 24 * hour + 1_999,
    ],
    ['the value is missing', [state('s1', 'fillDistance', now, null)], 'the latest reading is not usable', now + 2_000],
    [
      'the reading failed its tests',
      [state('s1', 'fillDistance', now, 250, 4)],
      'the latest reading is not usable',
      now + 2_000,
    ],
    [
      'the echo came from beyond the floor',
      [state('s1', 'fillDistance', now, 1_500)],
      'the latest reading is not usable',
      now + 2_000,
    ],
  ])('is unknown, not empty, when %s', (_, states, reason, lastHeardAt) => {
    expect(fillStateOf(bin, states, now)).toEqual({ status: 'no-data', reason, lastHeardAt });
  });
});
