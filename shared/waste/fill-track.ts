import { type Heads, instantsOf, type Level, type Look, takeLooks } from './looks.ts';
import {
  type Confirmed,
  confirmed,
  goesOn,
  hoursBetween,
  levelAtFirst,
  levelAtLast,
  levelOf,
  NOISE,
  type OddLevel,
  type Point,
} from './seen-levels.ts';

/**
 * What became of a bin's level between two instants (UTC epoch milliseconds): the last look before and the first after. Levels are
 * fractions of the capacity. An emptying takes out what was in; a compaction (a crew or a passer-by presses the waste down, a
 * heap slips) takes away room and no waste.
 */
export type FillEvent = {
  readonly kind: 'emptying' | 'compaction';
  readonly after: number;
  readonly before: number;
  readonly levelBefore: number;
  readonly levelAfter: number;
};

/** A sudden rise: when the level before was last seen, since when it is up, the level before, and the one it rose to. */
export type Perch = { readonly after: number; readonly at: number; readonly from: number; readonly to: number };

/**
 * Where following a bin's level stands: plain JSON of bounded size. The same looks in the same order lead to the same track, however they
 * are cut into calls.
 */
export type FillTrack = {
  readonly heads: Heads;
  /** How far apart the heads were at the last look. */
  readonly spread: number;
  /** The last levels believed, oldest first. */
  readonly believed: readonly Point[];
  /** When a level under "as good as full" was last believed. */
  readonly clearAt: number | null;
  /** Levels that differ from those believed and wait to be confirmed. */
  readonly odd: readonly OddLevel[];
  /** Sudden rises that may be a hanging bag or condensation, oldest first. */
  readonly perches: readonly Perch[];
  /** The last fall, while it may still turn out to be an open lid, with the level and the perches before it. */
  readonly fall: (FillEvent & { readonly was: number; readonly perches: readonly Perch[] }) | null;
  /** Levels not handed on while there is a perch or a fall of which nobody knows yet. */
  readonly held: readonly Point[];
};

export const NEW_TRACK: FillTrack = {
  heads: {},
  spread: 0,
  believed: [],
  clearAt: null,
  odd: [],
  perches: [],
  fall: null,
  held: [],
};

/** A track further on: what is certain now. `levels` are for a forecast to learn from: no false echoes, no bags, no open lids. */
export type Followed = {
  readonly track: FillTrack;
  readonly events: readonly FillEvent[];
  readonly levels: readonly Point[];
};

const HOUR_MS = 3_600_000;
const BELIEVED = 3;
const MOST_ODD = 6;
/** An odd level older than this confirms nothing. */
const ODD_MS = 4 * HOUR_MS;
/** How fast a bin may have filled while nobody looked: half a capacity a day. */
const USUAL_PER_HOUR = 0.02;
/** A fall of less is waste that settles. */
const LEAST_FALL = 0.1;
/** As good as full: what a sensor says of drops on its lens. */
const FULL = 0.97;
/** Drops are dry by then. */
const DROPS_MS = 5 * HOUR_MS;
/** Pressing waste down takes away less than this share of it, emptying more (compaction by hand: 10 to 40 %). */
const EMPTIED_SHARE = 0.5;
/** A lid stands open for less; what falls and is back at its old level after longer was emptied and filled. */
const LID_MS = 1.5 * HOUR_MS;
/** A bag hangs for less, or is waste to us. */
const PERCH_MS = 36 * HOUR_MS;
const MOST_PERCHES = 4;
/** Back "where it was" may be higher by a few bags, and by what was thrown in meanwhile. */
const FEW_BAGS = 0.15;
const BUSY_PER_HOUR = 0.06;
/** A rise that goes on by so much is waste; a bag stays where it hangs. */
const RISES_ON = 0.1;

/** The level that is believed, and when it was last seen; `undefined` before there is one. */
export const believedLevel = ({ believed }: FillTrack): Point | undefined => {
  const last = believed.at(-1);
  return last && { at: last.at, level: levelOf(believed) };
};

