import { describe, expect, it } from 'vitest';
import { assess, grossRange, isTooFarAhead, timing } from '../../../shared/telemetry/quality.ts';

const MINUTE = 60_000;
const RECEIVED = Date.parse('2026-11-22T01:00:00Z');

describe('the gross range test', () => {
  // As in ioos_qc's test_qartod.py: bounds belong to the span. Relative humidity: fail [0, 100], suspect [10, 100].
  it.each([
    [-0.1, 4],
    [0, 3],
    [9.9, 3],
    [10, 1],
    [100, 1],
    [100.1, 4],
  ])('flags a relative humidity of %d %% with %i', (value, flag) => {
    expect(grossRange('relativeHumidity', value)).toBe(flag);
  });
});

describe('the timing test', () => {
  it.each([
    [-30 * 24 * 60 * MINUTE, 1, false],
    [0, 1, false],
    [2 * MINUTE, 1, false],
    [2 * MINUTE + 1, 3, false],
    [15 * MINUTE, 3, false],
    [15 * MINUTE + 1, 3, true],
  ])('flags an instant %i ms ahead with %i; too far ahead: %s', (ahead, flag, refused) => {
    expect(timing(RECEIVED + ahead, RECEIVED)).toBe(flag);
    expect(isTooFarAhead(RECEIVED + ahead, RECEIVED)).toBe(refused);
  });
});

describe('the quality of an observation', () => {
  const observation = { quantity: 'pm25', value: 31, measuredAt: RECEIVED } as const;
  const ahead = RECEIVED + 5 * MINUTE;

  it('is good when both tests pass', () => {
    expect(assess(observation, RECEIVED)).toEqual({ flag: 1, test: 'gross-range' });
  });

  it('is that of the worst test', () => {
    expect(assess({ ...observation, measuredAt: ahead }, RECEIVED)).toEqual({ flag: 3, test: 'timing' });
    expect(assess({ ...observation, value: 600 }, RECEIVED)).toEqual({ flag: 3, test: 'gross-range' });
    expect(assess({ ...observation, value: 600, measuredAt: ahead }, RECEIVED)).toEqual({
      flag: 3,
      test: 'gross-range',
    });
    expect(assess({ ...observation, value: -1, measuredAt: ahead }, RECEIVED)).toEqual({
      flag: 4,
      test: 'gross-range',
    });
  });

  it('is missing without a value, whatever the clock says, with the reason that the device gave', () => {
    expect(assess({ ...observation, value: null, measuredAt: ahead }, RECEIVED)).toEqual({ flag: 9, test: 'missing' });
    expect(assess({ ...observation, value: null, missing: 'no-echo' }, RECEIVED)).toEqual({ flag: 9, test: 'no-echo' });
  });
});
