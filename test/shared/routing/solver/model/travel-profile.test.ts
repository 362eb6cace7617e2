import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrivalTime,
  compileProfile,
  departureTime,
} from '../../../../../shared/routing/solver/model/travel-profile.ts';

type Slot = { readonly from: number; readonly durationFactor: number };

/** Slots that begin on whole minutes of a short day, so that ways cross several of them. */
const slots: fc.Arbitrary<Slot[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 4 })
  .chain((minutes) =>
    fc.tuple(
      ...[...minutes]
        .sort((a, b) => a - b)
        .map((minute) =>
          fc.integer({ min: 3, max: 40 }).map((tenths) => ({ from: 60 * minute, durationFactor: tenths / 10 })),
        ),
    ),
  );

const minute = fc.integer({ min: -60, max: 200 }).map((minutes) => 60 * minutes);
const seconds = fc.integer({ min: 0, max: 9_000 });

const factorAt = (each: readonly Slot[], time: number): number =>
  each.filter(({ from }) => from <= time).at(-1)?.durationFactor ?? 1;

/** Drives a minute at a time, each at one pace. */
const driveByTheMinute = (each: readonly Slot[], leaves: number, way: number): number => {
  let left = way;
  for (let time = leaves; ; time += 60) {
    const pace = factorAt(each, time);
    if (left * pace <= 60) return time + left * pace;
    left -= 60 / pace;
  }
};

describe('driving by the time of day', () => {
  it('takes as long as the minutes it passes through say', () =>
    fc.assert(
      fc.property(slots, minute, seconds, (each, leaves, way) => {
        const expected = driveByTheMinute(each, leaves, way);
        expect(arrivalTime(compileProfile(each), leaves, way)).toBeCloseTo(expected, 6);
      }),
    ));

  it('arrives again when it leaves at the latest time for an arrival', () =>
    fc.assert(
      fc.property(slots, fc.integer({ min: -5_000, max: 15_000 }), seconds, (each, time, way) => {
        const profile = compileProfile(each);
        expect(arrivalTime(profile, departureTime(profile, time, way), way)).toBeCloseTo(time, 6);
        expect(departureTime(profile, arrivalTime(profile, time, way), way)).toBeCloseTo(time, 6);
      }),
    ));

  it('never lets who leaves later arrive earlier', () =>
    fc.assert(
      fc.property(slots, fc.nat(12_000), fc.nat(4_000), seconds, (each, leaves, later, way) => {
        const profile = compileProfile(each);
        const rounding = 1e-6;
        expect(arrivalTime(profile, leaves + later, way)).toBeGreaterThanOrEqual(
          arrivalTime(profile, leaves, way) - rounding,
        );
        expect(departureTime(profile, leaves + later, way)).toBeGreaterThanOrEqual(
          departureTime(profile, leaves, way) - rounding,
        );
      }),
    ));

  it('keeps the matrix before the first slot, and takes on a pace from its first second', () => {
    const profile = compileProfile([{ from: 100, durationFactor: 2 }]);
    expect(arrivalTime(profile, 0, 100)).toBe(100);
    expect(arrivalTime(profile, 100, 10)).toBe(120);
    expect(arrivalTime(profile, 90, 20)).toBe(120);
    expect(departureTime(profile, 100, 40)).toBe(60);
    expect(departureTime(profile, 120, 20)).toBe(90);
  });

  it('takes no time for no way', () => {
    const profile = compileProfile([{ from: 100, durationFactor: 2 }]);
    for (const time of [0, 100, 200]) {
      expect(arrivalTime(profile, time, 0)).toBe(time);
      expect(departureTime(profile, time, 0)).toBe(time);
    }
  });
});