/** A change of the track with what it makes certain; the two lists belong to one call of `follow` and grow. */
type Change = { readonly track: FillTrack; readonly events: FillEvent[]; readonly levels: Point[] };

const eventOf = ({ was: _was, perches: _perches, ...event }: NonNullable<FillTrack['fall']>): FillEvent => event;

/** Once a fall can no longer be an open lid, or a perch no longer a bag, what was held is handed on. */
const release = ({ track, events, levels }: Change, at: number): Change => {
  let { perches, fall } = track;
  if (fall !== null && at - fall.before > LID_MS) {
    events.push(eventOf(fall));
    fall = null;
  }
  const last = perches.at(-1);
  if (last !== undefined && levelOf(track.believed) >= last.to + RISES_ON) perches = [];
  perches = perches.filter((perch) => at - perch.at <= PERCH_MS);
  if (perches.length > 0 || fall !== null || track.held.length === 0) {
    return { track: { ...track, perches, fall }, events, levels };
  }
  levels.push(...track.held);
  return { track: { ...track, perches, fall, held: [] }, events, levels };
};

const isHolding = ({ perches, fall }: FillTrack): boolean => perches.length > 0 || fall !== null;

/** Levels believed from now on: handed on, or held. */
const believe = (change: Change, points: readonly Point[], fresh: boolean): Change => {
  const { track } = change;
  const believed = [...(fresh ? [] : track.believed), ...points].slice(-BELIEVED);
  const clearAt = points.findLast(({ level }) => level < FULL)?.at ?? track.clearAt;
  const next = { ...track, believed, clearAt, odd: fresh ? [] : track.odd };
  if (isHolding(track)) return { ...change, track: { ...next, held: [...track.held, ...points] } };
  change.levels.push(...points);
  return { ...change, track: next };
};

/** What was held since an instant was nothing. */
const without = (track: FillTrack, since: number): FillTrack => ({
  ...track,
  held: track.held.filter(({ at }) => at < since),
});

const isBack = (was: number, level: number, noise: number): boolean => level >= was - noise && level <= was + FEW_BAGS;

/** Back where it was: the lid stood open, and nothing fell. */
const lidShut = (track: FillTrack, { before, perches }: NonNullable<FillTrack['fall']>): FillTrack => ({
  ...without(track, before),
  fall: null,
  perches,
});

const onRise = (change: Change, { points, after }: Confirmed): Change => {
  const { track } = change;
  const { fall } = track;
  const first = points[0] as Point;
  const to = levelOf(points);
  if (fall !== null && isBack(fall.was, to, NOISE)) {
    return believe({ ...change, track: lidShut(track, fall) }, points, true);
  }
  const perch = { after, at: first.at, from: levelOf(track.believed), to };
  const perches = [...track.perches, perch].slice(-MOST_PERCHES);
  return believe({ ...change, track: { ...track, perches } }, points, true);
};

/** The rise that a level undoes: it is back where it was before it, and what was thrown in since. */
const undoneBy = (perches: readonly Perch[], { at, level }: Point): number =>
  perches.findLastIndex(
    (perch) =>
      level >= perch.from - NOISE &&
      level <= Math.min(perch.to - NOISE, perch.from + FEW_BAGS + BUSY_PER_HOUR * hoursBetween(perch.at, at)),
  );

