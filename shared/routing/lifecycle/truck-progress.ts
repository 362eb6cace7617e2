import { type CrewReport, lastWords, type ReceivedReport } from '../crew/crew-report.ts';
import type { DoneVisit, ProblemVehicle } from '../problem.ts';
import type { Route, Visit } from '../solution.ts';

/** Seconds since the service day's midnight throughout, as in the problem. */
export type TruckProgress = {
  /** Absent while it has not left. */
  readonly hasLeft: boolean;
  readonly leftAt: number;
  readonly done: readonly DoneVisit[];
  /** Bins among `done` that nobody reported: the plan said so, and nobody said otherwise. */
  readonly assumed: readonly string[];
  /** The bin it is driving to. */
  readonly next: string | undefined;
  /** Bins still ahead, in the order of the plan, `next` first. */
  readonly ahead: readonly string[];
  /** Seconds behind the plan, by its last report and by what the dispatcher knows. */
  readonly delay: number;
};

/** A crew's word on a bin, in the problem's time. */
export type Word = { readonly binId: string; readonly outcome: CrewReport['outcome']; readonly at: number };

type Work = Exclude<Visit, { readonly kind: 'start' | 'end' }>;

const isWork = (visit: Visit): visit is Work => visit.kind !== 'start' && visit.kind !== 'end';

/** The last words of each truck, the oldest first. `midnight` is the service day's, UTC epoch milliseconds. */
export const wordsByTruck = (
  reports: readonly ReceivedReport[],
  midnight: number,
): ReadonlyMap<string, readonly Word[]> => {
  const words = new Map<string, Word[]>();
  for (const { binId, vehicleId, outcome, at } of lastWords(reports).values()) {
    const known = words.get(vehicleId) ?? [];
    words.set(vehicleId, [...known, { binId, outcome, at: (at - midnight) / 1_000 }]);
  }
  for (const list of words.values()) list.sort((a, b) => a.at - b.at);
  return words;
};

const wasServed = ({ outcome }: Word): boolean => outcome === 'collected' || outcome === 'partly';

/** A done visit before its times are put in order: when it ended, and how long it took. */
type Rough = {
  readonly visit: Omit<DoneVisit, 'arrivesAt' | 'serviceStartsAt' | 'departsAt'>;
  readonly endsAt: number;
  readonly takes: number;
};

const roughOf = (visit: Work, delay: number): Rough => {
  const takes = visit.departsAt - visit.serviceStartsAt;
  const endsAt = visit.departsAt + delay;
  if (visit.kind === 'stop') return { visit: { kind: 'stop', id: visit.stopId }, endsAt, takes };
  if (visit.kind === 'disposal') return { visit: { kind: 'disposal', id: visit.disposalId }, endsAt, takes };
  if (visit.kind === 'stand') {
    const { kind, location, emptied } = visit;
    return { visit: { kind, location, ...(emptied && { emptied }) }, endsAt, takes };
  }
  return { visit: { kind: 'break' }, endsAt, takes };
};

/** Visits one after the other: none begins before the one before has ended. */
const inOrder = (rough: readonly Rough[], leftAt: number): readonly DoneVisit[] => {
  let time = leftAt;
  return rough.map(({ visit, endsAt, takes }) => {
    const departsAt = Math.max(time, endsAt);
    const serviceStartsAt = Math.max(time, departsAt - takes);
    time = departsAt;
    return { ...visit, arrivesAt: serviceStartsAt, serviceStartsAt, departsAt };
  });
};

export type Situation = {
  readonly route: Route;
  readonly words: readonly Word[];
  /** Bins about which any crew has said something. */
  readonly spoken: ReadonlySet<string>;
  readonly now: number;
  /** Seconds that the dispatcher knows it to be late, beyond what reports say. */
  readonly extraDelay: number;
  /** How long a bin takes. */
  readonly serviceSeconds: (binId: string) => number;
};

