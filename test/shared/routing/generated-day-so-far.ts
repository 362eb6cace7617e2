import { arrivalOf } from '../../../shared/routing/checker/travel-profile.ts';
import type {
  CollectionProblem,
  DoneVisit,
  ProblemDisposal,
  ProblemStop,
  ProblemVehicle,
} from '../../../shared/routing/problem.ts';
import { placeBreaks } from './generated-breaks.ts';
import type { FeatureName } from './problem-features.ts';

/**
 * Gives vehicles of a generated problem a morning that has happened and stops that they are committed to. While it invents
 * them it drives one way to finish the day, and where the problem forbids that way, the problem gives in: a window more, a later
 * end of the shift, a road. So a vehicle that is under way can always finish.
 */
type Witness = {
  readonly problem: CollectionProblem;
  readonly vehicle: ProblemVehicle;
  readonly roll: (sides: number) => number;
  readonly stands: boolean;
  time: number;
  location: number;
  driving: number;
  readonly aboard: { litres: number; kg: number; units: number; streams: Set<string> };
  /** When this trip left its start or last disposal. */
  leftAt: number | undefined;
  stops: number;
  litres: number;
};

const hour = 3_600;

const slotsOf = ({ problem, vehicle }: Witness) =>
  problem.travelProfiles?.find(({ id }) => id === vehicle.travelProfile)?.slots ?? [];

/** Seconds of the way to a location, which exists from now on. */
const wayTo = ({ problem, location, vehicle, roll }: Witness, to: number): number => {
  for (const matrix of [problem.distanceMetres, problem.durationSeconds]) {
    const row = matrix[location];
    if (row !== undefined) row[to] ??= 1 + roll(997);
  }
  return (problem.durationSeconds[location]?.[to] ?? 0) / (vehicle.speedFactor ?? 1);
};

const load = (witness: Witness, stop: ProblemStop): void => {
  const { aboard } = witness;
  aboard.litres += stop.load.litres;
  aboard.kg += stop.load.kg;
  aboard.units += stop.load.units ?? 0;
  aboard.streams.add(stop.stream);
  witness.stops += 1;
  witness.litres += stop.load.litres;
};

const unload = (witness: Witness): void => {
  Object.assign(witness.aboard, { litres: 0, kg: 0, units: 0 });
  witness.aboard.streams.clear();
  witness.leftAt = undefined;
};

/** Some visit that has happened: late, slow, and by no rule. */
const doVisit = (
  witness: Witness,
  place: { id: string; location: number },
  seconds: number,
  kind: 'stop' | 'disposal',
): DoneVisit => {
  const { roll } = witness;
  const base = wayTo(witness, place.location);
  witness.leftAt ??= witness.time;
  const arrivesAt = Math.ceil(witness.time + base) + roll(600);
  const serviceStartsAt = arrivesAt + roll(300);
  const departsAt = serviceStartsAt + Math.ceil(seconds / (1 + roll(2))) + roll(120);
  witness.driving += base;
  witness.time = departsAt;
  witness.location = place.location;
  return { kind, id: place.id, arrivesAt, serviceStartsAt, departsAt };
};

/** It stood somewhere for a while, broken down, and may have been emptied there. */
const stand = (witness: Witness): DoneVisit => {
  const { roll, problem, aboard } = witness;
  const location = roll(problem.locations.length);
  const base = wayTo(witness, location);
  witness.leftAt ??= witness.time;
  const arrivesAt = Math.ceil(witness.time + base) + roll(600);
  const departsAt = arrivesAt + roll(7_000);
  witness.driving += base;
  witness.time = departsAt;
  witness.location = location;
  const isEmptied = roll(3) === 0;
  if (isEmptied) unload(witness);
  if (aboard.streams.size === 0) witness.leftAt = undefined;
  const times = { arrivesAt, serviceStartsAt: arrivesAt, departsAt };
  return { kind: 'stand', location, ...(isEmptied && { emptied: true }), ...times };
};

