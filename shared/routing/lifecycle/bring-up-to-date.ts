import { lastWords, type ReceivedReport } from '../crew/crew-report.ts';
import type { CollectionProblem, ProblemVehicle } from '../problem.ts';
import { namesOf } from './assemble.ts';
import { unknownLegs, withDrivenLegs } from './driven-legs.ts';
import { freeze } from './freeze-route.ts';
import { driveOn } from './keep-days.ts';
import { hearStoppedTrucks } from './late-words.ts';
import { type Decisions, decidedProblem, type WorkingBasis } from './plan-basis.ts';
import type { NoteWords } from './plan-life.ts';
import { type Stopping, thawSpokenOf } from './thaw-route.ts';
import { idleVehicle, type TruckProgress, truckProgress, type Word, wordsByTruck } from './truck-progress.ts';

export type Present = {
  /** City-local day, `YYYY-MM-DD`. */
  readonly serviceDate: string;
  /** The service day's midnight, UTC epoch milliseconds. */
  readonly midnight: number;
  /** UTC epoch milliseconds. */
  readonly now: number;
  readonly reports: readonly ReceivedReport[];
  /** Vehicle id → seconds that it is late, beyond what its reports say. */
  readonly delays?: ReadonlyMap<string, number>;
  /** Vehicle id → when it stopped for good (UTC epoch milliseconds), and why. */
  readonly stopped?: ReadonlyMap<string, Stopping>;
};

export type UpToDate = { readonly basis: WorkingBasis; readonly notes: readonly NoteWords[] };

const outcomeWords = {
  blocked: { reason: 'the crew could not get at it', reasonVi: 'tổ thu gom không tiếp cận được' },
  'not-found': { reason: 'the crew did not find it', reasonVi: 'tổ thu gom không tìm thấy' },
} as const;

/** Bins that a crew stood before in vain are taken out in the crew's name; those it served come back in. */
const heard = (basis: WorkingBasis, { reports }: Present, words: ReadonlyMap<string, readonly Word[]>): Decisions => {
  const { decisions } = basis;
  const names = namesOf(basis);
  const known = new Set(decisions.excluded.map(({ binId }) => binId));
  const there = new Set(basis.problem.stops.map(({ id }) => id));
  const inVain = [...words].flatMap(([vehicleId, list]) =>
    list.flatMap(({ binId, outcome }) => {
      if (outcome === 'collected' || outcome === 'partly' || known.has(binId) || !there.has(binId)) return [];
      const at = reports.findLast((report) => report.binId === binId)?.at ?? 0;
      return [{ binId, ...outcomeWords[outcome], by: names.vehicle(vehicleId), at }];
    }),
  );
  const served = new Set(
    [...words.values()].flat().flatMap(({ binId, outcome }) => (outcome === 'collected' ? binId : [])),
  );
  return {
    ...decisions,
    excluded: [...decisions.excluded.filter(({ binId }) => !served.has(binId)), ...inVain],
  };
};

/** What was left in a container is not on board: of what was expected in it, so that a word which is heard again takes nothing more. */
const partlyLoaded = (
  { problem, picked, city }: WorkingBasis,
  reports: readonly ReceivedReport[],
): CollectionProblem['stops'] => {
  // Of what was taken back, too, the whole load is there again.
  const left = new Map(reports.map(({ binId }) => [binId, 0]));
  for (const { binId, outcome, fractionLeft = 0 } of lastWords(reports).values())
    if (outcome === 'partly') left.set(binId, fractionLeft);
  if (left.size === 0) return problem.stops;
  const expected = new Map(picked.map((entry) => [entry.bin.id, entry]));
  return problem.stops.map((stop) => {
    const [fractionLeft, known] = [left.get(stop.id), expected.get(stop.id)];
    if (fractionLeft === undefined || known === undefined) return stop;
    const litres = known.expectedFraction * known.bin.container.capacityLitres * (1 - fractionLeft);
    return { ...stop, load: { ...stop.load, litres, kg: litres * city.densityKgPerLitre[known.bin.stream] } };
  });
};

/** A vehicle of the problem as it is now. */
const vehicleNow = (vehicle: ProblemVehicle, progress: TruckProgress, now: number): ProblemVehicle => {
  const { done: _done, committed: _next, ...rest } = vehicle;
  const to = vehicle.shift[1];
  if (!progress.hasLeft) {
    const earliest = progress.delay > 0 ? progress.leftAt : vehicle.shift[0];
    return { ...rest, shift: [Math.min(to, Math.max(vehicle.shift[0], earliest, now)), to] };
  }
  // It has left and did nothing: all that it went out for was blocked, or somebody else had been there.
  const isIdle = progress.done.length === 0 && progress.next === undefined;
  return {
    ...rest,
    shift: [isIdle ? Math.min(to, Math.max(progress.leftAt, now)) : progress.leftAt, to],
    ...(progress.done.length > 0 && { done: [...progress.done] }),
    ...(progress.next !== undefined && { committed: [progress.next] }),
  };
};