/** What the crew reported: its bins, in the order in which it served them, with the emptyings and breaks planned between them. */
const reportedPast = ({ words, serviceSeconds }: Situation, work: readonly Work[], last: number): readonly Rough[] => {
  const indexOf = (binId: string): number => work.findIndex((visit) => visit.kind === 'stop' && visit.stopId === binId);
  const served = words.filter(wasServed);
  const past: Rough[] = served.map(({ binId, at }) => ({
    visit: { kind: 'stop', id: binId },
    endsAt: at,
    takes: serviceSeconds(binId),
  }));
  work.slice(0, Math.max(0, last)).forEach((visit, index) => {
    if (visit.kind === 'stop') return;
    // Behind all that was planned before it, in front of all that was planned after.
    const before = served.filter(({ binId }) => indexOf(binId) < index && indexOf(binId) >= 0);
    const lastBefore = before.at(-1);
    const at = past.findIndex(({ visit: { id } }) => id === lastBefore?.binId) + 1;
    const previous = past[at - 1];
    const delay = previous === undefined ? 0 : previous.endsAt - (plannedEnd(work, previous) ?? previous.endsAt);
    past.splice(skipEmptyings(past, at), 0, roughOf(visit, delay));
  });
  return past;
};

const skipEmptyings = (past: readonly Rough[], from: number): number => {
  let at = from;
  while (past[at] !== undefined && past[at]?.visit.kind !== 'stop') at += 1;
  return at;
};

const plannedEnd = (work: readonly Work[], { visit }: Rough): number | undefined =>
  work.find((each) => each.kind === 'stop' && each.stopId === visit.id)?.departsAt;

/** By how much the crew's last report differs from the plan. */
const delayOf = ({ words }: Situation, work: readonly Work[]): { readonly delay: number; readonly last: number } => {
  let last = -1;
  let delay = 0;
  let latest = Number.NEGATIVE_INFINITY;
  for (const { binId, at } of words) {
    const index = work.findIndex((visit) => visit.kind === 'stop' && visit.stopId === binId);
    if (index < 0) continue;
    last = Math.max(last, index);
    if (at < latest) continue;
    latest = at;
    delay = at - (work[index]?.departsAt ?? at);
  }
  return { delay, last };
};

type Followed = {
  readonly past: readonly Rough[];
  readonly assumed: readonly string[];
  /** The first visit that is not over. */
  readonly at: number;
  readonly drivingTo: Work | undefined;
};

/** What the plan says has happened since the last report. */
const followPlan = (
  { route, spoken, now }: Situation,
  work: readonly Work[],
  from: number,
  delay: number,
): Followed => {
  const past: Rough[] = [];
  const assumed: string[] = [];
  for (let at = from; at < work.length; at += 1) {
    const visit = work[at] as Work;
    // Somebody else has been there, or this crew could not get at it.
    if (visit.kind === 'stop' && spoken.has(visit.stopId)) continue;
    if (visit.arrivesAt + delay > now) {
      const isDriving = (work[at - 1]?.departsAt ?? route.startsAt) + delay <= now;
      if (!isDriving) return { past, assumed, at, drivingTo: undefined };
      // On the way to a disposal site it goes there: nobody calls a full truck back.
      return visit.kind === 'disposal'
        ? { past: [...past, roughOf(visit, delay)], assumed, at: at + 1, drivingTo: visit }
        : { past, assumed, at, drivingTo: visit };
    }
    past.push(roughOf(visit, delay));
    if (visit.kind === 'stop') assumed.push(visit.stopId);
  }
  return { past, assumed, at: work.length, drivingTo: undefined };
};

type Behind = {
  readonly past: readonly Rough[];
  readonly assumed: readonly string[];
  readonly passed: readonly string[];
  /** The day since. */
  readonly onward: Situation;
};

const openIn = (visits: readonly Work[], { spoken }: Situation): string[] =>
  visits.flatMap((visit) => (visit.kind === 'stop' && !spoken.has(visit.stopId) ? [visit.stopId] : []));

/**
 * What lies behind the times that a truck was out of service: all that it was said to have done before is over, and when it stood
 * depends on no report. A bin that was its before counts as served before, whatever it is told late of it.
 */
