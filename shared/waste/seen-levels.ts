import { middleOf } from './looks.ts';

/** How full a bin was seen at an instant (UTC epoch milliseconds): a fraction of its capacity. */
export type Point = { readonly at: number; readonly level: number };

/** A level that waits to be confirmed: `after` which believed one it came, and how many looks `denied` it since, or saw as good as nothing. */
export type OddLevel = Point & { readonly after: number; readonly denied: number; readonly blind: number };

const HOUR_MS = 3_600_000;
/** Looks nearer than this see the same level. */
const NEAR_MS = 50 * 60_000;
/** Noise of an ultrasonic level: an uneven heap and the instrument, three standard deviations. */
export const NOISE = 0.08;
/** Faster than this no bin fills but by something large thrown in at once: a capacity in eight hours. */
const FASTEST_PER_HOUR = 0.12;
/** Two looks confirm each other when there is time for one echo's cause to pass in between. */
const CONFIRMED_AFTER_MS = 12 * 60_000;

/** Their middle: one that is far off counts no more than any other. */
export const levelOf = (points: readonly Point[]): number => middleOf(points.map(({ level }) => level));

export const hoursBetween = (from: number, to: number): number => Math.max(0, to - from) / HOUR_MS;

/** Whether a level goes on from those believed: down no more than by noise, up no more than by noise and the fastest filling. */
export const goesOn = (believed: readonly Point[], { at, level }: Point): boolean => {
  const last = believed.at(-1) as Point;
  const now = levelOf(believed);
  return (
    level >= now - NOISE && level <= Math.max(now, last.level) + NOISE + FASTEST_PER_HOUR * hoursBetween(last.at, at)
  );
};

const areNear = (points: readonly Point[]): boolean => (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0) <= NEAR_MS;

/** How full it was at the last look: the middle of near ones, the last where they lie apart. */
export const levelAtLast = (points: readonly Point[]): number =>
  areNear(points) ? levelOf(points) : (points.at(-1) as Point).level;

/** How full it was at the first look: the middle of near ones, the first where they lie apart. */
export const levelAtFirst = (points: readonly Point[]): number =>
  areNear(points) ? levelOf(points) : (points[0] as Point).level;

/** Levels that confirm each other, the last one believed before the first of them, and from when on nothing else was seen. */
export type Confirmed = { readonly points: readonly Point[]; readonly after: number; readonly before: number };

/**
 * The odd levels that say the same as the newest: at least two, with time enough between them. Of looks in between only the blind (a
 * lens behind drops sees a full bin) do not deny them.
 */
export const confirmed = (odd: readonly OddLevel[]): Confirmed | undefined => {
  const newest = odd.at(-1) as Point;
  const same = odd.filter(
    ({ at, level, denied }) =>
      denied === 0 &&
      level <= newest.level + NOISE &&
      newest.level <= level + NOISE + FASTEST_PER_HOUR * hoursBetween(at, newest.at),
  );
  const [first] = same;
  if (first === undefined || newest.at - first.at < CONFIRMED_AFTER_MS) return undefined;
  const before = (same.find(({ blind }) => blind === 0) ?? newest).at;
  return { points: same.map(({ at, level }) => ({ at, level })), after: first.after, before };
};