const onFall = (change: Change, { points, ...seen }: Confirmed): Change => {
  const { track } = change;
  const first = points[0] as Point;
  const levelAfter = levelAtFirst(points);
  const undone = undoneBy(track.perches, { at: first.at, level: levelAfter });
  if (undone >= 0) {
    // A bag that fell, a lens that dried.
    const cleared = { ...without(track, (track.perches[undone] as Perch).at), perches: track.perches.slice(0, undone) };
    return believe({ ...change, track: cleared }, points, true);
  }
  // What was seen last without doubt: before the first of the rises that were no waste, for all we know.
  const [perch] = track.perches.filter(({ from }) => from - levelAfter >= LEAST_FALL);
  const dropsSince = track.clearAt !== null && first.at - track.clearAt <= DROPS_MS ? track.clearAt : seen.after;
  const after = perch?.after ?? Math.min(seen.after, dropsSince);
  const levelBefore = perch?.from ?? levelAtLast(track.believed);
  const kept = perch === undefined ? { ...track, perches: [] } : { ...without(track, perch.at), perches: [] };
  if (levelBefore - levelAfter < LEAST_FALL) return believe({ ...change, track: kept }, points, true);
  const unseen = hoursBetween(Math.max(after, (track.believed.at(-1) as Point).at), first.at);
  const sinceThen = Math.max(0, levelAfter - USUAL_PER_HOUR * Math.max(0, unseen - 1));
  const kind = sinceThen <= EMPTIED_SHARE * levelBefore ? 'emptying' : 'compaction';
  const event: FillEvent = { kind, after, before: seen.before, levelBefore, levelAfter };
  if (kind === 'compaction') {
    change.events.push(event);
    return believe({ ...change, track: kept }, points, true);
  }
  if (kept.fall !== null) change.events.push(eventOf(kept.fall));
  const fall = { ...event, was: levelOf(track.believed), perches: track.perches };
  return believe({ ...change, track: { ...kept, fall } }, points, true);
};

/** Nothing is waiting to be confirmed, or may still turn out to be something else. */
const isQuiet = ({ believed, odd, held, perches, fall }: FillTrack): boolean =>
  believed.length > 0 && odd.length === 0 && held.length === 0 && perches.length === 0 && fall === null;

/** The common case of `step`, in few steps: the next level of a bin that fills. */
const goOn = (change: Change, point: Point): Change => {
  const { track } = change;
  const believed = track.believed.length < BELIEVED ? [...track.believed, point] : [...track.believed.slice(1), point];
  change.levels.push(point);
  return { ...change, track: { ...track, believed, clearAt: point.level < FULL ? point.at : track.clearAt } };
};

/** One level on. */
const step = (change: Change, { at, level }: Level): Change => {
  const point = { at, level };
  if (isQuiet(change.track) && goesOn(change.track.believed, point)) return goOn(change, point);
  const waiting = change.track.odd.filter((each) => each.at >= at - ODD_MS);
  const { believed, perches } = change.track;
  const last = believed.at(-1);
  if (last !== undefined && goesOn(believed, point)) {
    const blind = level >= FULL || perches.length > 0;
    const odd = waiting.map((each) =>
      blind ? { ...each, blind: each.blind + 1 } : { ...each, denied: each.denied + 1 },
    );
    const further = believe({ ...change, track: { ...change.track, odd } }, [point], false);
    const { fall } = further.track;
    // A low level comes back without a jump.
    const shut = fall !== null && isBack(fall.was, levelOf(further.track.believed), NOISE / 2);
    return release(shut ? { ...further, track: lidShut(further.track, fall) } : further, at);
  }
  const odd = [...waiting, { ...point, after: last?.at ?? at, denied: 0, blind: 0 }].slice(-MOST_ODD);
  const track = { ...change.track, odd };
  const sure = confirmed(odd);
  if (sure === undefined) return { ...change, track };
  const next = { ...change, track };
  if (last === undefined) return believe(next, sure.points, true);
  return release(levelOf(sure.points) < levelOf(believed) ? onFall(next, sure) : onRise(next, sure), at);
};

/**
 * Follows a bin's level through looks in the order of time. A single odd look changes nothing; two that confirm each other do: a fall by more
 * than half is an emptying, a lesser one a compaction; a sudden rise that goes back to where it was is a bag or condensation, a sudden
 * fall that does is an open lid, and neither is told.
 */
export const follow = (track: FillTrack, looks: readonly Look[]): Followed => {
  let change: Change = { track, events: [], levels: [] };
  for (const instant of instantsOf(looks)) {
    const { heads, level } = takeLooks(change.track.heads, instant);
    change = step({ ...change, track: { ...change.track, heads, spread: level.spread } }, level);
  }
  return change;
};

/** All that is known as it stands, the last fall included, which may still turn out to be an open lid. */
export const eventsAsTheyStand = ({ track, events }: Followed): readonly FillEvent[] =>
  track.fall === null ? events : [...events, eventOf(track.fall)];
