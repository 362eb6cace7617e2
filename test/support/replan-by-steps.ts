import type { ReceivedReport } from '../../shared/routing/crew/crew-report.ts';
import type { DayEvent } from '../../shared/routing/lifecycle/edit-schema.ts';
import type { WorkingBasis } from '../../shared/routing/lifecycle/plan-basis.ts';
import { replanDay } from '../../shared/routing/lifecycle/replan-day.ts';
import { solve } from '../../shared/routing/solver/solve.ts';
import { greatCircleTravelTimes } from '../../shared/routing/travel/great-circle.ts';
import type { TravelTimes } from '../../shared/routing/travel/travel-times.ts';
import { at, SERVICE_DATE } from './day-city.ts';

type Happened = {
  readonly events: readonly DayEvent[];
  readonly reports?: readonly ReceivedReport[];
  /** The optimizer’s steps: the same answer on any machine. */
  readonly iterations?: number;
  readonly travel?: TravelTimes;
};

/** The rest of the test city’s day planned anew. */
export const replanBySteps = (
  basis: WorkingBasis,
  now: number,
  { events, reports = [], iterations = 200, travel = greatCircleTravelTimes(basis.city.travel) }: Happened,
) =>
  replanDay(basis, events, {
    serviceDate: SERVICE_DATE,
    midnight: at('00:00'),
    now,
    by: 'an',
    travelTimes: travel,
    bins: new Map(),
    vehicles: new Map(),
    reports,
    deadlineMs: 0,
    seed: 1,
    solve: (problem, { warmStart }) => solve(problem, { seed: 1, iterations, warmStart }),
  });