const drive = (witness: Witness, to: number): void => {
  const arrives = arrivalOf(slotsOf(witness), witness.time, wayTo(witness, to));
  witness.leftAt ??= witness.time;
  witness.driving += arrives - witness.time;
  witness.time = arrives;
  witness.location = to;
};

type Windowed = { windows?: [number, number][] | undefined };

/** Opens a window about now, where there are windows. */
const openNow = ({ time, roll }: Witness, place: Windowed | undefined): void => {
  if (place?.windows === undefined || place.windows.length === 0) return;
  if (place.windows.some(([from, to]) => from <= time && time <= to)) return;
  place.windows = [...place.windows, [Math.floor(time) - roll(997), Math.ceil(time) + roll(997)]];
};

const visitSite = (witness: Witness, site: ProblemDisposal): void => {
  drive(witness, site.location);
  openNow(witness, site);
  if (site.streams !== undefined) site.streams = [...new Set([...site.streams, ...witness.aboard.streams])];
  witness.time += site.unloadSeconds;
  unload(witness);
};

const mayServe = ({ vehicle }: Witness, stop: ProblemStop): boolean =>
  (vehicle.streams?.includes(stop.stream) ?? true) &&
  (stop.lift === undefined || vehicle.lifts?.includes(stop.lift) === true) &&
  (stop.skills ?? []).every((skill) => vehicle.skills?.includes(skill) === true) &&
  (stop.zone === undefined || (vehicle.zones?.includes(stop.zone) ?? true));

const fits = ({ vehicle, aboard, problem }: Witness, stop: ProblemStop): boolean => {
  const { litres, kg, units = Number.POSITIVE_INFINITY } = vehicle.capacity;
  const mixes = [...aboard.streams].every(
    (stream) =>
      stream === stop.stream ||
      problem.mixableStreams?.some((pair) => pair.includes(stream) && pair.includes(stop.stream)) === true,
  );
  return (
    mixes &&
    aboard.litres + stop.load.litres <= litres * (vehicle.compactionRatio ?? 1) &&
    aboard.kg + stop.load.kg <= kg &&
    aboard.units + (stop.load.units ?? 0) <= units
  );
};

const serve = (witness: Witness, stop: ProblemStop): void => {
  drive(witness, stop.location);
  openNow(witness, stop);
  const zone = witness.problem.zones?.find(({ id }) => id === stop.zone);
  openNow(witness, zone?.windowsFor?.find(({ vehicleIds }) => vehicleIds.includes(witness.vehicle.id)) ?? zone);
  if (stop.releaseTime !== undefined) stop.releaseTime = Math.min(stop.releaseTime, witness.leftAt ?? 0);
  witness.time += stop.serviceSeconds;
  load(witness, stop);
};

const takeStop = (free: ProblemStop[], isFit: (stop: ProblemStop) => boolean): ProblemStop | undefined => {
  const at = free.findIndex(isFit);
  return at < 0 ? undefined : free.splice(at, 1)[0];
};

const doMorning = (witness: Witness, free: ProblemStop[], site: ProblemDisposal | undefined): DoneVisit[] => {
  const { roll, vehicle } = witness;
  const done: DoneVisit[] = [];
  const visits = 1 + roll(3);
  for (let visit = 0; visit < visits; visit += 1) {
    if (witness.stands && roll(3) === 0) {
      done.push(stand(witness));
      continue;
    }
    if (site !== undefined && witness.aboard.streams.size > 0 && roll(4) === 0) {
      done.push(doVisit(witness, site, site.unloadSeconds, 'disposal'));
      unload(witness);
      continue;
    }
    const stop = takeStop(free, ({ vehicleId }) => (vehicleId ?? vehicle.id) === vehicle.id);
    if (stop === undefined) break;
    done.push(doVisit(witness, stop, stop.serviceSeconds, 'stop'));
    load(witness, stop);
  }
  return done;
};

