import { arrivalOf } from '../../../../shared/routing/checker/travel-profile.ts';
import type { CollectionProblem, ProblemStop, ProblemVehicle } from '../../../../shared/routing/problem.ts';
import type { FeatureName } from '../problem-features.ts';

/**
 * The best solution of a tiny problem by trying everything: every vehicle in turn drives to any stop that is left, to any
 * disposal site, or home, always at once. So it knows all but what makes leaving later worth while (`notSearched`; beside travel
 * profiles also the time at the wheel), and days that have begun.
 */
export type Optimum = {
  /** The stops that must be served and are not, each as often as its priority says. */
  readonly unservedMandatory: number;
  readonly cost: number;
};

export const notSearched: readonly FeatureName[] = ['breaks', 'releases', 'maxDuty', 'timeCost', 'balance', 'done'];

type Position = {
  readonly time: number;
  readonly location: number;
  readonly litres: number;
  readonly kg: number;
  readonly units: number;
  readonly streams: readonly string[];
  readonly served: number;
  readonly stopsToday: number;
  readonly litresToday: number;
  readonly driving: number;
  readonly cost: number;
};

type Windows = readonly (readonly [number, number])[] | undefined;

const ROUNDING = 1e-6;

const isInside = (time: number, windows: Windows): boolean =>
  windows === undefined ||
  windows.length === 0 ||
  windows.some(([from, to]) => time >= from - ROUNDING && time <= to + ROUNDING);

/** The first moment from `time` that lies in a window of each list. */
const start = (time: number, ...lists: readonly Windows[]): number => {
  const openings = lists.flatMap((windows) => (windows ?? []).map(([from]) => Math.max(time, from)));
  return Math.min(
    ...[time, ...openings].filter((moment) => lists.every((windows) => isInside(moment, windows))),
    Number.POSITIVE_INFINITY,
  );
};

const isBetter = (a: Optimum, b: Optimum): boolean =>
  a.unservedMandatory < b.unservedMandatory || (a.unservedMandatory === b.unservedMandatory && a.cost < b.cost);

const mayServe = (vehicle: ProblemVehicle, stop: ProblemStop): boolean =>
  vehicle.streams?.includes(stop.stream) !== false &&
  (stop.lift === undefined || vehicle.lifts?.includes(stop.lift) === true) &&
  (stop.skills ?? []).every((skill) => vehicle.skills?.includes(skill) === true) &&
  (stop.zone === undefined || vehicle.zones?.includes(stop.zone) !== false) &&
  (stop.vehicleId === undefined || stop.vehicleId === vehicle.id);

const holds = ({ capacity, compactionRatio = 1 }: ProblemVehicle, { litres, kg, units }: Position): boolean =>
  litres <= capacity.litres * compactionRatio + ROUNDING &&
  kg <= capacity.kg + ROUNDING &&
  units <= (capacity.units ?? Number.POSITIVE_INFINITY) + ROUNDING;

