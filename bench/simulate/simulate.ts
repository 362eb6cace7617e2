import { instantOf } from '../../shared/city/calendar.ts';
import { buildProblem } from '../../shared/routing/build-problem.ts';
import { checkSolution } from '../../shared/routing/checker.ts';
import { chancesFrom } from '../../shared/routing/pick-bins.ts';
import { daysAfter } from '../../shared/routing/service-date.ts';
import type { Solution } from '../../shared/routing/solution.ts';
import { solvePrized } from '../../shared/routing/solver/solve-prized.ts';
import type { TravelTimes } from '../../shared/routing/travel/travel-times.ts';
import { localHours } from '../../shared/waste/forecast/hours.ts';
import { randomOf } from '../forecast/random.ts';
import type { SimulatedCity } from './city.ts';
import { type Figures, startFigures } from './figures.ts';
import { startKnowledge } from './knowledge.ts';
import type { Night, Policy } from './policies.ts';
import { startReplay } from './replay.ts';
import { rememberedTravel } from './travel.ts';
import { simulateTruth } from './truth.ts';

export type Settings = {
  readonly weeks: number;
  /** Weeks before that, in which forecasts learn and the policy finds its rhythm; nothing is counted. */
  readonly warmUpWeeks: number;
  readonly seed: number;
  /** The optimizer's steps a night: results do not depend on the machine. */
  readonly iterations: number;
};

/** Routes a night as the city does; the independent checker looks at every plan. */
const planNight = async (
  { city, fleet }: SimulatedCity,
  policy: Policy,
  night: Night,
  serviceDate: string,
  travelTimes: TravelTimes,
  { seed, iterations }: { readonly seed: number; readonly iterations: number },
): Promise<Solution | undefined> => {
  const bins = policy.choose(night);
  if (!bins.some(({ urgency }) => urgency === undefined)) return undefined;
  const problem = await buildProblem({ city, serviceDate, notBefore: 0, bins, fleet, travelTimes });
  if (problem === undefined) return undefined;
  const solution = solvePrized(problem, { seed, iterations });
  const { feasible, faults } = checkSolution(problem, solution);
  if (!feasible) throw new Error(`${policy.name}, ${serviceDate}: the checker refuses the plan: ${faults[0]}`);
  return solution;
};

const pickUpsOf = (solution: Solution | undefined, midnight: number, number: ReadonlyMap<string, number>) =>
  new Map(
    (solution?.routes ?? []).flatMap(({ visits }) =>
      visits.flatMap((visit): [number, number][] =>
        visit.kind === 'stop' ? [[number.get(visit.stopId) as number, midnight + visit.serviceStartsAt * 1_000]] : [],
      ),
    ),
  );

/** A policy over the weeks of a simulated city, night by night: plan, drive, and see what truly lay in the bins. */
export const simulate = async (
  simulated: SimulatedCity,
  policy: Policy,
  { weeks, warmUpWeeks, seed, iterations }: Settings,
  progress: (night: number, of: number) => void = () => undefined,
): Promise<Figures> => {
  const { city, fleet, bins, firstDay, planTime } = simulated;
  const hours = localHours(city.timeZone);
  const [warmUp, nights] = [warmUpWeeks * 7, (warmUpWeeks + weeks) * 7];
  const truth = simulateTruth(simulated, nights + 1, seed, hours);
  const random = randomOf(seed + 99);
  const replay = startReplay(
    truth,
    bins.map(() => 0.7 * random.uniform()),
  );
  const knowledge = startKnowledge(bins, hours);
  const places = [...fleet.depots, ...fleet.disposalSites, ...bins].map(({ position }) => position);
  const travelTimes = rememberedTravel(places, city.travel);
  const number = new Map(bins.map(({ id }, index) => [id, index]));
  const figures = startFigures(simulated);
  let pickUps: ReadonlyMap<number, number> = new Map();

  const wholeHour = (date: string): number => instantOf(date, planTime.replace(/:\d\d$/, ':00'), city.timeZone);

  const passUntil = (until: number, counted: boolean): void => {
    for (const pickUp of replay.passUntil(until, pickUps)) {
      // Reports from before the truck came are of the old filling.
      knowledge.collected(pickUp);
      if (counted) figures.pickedUp(pickUp);
    }
    for (let bin = 0; bin < bins.length; bin += 1) knowledge.hear(bin, replay.takeReports(bin), until);
    const overflow = replay.takeOverflow();
    if (counted) figures.overflowed(overflow);
  };

  for (let night = 0; night < nights; night += 1) {
    const serviceDate = daysAfter(firstDay, night);
    const midnight = instantOf(serviceDate, '00:00', city.timeZone);
    passUntil(wholeHour(serviceDate), night > warmUp);
    const now = instantOf(serviceDate, planTime, city.timeZone);
    const chances = chancesFrom(city, fleet.vehicles, serviceDate);
    const asked: Night = { night, serviceDate, chances, outlooks: knowledge.outlooks(now) };
    const budget = { seed: seed + night, iterations: night < warmUp ? Math.ceil(iterations / 4) : iterations };
    const solution = await planNight(simulated, policy, asked, serviceDate, travelTimes, budget);
    pickUps = pickUpsOf(solution, midnight, number);
    if (night >= warmUp) figures.driven(solution);
    progress(night + 1, nights);
  }
  passUntil(wholeHour(daysAfter(firstDay, nights)), true);
  return figures.taken(policy.name);
};