const behindStands = (situation: Situation): Behind => {
  const { route, words } = situation;
  const visits = route.visits.filter(isWork);
  const at = visits.findIndex(({ kind }) => kind === 'stand');
  const stand = visits[at];
  if (stand === undefined) return { past: [], assumed: [], passed: [], onward: situation };
  const work = visits.slice(0, at);
  const planned = new Set(work.flatMap((visit) => (visit.kind === 'stop' ? visit.stopId : [])));
  const isBefore = (word: Word): boolean => word.at < (planned.has(word.binId) ? stand.departsAt : stand.arrivesAt);
  const before = { ...situation, words: words.filter(isBefore), now: Number.POSITIVE_INFINITY };
  const { delay, last } = delayOf(before, work);
  const followed = followPlan(before, work, last + 1, delay);
  const rest = behindStands({
    ...situation,
    route: { ...route, startsAt: stand.departsAt, visits: visits.slice(at + 1) },
    words: words.filter((word) => !isBefore(word)),
  });
  return {
    past: [...reportedPast(before, work, last), ...followed.past, roughOf(stand, 0), ...rest.past],
    assumed: [...followed.assumed, ...rest.assumed],
    passed: [...openIn(work.slice(0, last + 1), situation), ...rest.passed],
    onward: rest.onward,
  };
};

/**
 * How far a truck has come by `now`: what its crew reported counts; behind the last report the plan is taken to be followed, as late
 * or early as that report was. A bin that was passed over in silence is still ahead.
 */
export const truckProgress = (situation: Situation): TruckProgress => {
  const { route, now, extraDelay } = situation;
  const behind = behindStands(situation);
  const { onward } = behind;
  const work = onward.route.visits.filter(isWork);
  const { delay: reported, last } = delayOf(onward, work);
  const delay = reported + extraDelay;
  const followed = followPlan(onward, work, last + 1, delay);
  const past = [...behind.past, ...reportedPast(onward, work, last), ...followed.past];
  const passed = [...behind.passed, ...openIn(work.slice(0, last + 1), situation)];
  const later = openIn(work.slice(followed.at), situation);
  const { drivingTo } = followed;
  const next = drivingTo?.kind === 'stop' ? drivingTo.stopId : undefined;
  const first = past[0];
  const leftAt =
    first === undefined ? route.startsAt + Math.max(0, delay) : Math.min(route.startsAt, first.endsAt - first.takes);
  // Where it is late for a reason that no report shows, it has stood since its last visit.
  const isStanding = extraDelay > 0 && followed.past.length === 0;
  const stoodUntil = isStanding ? Math.min(now, (past.at(-1)?.endsAt ?? 0) + extraDelay) : undefined;
  return {
    hasLeft: past.length > 0 || route.startsAt + delay <= now,
    leftAt,
    done: notBefore(inOrder(past, leftAt), drivingTo === undefined ? now : stoodUntil),
    assumed: [...behind.assumed, ...followed.assumed],
    next,
    // What was passed over waits behind what the truck is driving to.
    ahead: next === undefined ? [...passed, ...later] : [next, ...passed, ...later.slice(1)],
    delay,
  };
};

/** A truck that drives nowhere stands where it is until now: no bin can be reached in the past. */
const notBefore = (done: readonly DoneVisit[], now: number | undefined): readonly DoneVisit[] => {
  const last = done.at(-1);
  if (now === undefined || last === undefined || last.departsAt >= now) return done;
  return [...done.slice(0, -1), { ...last, departsAt: now }];
};

/** The vehicle without the bin it was driving to: it sets out anew, now, from where it was last. */
export const standNow = (vehicle: ProblemVehicle, now: number): ProblemVehicle => {
  const { committed: _next, done = [], ...rest } = vehicle;
  const [from, to] = vehicle.shift;
  return done.length > 0
    ? { ...rest, done: [...notBefore(done, now)] }
    : { ...rest, shift: [Math.min(to, Math.max(from, now)), to] };
};

/** The vehicle as late as it takes to arrive at its next visit no earlier than now. */
export const arrivingLater = (vehicle: ProblemVehicle, seconds: number): ProblemVehicle => {
  const { done = [] } = vehicle;
  const last = done.at(-1);
  const [from, to] = vehicle.shift;
  if (last === undefined) return { ...vehicle, shift: [Math.min(to, from + seconds), to] };
  return { ...vehicle, done: [...done.slice(0, -1), { ...last, departsAt: last.departsAt + seconds }] };
};

/** What is known of a vehicle that the plan leaves at home. */
export const idleVehicle = (vehicle: ProblemVehicle, now: number): ProblemVehicle => ({
  ...vehicle,
  shift: [Math.min(Math.max(vehicle.shift[0], now), vehicle.shift[1]), vehicle.shift[1]],
});