const NO_ROUTE = { vehicleIndex: 0, visits: [], endsAt: 0, distanceMetres: 0, drivingSeconds: 0, waitingSeconds: 0 };

/** Each truck's progress, by vehicle id; one without a route and without reports stands in the depot. */
const progressOf = (
  basis: WorkingBasis,
  problem: CollectionProblem,
  present: Present,
  words: ReadonlyMap<string, readonly Word[]>,
): ReadonlyMap<string, TruckProgress> => {
  const seconds = (at: number): number => (at - present.midnight) / 1_000;
  const spoken = new Set([...words.values()].flat().map(({ binId }) => binId));
  const services = new Map(problem.stops.map(({ id, serviceSeconds }) => [id, serviceSeconds]));
  return new Map(
    problem.vehicles.flatMap(({ id, shift }): [string, TruckProgress][] => {
      const own = (words.get(id) ?? []).filter(({ binId }) => services.has(binId));
      const known = basis.solution.routes.find(({ vehicleId }) => vehicleId === id);
      const route = known ?? (own.length > 0 ? { ...NO_ROUTE, vehicleId: id, startsAt: shift[0] } : undefined);
      if (route === undefined) return [];
      const stop = present.stopped?.get(id);
      const progress = truckProgress({
        route,
        words: own,
        spoken,
        now: Math.min(seconds(present.now), stop === undefined ? Number.POSITIVE_INFINITY : seconds(stop.at)),
        extraDelay: present.delays?.get(id) ?? 0,
        serviceSeconds: (binId) => services.get(binId) ?? 0,
      });
      return [[id, progress]];
    }),
  );
};

const assumedNote = (count: number): NoteWords => ({
  en: `${count} bins are taken as done because the plan had them done by now: nobody has reported them yet`,
  vi: `${count} thùng được coi là đã thu gom theo kế hoạch: chưa có báo cáo`,
});

/**
 * The basis as the day has gone so far: what crews reported is done, what the plan had done since is taken as done, the bin each truck
 * drives to stays its next, and the rest keeps its truck and order as far as time allows. Trucks that stopped for good leave the
 * problem with what they have collected.
 */
export const bringUpToDate = (asItStood: WorkingBasis, asked: Present): UpToDate => {
  const words = wordsByTruck(asked.reports, asked.midnight);
  const thawed = thawSpokenOf(asItStood, words);
  const { basis } = thawed;
  const present: Present = { ...asked, stopped: new Map([...(asked.stopped ?? []), ...thawed.stopped]) };
  const heardBasis = hearStoppedTrucks(
    {
      ...basis,
      decisions: heard(basis, present, words),
      problem: { ...basis.problem, stops: partlyLoaded(basis, present.reports) },
    },
    words,
    present.midnight,
  );
  const nowSeconds = (present.now - present.midnight) / 1_000;
  const progress = progressOf(heardBasis, decidedProblem(heardBasis), present, words);
  const vehicles = heardBasis.problem.vehicles.map((vehicle) => {
    const own = progress.get(vehicle.id);
    return own === undefined ? idleVehicle(vehicle, nowSeconds) : vehicleNow(vehicle, own, nowSeconds);
  });
  const assumedDone = [...progress.values()].flatMap(({ assumed }) => assumed);
  const problem = { ...heardBasis.problem, vehicles };
  const unknown = unknownLegs(problem, heardBasis.city);
  let now: WorkingBasis = {
    ...heardBasis,
    assumedDone,
    problem: withDrivenLegs(problem, unknown),
    ...(unknown.length > 0 && { drivenLegs: [...(heardBasis.drivenLegs ?? []), ...unknown] }),
  };
  const notes: NoteWords[] = [];
  for (const [vehicleId, stop] of present.stopped ?? []) now = freeze(now, vehicleId, present, stop);
  if (assumedDone.length > 0) notes.push(assumedNote(assumedDone.length));
  const ahead = new Map([...progress].map(([id, own]) => [id, own.ahead]));
  const driven = driveOn(now, ahead, present);
  return { basis: driven.basis, notes: [...driven.notes, ...notes] };
};