export const exhaustiveSearch = (problem: CollectionProblem): Optimum => {
  const fleet = problem.vehicles.flatMap((vehicle) =>
    Array.from({ length: vehicle.count }, (_, index) => ({ vehicle, index })),
  );
  let best: Optimum = { unservedMandatory: Number.POSITIVE_INFINITY, cost: Number.POSITIVE_INFINITY };

  const mix = (a: string, b: string): boolean =>
    a === b || problem.mixableStreams?.some((pair) => pair.includes(a) && pair.includes(b)) === true;

  const movedCost = (stop: ProblemStop, { vehicle, index }: (typeof fleet)[number]): number => {
    const published = problem.published?.routes.find(({ stopIds }) => stopIds.includes(stop.id));
    const isMoved = published !== undefined && (published.vehicleId !== vehicle.id || published.vehicleIndex !== index);
    return isMoved ? (problem.published?.costPerMovedStop ?? 0) : 0;
  };

  const judge = (served: number, cost: number): void => {
    const left = problem.stops.filter((_, index) => (served & (1 << index)) === 0);
    const forgone = left.reduce((sum, { prize }) => sum + (prize ?? 0), 0);
    const candidate = {
      unservedMandatory: left.reduce(
        (sum, { prize, priority }) => sum + (prize === undefined ? (priority ?? 1) : 0),
        0,
      ),
      cost: cost + forgone,
    };
    if (isBetter(candidate, best)) best = candidate;
  };

  const dispatch = (turn: number, served: number, cost: number): void => {
    const vehicle = fleet[turn]?.vehicle;
    if (vehicle === undefined) {
      judge(served, cost);
      return;
    }
    if ((vehicle.committed?.length ?? 0) === 0) dispatch(turn + 1, served, cost);
    const empty = { litres: 0, kg: 0, units: 0, streams: [], stopsToday: 0, litresToday: 0, driving: 0 };
    const at = { time: vehicle.shift[0], location: vehicle.startLocation };
    drive(turn, vehicle, { ...empty, ...at, served, cost: cost + vehicle.fixedCost });
  };

  const arrive = (vehicle: ProblemVehicle, from: Position, location: number | null) => {
    if (location === null) return from;
    const metres = problem.distanceMetres[from.location]?.[location] ?? Number.POSITIVE_INFINITY;
    const seconds = problem.durationSeconds[from.location]?.[location] ?? Number.POSITIVE_INFINITY;
    const slots = problem.travelProfiles?.find(({ id }) => id === vehicle.travelProfile)?.slots ?? [];
    const time =
      seconds === Number.POSITIVE_INFINITY
        ? seconds
        : arrivalOf(slots, from.time, seconds / (vehicle.speedFactor ?? 1));
    const driving = from.driving + time - from.time;
    const mayDrive = driving <= (vehicle.maxDrivingSeconds ?? Number.POSITIVE_INFINITY) + ROUNDING;
    return {
      time: mayDrive ? time : Number.POSITIVE_INFINITY,
      driving,
      // A way that does not exist must not cost 0 × infinity.
      cost: metres === Number.POSITIVE_INFINITY ? metres : from.cost + vehicle.costPerMetre * metres,
    };
  };

  const isInTime = (vehicle: ProblemVehicle, { time, cost }: { time: number; cost: number }): boolean =>
    time <= vehicle.shift[1] + ROUNDING && cost < Number.POSITIVE_INFINITY;

  const serve = (turn: number, vehicle: ProblemVehicle, from: Position, stop: ProblemStop, bit: number): void => {
    if (!mayServe(vehicle, stop) || !from.streams.every((stream) => mix(stream, stop.stream))) return;
    const there = arrive(vehicle, from, stop.location);
    const zone = problem.zones?.find(({ id }) => id === stop.zone);
    const entry = fleet[turn];
    const to: Position = {
      time: start(there.time, stop.windows, zone?.windows) + stop.serviceSeconds,
      location: stop.location,
      litres: from.litres + stop.load.litres,
      kg: from.kg + stop.load.kg,
      units: from.units + (stop.load.units ?? 0),
      streams: from.streams.includes(stop.stream) ? from.streams : [...from.streams, stop.stream],
      served: from.served | (1 << bit),
      stopsToday: from.stopsToday + 1,
      litresToday: from.litresToday + stop.load.litres,
      driving: there.driving,
      cost: there.cost + (entry === undefined ? 0 : movedCost(stop, entry)),
    };
    if (!isInTime(vehicle, to) || !holds(vehicle, to)) return;
    if (to.stopsToday > (vehicle.maxStops ?? 99) || to.litresToday > (vehicle.maxLitresPerShift ?? 1e9)) return;
    drive(turn, vehicle, to);
  };

  const isCommittedElsewhere = (stop: ProblemStop, vehicle: ProblemVehicle): boolean =>
    problem.vehicles.some((other) => other !== vehicle && other.committed?.includes(stop.id) === true);

  const drive = (turn: number, vehicle: ProblemVehicle, from: Position): void => {
    const next = vehicle.committed?.[from.stopsToday];
    problem.stops.forEach((stop, bit) => {
      if ((from.served & (1 << bit)) !== 0 || (next ?? stop.id) !== stop.id) return;
      if (!isCommittedElsewhere(stop, vehicle)) serve(turn, vehicle, from, stop, bit);
    });
    for (const site of problem.disposalSites) {
      const takesAll = from.streams.every((stream) => site.streams?.includes(stream) !== false);
      if (from.streams.length === 0 || !takesAll) continue;
      const there = arrive(vehicle, from, site.location);
      const time = start(there.time, site.windows) + site.unloadSeconds;
      if (!isInTime(vehicle, { time, cost: there.cost })) continue;
      const cost = there.cost + site.costPerVisit + (site.costPerKg ?? 0) * from.kg;
      const emptied = { litres: 0, kg: 0, units: 0, streams: [], location: site.location };
      drive(turn, vehicle, { ...from, ...emptied, time, driving: there.driving, cost });
    }
    if (next !== undefined || from.stopsToday === 0) return;
    if (problem.disposalSites.length > 0 && from.streams.length > 0) return;
    const back = arrive(vehicle, from, vehicle.endLocation);
    if (isInTime(vehicle, back)) dispatch(turn + 1, from.served, back.cost);
  };

  dispatch(0, 0, 0);
  return best;
};
