import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bounds,
  beforeService,
  boundsAtEnd,
  retreat,
} from '../../../../../shared/routing/solver/schedule/bounds.ts';
import { advance, createClock, startClock } from '../../../../../shared/routing/solver/schedule/clock.ts';
import { canBeDriven, canFinish, type Errand, errands } from './every-break-plan.ts';

const ROUNDING = 1e-4;

/** For every position, 0 being the start, the latest times to be done there by number of breaks taken. */
const boundsOf = ({ model, type, places }: Errand): readonly Bounds[] => {
  const bounds = new Float64Array(model.mostBreaks + 1);
  const all: Bounds[] = [];
  boundsAtEnd(type, bounds);
  const stations = [type.startPlace, ...places, type.endPlace];
  for (let at = places.length; at >= 0; at -= 1) {
    retreat(model, type, bounds, stations[at] as number, stations[at + 1] as number);
    all.unshift(bounds.slice());
    if (at > 0) beforeService(model, type, bounds, stations[at] as number);
  }
  return all;
};

/** For every position, 0 being the start, when the vehicle can be done there at the earliest by number of breaks taken. */
const timesOf = ({ model, type, places }: Errand): readonly Float64Array[] => {
  const clock = createClock(model);
  startClock(clock, type);
  const all = [clock.time.slice()];
  let from = type.startPlace;
  for (const place of places) {
    advance(model, type, clock, from, place, 0);
    all.push(clock.time.slice());
    from = place;
  }
  return all;
};

describe('the bounds of a day', () => {
  it.each(['any', 'metric'] as const)('are the latest times from which it can still be finished (roads: %s)', (roads) =>
    fc.assert(
      fc.property(errands({ roads }), (errand) => {
        const { model, vehicle, type, places } = errand;
        boundsOf(errand).forEach((bounds, at) => {
          const location = at === 0 ? vehicle.startLocation : (model.location[places[at - 1] as number] as number);
          for (let taken = 0; taken <= type.breaks.length; taken += 1) {
            const bound = bounds[taken] as number;
            const isPossible = (time: number, grace: number): boolean =>
              canFinish(errand, at, location, time, taken, grace);
            if (bound === Number.NEGATIVE_INFINITY) expect(isPossible(-1e6, -ROUNDING)).toBe(false);
            else {
              expect(isPossible(bound, ROUNDING)).toBe(true);
              expect(isPossible(bound + 0.1, -ROUNDING)).toBe(false);
            }
          }
        });
      }),
      { numRuns: 150 },
    ),
  );

  it('are met by the clock, everywhere along the way, exactly when the day can be driven', () =>
    fc.assert(
      fc.property(errands({ roads: 'any' }), (errand) => {
        fc.pre(errand.type.breaks.length < 2);
        const times = timesOf(errand);
        boundsOf(errand).forEach((bounds, at) => {
          const isMet = bounds.some((bound, taken) => (times[at]?.[taken] ?? 0) <= bound);
          if (isMet) expect(canBeDriven(errand, ROUNDING)).toBe(true);
          else expect(canBeDriven(errand, -ROUNDING)).toBe(false);
        });
      }),
      { numRuns: 150 },
    ));

  it('are met by the clock only if the day can be driven, with any number of breaks', () =>
    fc.assert(
      fc.property(errands({ roads: 'metric' }), (errand) => {
        const times = timesOf(errand);
        boundsOf(errand).forEach((bounds, at) => {
          const isMet = bounds.some((bound, taken) => (times[at]?.[taken] ?? 0) <= bound);
          if (isMet) expect(canBeDriven(errand, ROUNDING)).toBe(true);
        });
      }),
      { numRuns: 150 },
    ));
});