const commit = (witness: Witness, free: ProblemStop[], site: ProblemDisposal | undefined): string[] => {
  const committed: string[] = [];
  const stops = 1 + witness.roll(2);
  while (committed.length < stops) {
    const empty: Witness = { ...witness, aboard: { litres: 0, kg: 0, units: 0, streams: new Set() } };
    const stop = takeStop(
      free,
      (each) =>
        (each.vehicleId ?? witness.vehicle.id) === witness.vehicle.id &&
        mayServe(witness, each) &&
        fits(site === undefined ? witness : empty, each),
    );
    if (stop === undefined) break;
    if (site !== undefined && !fits(witness, stop)) visitSite(witness, site);
    serve(witness, stop);
    committed.push(stop.id);
  }
  return committed;
};

/** Hours and rooms of the vehicle as its day needs them, mostly with something to spare. */
const makeTime = ({ vehicle, time, driving, stops, litres, roll }: Witness, toCome: ProblemVehicle['breaks']): void => {
  const spare = (): number => (roll(8) === 0 ? 0 : roll(7) * hour);
  const end = Math.ceil(time);
  vehicle.shift = [vehicle.shift[0], Math.max(vehicle.shift[1], end + spare())];
  const atLeast = (bound: number | undefined, needed: number): number | undefined =>
    bound === undefined ? undefined : Math.max(bound, needed);
  const bounds = {
    maxDutySeconds: atLeast(vehicle.maxDutySeconds, end - vehicle.shift[0] + 1 + spare()),
    maxDrivingSeconds: atLeast(vehicle.maxDrivingSeconds, Math.ceil(driving) + 1 + spare()),
    maxStops: atLeast(vehicle.maxStops, Math.max(1, stops)),
    maxLitresPerShift: atLeast(vehicle.maxLitresPerShift, Math.max(1, litres)),
  };
  for (const [name, bound] of Object.entries(bounds))
    if (bound !== undefined) Object.assign(vehicle, { [name]: bound });
  let from = end;
  for (const each of toCome) {
    from += roll(997);
    each.window = [from, from + roll(997)];
  }
};

const beginDay = (
  problem: CollectionProblem,
  vehicle: ProblemVehicle,
  free: ProblemStop[],
  { roll, stands }: Pick<Witness, 'roll' | 'stands'>,
  chosen: readonly FeatureName[],
) => {
  const witness: Witness = {
    problem,
    vehicle,
    roll,
    stands,
    time: vehicle.shift[0],
    location: vehicle.startLocation,
    driving: 0,
    aboard: { litres: 0, kg: 0, units: 0, streams: new Set() },
    leftAt: undefined,
    stops: 0,
    litres: 0,
  };
  const site = problem.disposalSites[roll(Math.max(1, problem.disposalSites.length))];
  const done = chosen.includes('done') && roll(3) > 0 ? doMorning(witness, free, site) : [];
  const mayCommit = chosen.includes('committed') && roll(3) > 0;
  if (done.length === 0 && !mayCommit) return;
  const toCome = placeBreaks(witness, done);
  const committed = mayCommit ? commit(witness, free, site) : [];
  if (site !== undefined && witness.aboard.streams.size > 0) visitSite(witness, site);
  if (vehicle.endLocation !== null) drive(witness, vehicle.endLocation);
  if (done.length > 0) vehicle.done = done;
  if (committed.length > 0) vehicle.committed = committed;
  makeTime(witness, toCome);
};

/** The problem with vehicles under way, as `dice` has it; the same where neither feature is chosen. */
export const beginDays = (
  problem: CollectionProblem,
  dice: readonly number[],
  chosen: readonly FeatureName[],
  stands = false,
): CollectionProblem => {
  if (!chosen.includes('done') && !chosen.includes('committed')) return problem;
  const draft = structuredClone(problem);
  let thrown = 0;
  const roll = (sides: number): number => (dice[thrown++ % dice.length] ?? 0) % sides;
  const free = [...draft.stops];
  for (const vehicle of draft.vehicles)
    if (vehicle.count === 1 && roll(4) > 0) beginDay(draft, vehicle, free, { roll, stands }, chosen);
  return draft;
};
