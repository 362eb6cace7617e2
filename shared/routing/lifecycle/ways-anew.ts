import type { CollectionProblem, ProblemVehicle } from '../problem.ts';
import type { ClosedWays } from '../travel/closed-area.ts';
import { ClosedWaysUnknownError, type TravelMatrix, type TravelTimes } from '../travel/travel-times.ts';
import { namesOf } from './assemble.ts';
import { closedHomes, closedWaysOf, closuresInForce, nothingClosed, positionAt } from './closures.ts';
import { type DrivenLeg, drivenLegs } from './driven-legs.ts';
import type { WorkingBasis } from './plan-basis.ts';
import type { NoteWords } from './plan-life.ts';
import { standNow } from './truck-progress.ts';

type Moment = { readonly midnight: number; readonly now: number; readonly travelTimes: TravelTimes };

export type WaysAnew = {
  readonly basis: WorkingBasis;
  readonly notes: readonly NoteWords[];
  /** The ways of the whole plan are others than before. */
  readonly isAnew: boolean;
};

type Way = readonly [from: number, to: number];

type Rows = CollectionProblem['distanceMetres'];

/** A matrix in which some legs stand as they stood in another. What was answered is shared with others: rows are copied. */
const withLegsOf = (rows: Rows, known: Rows, legs: readonly Pick<DrivenLeg, 'from' | 'to'>[]): Rows => {
  const own = [...rows];
  const copied = new Set<number>();
  for (const { from, to } of legs) {
    const value = known[from]?.[to];
    const row = own[from];
    if (value === undefined || row === undefined || row[to] === value) continue;
    const copy: Rows[number] = copied.has(from) ? row : Array.from(row);
    copy[to] = value as number;
    own[from] = copy;
    copied.add(from);
  }
  return own;
};

/**
 * A truck on its way to a disposal site when the ways change: it gets there later by what its way is longer; where none is left, it
 * sets out anew from where it was last.
 */
const reroute = (
  problem: CollectionProblem,
  { durationSeconds }: TravelMatrix,
  vehicle: ProblemVehicle,
  now: number,
): ProblemVehicle => {
  const { done = [] } = vehicle;
  const last = done.at(-1);
  const leg = drivenLegs(problem, vehicle).at(-1);
  if (last?.kind !== 'disposal' || leg === undefined || last.arrivesAt <= now) return vehicle;
  const seconds = durationSeconds[leg.from]?.[leg.to] ?? Number.POSITIVE_INFINITY;
  const before = problem.durationSeconds[leg.from]?.[leg.to] ?? 0;
  if (!Number.isFinite(seconds)) return standNow({ ...vehicle, done: done.slice(0, -1) }, now);
  const later = Math.max(0, seconds - before) / (vehicle.speedFactor ?? 1);
  const arrived = {
    ...last,
    arrivesAt: last.arrivesAt + later,
    serviceStartsAt: last.serviceStartsAt + later,
    departsAt: last.departsAt + later,
  };
  return { ...vehicle, done: [...done.slice(0, -1), arrived] };
};

type NewWays = { readonly problem: CollectionProblem; readonly keptLegs: readonly Way[] };

/** The problem with other ways ahead; what was driven stays as it was. */
const withWays = (problem: CollectionProblem, matrix: TravelMatrix, now: number): NewWays => {
  const vehicles = problem.vehicles.map((vehicle) => reroute(problem, matrix, vehicle, now));
  const driven = { ...problem, vehicles };
  const legs = vehicles.flatMap((vehicle) => {
    const isUnderWay = (vehicle.done?.findLast(({ kind }) => kind === 'disposal')?.arrivesAt ?? 0) > now;
    return isUnderWay ? drivenLegs(driven, vehicle).slice(0, -1) : drivenLegs(driven, vehicle);
  });
  const kept = legs.filter(({ from, to }) => isOther(problem, matrix, from, to));
  return {
    keptLegs: kept.map(({ from, to }) => [from, to]),
    problem: {
      ...driven,
      distanceMetres: withLegsOf(matrix.distanceMetres, problem.distanceMetres, kept),
      durationSeconds: withLegsOf(matrix.durationSeconds, problem.durationSeconds, kept),
      travelSource: matrix.source,
    },
  };
};

/** Whether a way was another one before; of places that came in nothing was known. */
const isOther = (before: CollectionProblem, after: TravelMatrix, from: number, to: number): boolean =>
  (['distanceMetres', 'durationSeconds'] as const).some((field) => {
    const known = before[field][from]?.[to];
    return known !== undefined && known !== after[field][from]?.[to];
  });

/** Whether a leg keeps its figure because it was taken as driven, and a crew has said otherwise since: nobody may drive it by that figure. */
const holdsStaleLegs = ({ problem, keptLegs = [] }: WorkingBasis): boolean => {
  if (keptLegs.length === 0) return false;
  const driven = new Set(
    problem.vehicles.flatMap((vehicle) => drivenLegs(problem, vehicle).map(({ from, to }) => `${from} ${to}`)),
  );
  return keptLegs.some(([from, to]) => !driven.has(`${from} ${to}`));
};

const notHeld = ({ message, messageVi }: ClosedWaysUnknownError): NoteWords => ({
  en: `Ways through the closed area are not ruled out, only its bins are held back: ${message}`,
  vi: `Chưa loại được đường đi qua khu vực bị chặn, chỉ giữ lại các thùng trong đó: ${messageVi}`,
});

const homeNote = (name: string): NoteWords => ({
  en: `Only closed roads lead to ${name}: its trucks are sent home over them`,
  vi: `Chỉ còn đường bị chặn dẫn đến ${name}: xe vẫn được đưa về theo đường đó`,
});

/**
 * Asks for the ways anew where places came in, closures began or ended, or crews have not driven what they were taken to have driven. A source that cannot leave closed areas out says why, in the
 * notes, and the ways stay as they were.
 */
export const askWaysAnew = async (basis: WorkingBasis, { midnight, now, travelTimes }: Moment): Promise<WaysAnew> => {
  const { problem, closedWays: held = nothingClosed } = basis;
  const wanted = closedWaysOf(problem, closuresInForce(basis.closures, now), midnight);
  const hasGrown = problem.locations.length > problem.distanceMetres.length;
  if (!hasGrown && !holdsStaleLegs(basis) && JSON.stringify(wanted) === JSON.stringify(held))
    return { basis, notes: [], isAnew: false };
  const places = problem.locations.map((_, location) => positionAt(problem, location));
  const withMatrix = (matrix: TravelMatrix, closedWays: ClosedWays): WorkingBasis => ({
    ...basis,
    closedWays,
    ...withWays(problem, matrix, (now - midnight) / 1_000),
  });
  try {
    const matrix = await (wanted.areas.length === 0 ? travelTimes(places) : travelTimes(places, wanted));
    const names = namesOf(basis);
    const homes = closedHomes(problem, wanted, matrix.openedFor).map((id) => homeNote(names.place(id)));
    return { basis: withMatrix(matrix, wanted), notes: homes, isAnew: true };
  } catch (error) {
    if (!(error instanceof ClosedWaysUnknownError)) throw error;
    const notes = [notHeld(error)];
    if (!hasGrown) return { basis, notes, isAnew: false };
    return { basis: withMatrix(await travelTimes(places), nothingClosed), notes, isAnew: true };
  }
};
