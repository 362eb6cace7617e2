import type { Bin, City, Depot, Vehicle } from '../../city/entities.ts';
import { withBasis } from '../../waste/outlook/basis.ts';
import type { Decision } from '../../waste/policy/decide.ts';
import { serviceRuleOf } from '../../waste/policy/service-rule.ts';
import { turnWords } from '../../waste/policy/words.ts';
import type { BinDemand } from '../pick-bins.ts';
import { windowInstants } from '../service-date.ts';
import { metresApart, type Point, planeOf } from './plane.ts';
import { type Saving, savings } from './saved-metres.ts';
import { type Driving, truckDaysOf } from './truck-days.ts';
import { turnsOf, type Waiting } from './turns.ts';

/** Who serves the bins: where trucks start, and how long they are out. */
export type TurnFleet = { readonly vehicles: readonly Vehicle[]; readonly depots: readonly Depot[] };

type Foreseen = {
  readonly index: number;
  readonly bin: Bin;
  readonly point: Point;
  readonly demand: Exclude<Decision, { status: 'no-data' }>;
  readonly basis: BinDemand['basis'];
};

const longestShiftSeconds = ({ vehicles }: TurnFleet, { timeZone }: City, date: string): number =>
  vehicles
    .filter(({ status }) => status === 'available')
    .map(({ shift }) => windowInstants(date, shift, timeZone))
    .reduce((longest, [from, to]) => Math.max(longest, (to - from) / 1_000), 0);

/** Below this nobody would understand why a truck stopped there: a bin hardly begun is not emptied for the sake of its turn. */
const LEAST_FILL = 0.1;

/** What the turn makes of a decision: one that does not last until the next is offered, one whose early visit saves nothing is not. */
const decided = ({ demand, basis }: Foreseen, saving: Saving): Decision => {
  if (demand.status === 'due') return demand;
  const { expectedFraction, overflowRisk, wait } = demand;
  const { isTurn, nightsToTurn, metres, urgency } = saving;
  const known = { expectedFraction, overflowRisk, wait };
  if (metres <= 0) return { status: 'not-due', ...known };
  if (!isTurn || wait.left >= nightsToTurn || expectedFraction < LEAST_FILL) return demand;
  const words = withBasis(turnWords(expectedFraction, wait.left, nightsToTurn), basis);
  return { status: 'optional', urgency, ...known, ...words };
};

/** How much of the risk that its rule allows a bin runs by waiting. */
const riskShare = (bin: Bin, { overflowRisk }: Foreseen['demand']): number =>
  Math.min(1, (overflowRisk ?? 0) / serviceRuleOf(bin).overflowProbability);

/**
 * What a bin at the limit of its risk is worth beside the way it saves: so much of the mean way from the depot. With less too many wait until it is
 * too late, with more too many are emptied half full (docs/dispatch.md: measured).
 */
const AT_THE_LIMIT = 0.5;

/** Bins that the same trucks serve, in one rhythm. */
const judgeTogether = (
  group: readonly Foreseen[],
  depot: Point,
  driving: Driving,
  detourFactor: number,
): Pick<BinDemand, 'demand' | 'savedMetres'>[] => {
  const points = group.map(({ point }) => point);
  const work = truckDaysOf(
    depot,
    points,
    group.map(({ bin }) => bin.serviceSeconds),
    driving,
  );
  const bins = group.map(
    ({ point, demand: { wait } }, index): Waiting => ({
      point,
      nightsLeft: wait.left,
      nightsWhole: wait.whole,
      usualNights: wait.usual,
      truckDays: work[index] as number,
    }),
  );
  const saved = savings(turnsOf(bins, depot), bins, depot);
  const tripMetres = AT_THE_LIMIT * (points.reduce((sum, point) => sum + metresApart(point, depot), 0) / points.length);
  return group.map((each, index) => {
    const { bin, demand } = each;
    const saving = saved[index] as Saving;
    const savedMetres = (saving.metres + tripMetres * riskShare(bin, demand)) * detourFactor;
    return { demand: decided(each, saving), savedMetres };
  });
};

/**
 * Judged bins with what serving each tonight saves, in metres by road, the turns of their parts of the city taken into account:
 * stream by stream and depot by depot, as trucks are. In the order given.
 */
export const withTurns = (
  judged: readonly BinDemand[],
  city: City,
  fleet: TurnFleet,
  serviceDate: string,
): readonly BinDemand[] => {
  const { detourFactor, speedKmh } = city.travel;
  const depots = fleet.depots.length === 0 ? [city.centre] : fleet.depots.map(({ position }) => position);
  const plane = planeOf([...depots, ...judged.map(({ bin }) => bin.position)]);
  const driving: Driving = {
    shiftSeconds: longestShiftSeconds(fleet, city, serviceDate),
    secondsPerMetre: detourFactor / (speedKmh / 3.6),
  };
  const nearestDepot = ({ point }: Foreseen): Point =>
    plane.slice(0, depots.length).reduce((a, b) => (metresApart(b, point) < metresApart(a, point) ? b : a));
  const foreseen = judged.flatMap(({ bin, demand, basis }, index): Foreseen[] =>
    demand.status === 'no-data' ? [] : [{ index, bin, demand, basis, point: plane[depots.length + index] as Point }],
  );
  const result = [...judged];
  for (const ofStream of Map.groupBy(foreseen, ({ bin }) => bin.stream).values()) {
    for (const [depot, group] of Map.groupBy(ofStream, nearestDepot)) {
      const together = judgeTogether(group, depot, driving, detourFactor);
      for (const [at, { index }] of group.entries())
        result[index] = { ...(judged[index] as BinDemand), ...together[at] };
    }
  }
  return result;
};
