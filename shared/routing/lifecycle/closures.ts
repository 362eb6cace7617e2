import type { Position } from '../../city/entities.ts';
import type { CollectionProblem, ProblemVehicle } from '../problem.ts';
import type { Unserved } from '../solution.ts';
import { type ClosedArea, type ClosedWays, liesIn } from '../travel/closed-area.ts';

/** An area that was closed on a plan's day. Closures stay with all later versions of the plan. */
export type Closure = {
  readonly area: ClosedArea;
  /** UTC epoch milliseconds; all day when absent. */
  readonly until?: number;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  /** It was opened earlier than said: `until` is when. */
  readonly openedBy?: string;
};

/** What a closure is called in its plan: its place among all of the day's, which only ever grow. */
export const closureIdOf = (index: number): string => `closure-${index + 1}`;

export const nothingClosed: ClosedWays = { areas: [], open: [] };

/** Those that still hold at an instant (UTC epoch milliseconds). */
export const closuresInForce = (closures: readonly Closure[] | undefined, now: number): readonly Closure[] =>
  (closures ?? []).filter(({ until }) => until === undefined || until > now);

export const isSameArea = (a: ClosedArea, b: ClosedArea): boolean => JSON.stringify(a) === JSON.stringify(b);

/** When the last truck is home: what opens later does not open for this plan. Seconds. */
export const lastShiftEnd = ({ vehicles }: CollectionProblem): number =>
  Math.max(...vehicles.map(({ shift }) => shift[1]));

export const positionAt = ({ locations }: CollectionProblem, location: number): Position => ({
  latitude: locations[location]?.latitude ?? 0,
  longitude: locations[location]?.longitude ?? 0,
});

/** Places where trucks end their day. */
const homesOf = (problem: CollectionProblem): readonly number[] => [
  ...new Set(problem.vehicles.flatMap(({ endLocation }) => endLocation ?? [])),
];

/** Trucks' homes that lie in closed areas, or for which closed roads were opened: their trucks are let in. */
export const closedHomes = (
  problem: CollectionProblem,
  { areas }: ClosedWays,
  openedFor: readonly number[] = [],
): readonly string[] =>
  homesOf(problem)
    .filter((home) => openedFor.includes(home) || areas.some((area) => liesIn(area, positionAt(problem, home))))
    .flatMap((home) => problem.locations[home]?.id ?? []);

/**
 * The ways that closures close for the rest of a day. Open all the same are trucks' homes, and stops and disposal sites in areas that open
 * again before the last truck is home: their windows hold trucks back until then.
 */
export const closedWaysOf = (
  problem: CollectionProblem,
  closures: readonly Closure[],
  midnight: number,
): ClosedWays => {
  if (closures.length === 0) return nothingClosed;
  const end = midnight + lastShiftEnd(problem) * 1_000;
  const openAgain = (place: Position): boolean =>
    closures.every(({ area, until }) => !liesIn(area, place) || (until !== undefined && until < end));
  const homes = homesOf(problem).map((home) => positionAt(problem, home));
  const stops = [...problem.stops, ...problem.disposalSites]
    .map(({ location }) => positionAt(problem, location))
    .filter(openAgain);
  const isInside = (place: Position): boolean => closures.some(({ area }) => liesIn(area, place));
  return { areas: closures.map(({ area }) => area), open: stops.filter(isInside), homes };
};

/** Where a vehicle stands, by what it has done last: an index into the locations. */
export const standsAt = (problem: CollectionProblem, { startLocation, done = [] }: ProblemVehicle): number => {
  const last = done.findLast(({ kind }) => kind !== 'break');
  if (last === undefined) return startLocation;
  if (last.kind === 'stand') return last.location ?? startLocation;
  const places = last.kind === 'stop' ? problem.stops : problem.disposalSites;
  return places.find(({ id }) => id === last.id)?.location ?? startLocation;
};

/** Stops that no truck gets to, or from which none gets on to a disposal site or home. */
export const cutOffStops = (problem: CollectionProblem): ReadonlySet<string> => {
  const { durationSeconds, stops, vehicles, disposalSites } = problem;
  const isWay = (from: number, to: number): boolean => (durationSeconds[from]?.[to] ?? null) !== null;
  const from = [...new Set(vehicles.map((vehicle) => standsAt(problem, vehicle)))];
  const onwards = new Set([...homesOf(problem), ...disposalSites.map(({ location }) => location)]);
  const done = new Set(vehicles.flatMap(({ done: visits = [] }) => visits.flatMap(({ id }) => id ?? [])));
  return new Set(
    stops.flatMap(({ id, location }) => {
      if (done.has(id)) return [];
      const isReached = from.some((place) => place === location || isWay(place, location));
      const leadsOn = onwards.size === 0 || [...onwards].some((place) => isWay(location, place));
      return isReached && leadsOn ? [] : id;
    }),
  );
};

/** Whether no truck gets to any disposal site. */
export const lacksSites = (problem: CollectionProblem): boolean => {
  const { durationSeconds, disposalSites, vehicles } = problem;
  const end = lastShiftEnd(problem);
  const from = [...new Set(vehicles.map((vehicle) => standsAt(problem, vehicle)))];
  const isOpen = disposalSites.filter(({ windows }) => windows?.every(([opens]) => opens > end) !== true);
  const isReached = isOpen.some(({ location }) =>
    from.some((place) => place === location || (durationSeconds[place]?.[location] ?? null) !== null),
  );
  return disposalSites.length > 0 && !isReached;
};

/** Why bins stay behind, where closed roads are the reason. */
export const withClosureWords = (
  problem: CollectionProblem,
  closures: readonly Closure[],
  unserved: readonly Unserved[],
): readonly Unserved[] => {
  if (closures.length === 0 || unserved.length === 0) return unserved;
  const cutOff = cutOffStops(problem);
  const why = [...new Set(closures.map(({ reason }) => reason))].join('; ');
  return unserved.map((entry) =>
    cutOff.has(entry.stopId)
      ? {
          ...entry,
          reason: `no open road leads there and back while roads are closed: ${why}`,
          reasonVi: `không còn đường vào ra khi khu vực bị chặn: ${why}`,
        }
      : entry,
  );
};
