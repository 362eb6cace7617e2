import { instantOf } from '../../city/calendar.ts';
import type { City } from '../../city/entities.ts';
import type { CollectionProblem } from '../problem.ts';
import { daysAfter } from '../service-date.ts';

const PROFILE_ID = 'city';

/**
 * The problem with the city's rush hours (`travel.slots`): from a time of day on, ways take so many times longer, the same every
 * day; shifts over midnight see those of the days around too. Vehicles that follow a profile of their own keep it.
 * @param serviceDate City-local day, `YYYY-MM-DD`, from whose midnight the problem counts.
 */
export const withRushHours = (problem: CollectionProblem, city: City, serviceDate: string): CollectionProblem => {
  const slots = city.travel.slots ?? [];
  if (slots.length === 0) return problem;
  const midnight = instantOf(serviceDate, '00:00', city.timeZone);
  const around = [-1, 0, 1, 2]
    .flatMap((days) =>
      slots.map(({ from, durationFactor }) => ({
        from: Math.round((instantOf(daysAfter(serviceDate, days), from, city.timeZone) - midnight) / 1_000),
        durationFactor,
      })),
    )
    .sort((a, b) => a.from - b.from);
  return {
    ...problem,
    travelProfiles: [...(problem.travelProfiles ?? []), { id: PROFILE_ID, slots: around }],
    vehicles: problem.vehicles.map((vehicle) => ({ travelProfile: PROFILE_ID, ...vehicle })),
  };
};
