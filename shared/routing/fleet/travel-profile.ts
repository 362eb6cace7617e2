import type { CollectionProblem } from '../problem.ts';
import { daysAround, type ServiceDay, windowOn } from './service-day.ts';

const CITY_PROFILE = 'city';

/** The city's slow hours as a travel profile; none where it has none. Where two overlap, the slower counts. */
export const cityProfile = (day: ServiceDay): NonNullable<CollectionProblem['travelProfiles']> => {
  const slow = (day.city.travel.slowHours ?? []).flatMap(({ durationFactor, ...window }) =>
    daysAround.map((days) => ({ span: windowOn(day, days, window), durationFactor })),
  );
  const changes = [...new Set(slow.flatMap(({ span }) => span))].sort((a, b) => a - b);
  const slots = changes.map((from) => {
    const factors = slow.filter(({ span }) => span[0] <= from && from < span[1]).map((each) => each.durationFactor);
    return { from, durationFactor: factors.length === 0 ? 1 : Math.max(...factors) };
  });
  return slots.length === 0 ? [] : [{ id: CITY_PROFILE, slots }];
};
