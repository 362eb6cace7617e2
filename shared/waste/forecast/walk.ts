import { HOUR_MS, type LocalHours } from './hours.ts';
import type { Piece } from './piece.ts';
import type { ProfileSums } from './profile.ts';

/** The readings of one UTC hour: sum and extremes in ten-thousandths of the capacity. */
export type Slot = {
  readonly hour: number;
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
};

/** Where the walk through the hours stands. Levels are fractions, instants UTC epoch milliseconds. */
export type Walk = {
  /** The hour before the next one to be walked, its level unsmoothed. */
  readonly before: { readonly hour: number; readonly level: number } | null;
  /** The stretch of pure filling under way. */
  readonly open: { readonly from: number; readonly to: number; readonly start: number; readonly end: number } | null;
  /** Full since: nothing more to be learnt until it is emptied. */
  readonly full: boolean;
};

const UNITS = 10_000;
/** A fall by so much that stays is an emptying, a compaction or a bag slipping: no filling, and not counted as any. */
const DROP = 0.08;
/**
 * A filling ends with the first level at or over this. The rest up to the brim is not learnt from: what came beyond it cannot be
 * seen, and a filling cut off there would look slower than it was (crossing a level that can be seen is a fair end: Wald 1944).
 */
const ROOM = 0.9;
/** Longer silence may hide an emptying and what came after. */
const LONGEST_GAP_HOURS = 30;
/** Hours nearer than this smooth each other and tell the hour of the day. */
const NEAR_HOURS = 3;
const PIECE_HOURS = 24;
const SHORTEST_PIECE_HOURS = 6;

/** An hour's level: of three readings and more without the lowest and the highest, which a false echo is. */
const levelOf = ({ sum, count, min, max }: Slot): number =>
  (count >= 3 ? (sum - min - max) / (count - 2) : sum / count) / UNITS;

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

type Gathered = {
  readonly pieces: Piece[];
  readonly sums: { readonly [key in keyof ProfileSums]: number[] };
};

const addTo = (values: number[], index: number, value: number): void => {
  values[index] = (values[index] as number) + value;
};

/** What came between two neighbouring hours belongs half to either. */
const addHours = ({ sums }: Gathered, hours: LocalHours, hour: number, gap: number, increment: number): void => {
  for (const each of [hour - gap, hour]) {
    const { hour: ofDay, day } = hours(each);
    addTo(sums.hourFill, ofDay, increment / 2);
    addTo(sums.hourTime, ofDay, gap / 2);
    addTo(sums.dayFill, day, increment / 2);
    addTo(sums.dayTime, day, gap / 2);
  }
};

const close = (gathered: Gathered, open: NonNullable<Walk['open']>, atLeast = false): void => {
  if (open.to - open.from < SHORTEST_PIECE_HOURS * HOUR_MS) return;
  gathered.pieces.push({ from: open.from, to: open.to, increment: open.end - open.start, atLeast });
};

/** One hour on, its level smoothed: the new stretch. */
const step = (walk: Walk, hour: number, level: number, hours: LocalHours, gathered: Gathered): Omit<Walk, 'before'> => {
  const at = (hour + 0.5) * HOUR_MS;
  const fresh = { from: at, to: at, start: level, end: level };
  const { open } = walk;
  if (open === null) return level < ROOM ? { open: fresh, full: false } : { open: null, full: true };
  const gap = Math.round((at - open.to) / HOUR_MS);
  if (gap > LONGEST_GAP_HOURS) {
    close(gathered, open);
    return level < ROOM ? { open: fresh, full: false } : { open: null, full: true };
  }
  if (open.end - level >= DROP) {
    close(gathered, open);
    // The hour of an emptying holds levels from before it too: the next filling begins with the next hour.
    return { open: null, full: false };
  }
  const longer = { ...open, to: at, end: level };
  if (gap <= NEAR_HOURS) addHours(gathered, hours, hour, gap, level - open.end);
  if (level >= ROOM) {
    close(gathered, longer, gap > NEAR_HOURS);
    return { open: null, full: true };
  }
  if (longer.to - longer.from < PIECE_HOURS * HOUR_MS) return { open: longer, full: false };
  close(gathered, longer);
  return { open: fresh, full: false };
};

/**
 * Walks through hours, oldest first: a running median of three takes out single false echoes and leaves steps as they are
 * (Tukey 1977, Exploratory Data Analysis, ch. 7). The last hour waits in `rest` for the one that confirms it.
 */
export const fold = (
  start: Walk,
  sums: ProfileSums,
  slots: readonly Slot[],
  hours: LocalHours,
): {
  readonly walk: Walk;
  readonly pieces: readonly Piece[];
  readonly sums: ProfileSums;
  readonly rest: readonly Slot[];
} => {
  if (slots.length < 2) return { walk: start, pieces: [], sums, rest: slots };
  const gathered: Gathered = {
    pieces: [],
    sums: {
      hourFill: [...sums.hourFill],
      hourTime: [...sums.hourTime],
      dayFill: [...sums.dayFill],
      dayTime: [...sums.dayTime],
    },
  };
  let walk = start;
  for (let index = 0; index + 1 < slots.length; index += 1) {
    const [slot, next] = [slots[index] as Slot, slots[index + 1] as Slot];
    const level = levelOf(slot);
    const near = next.hour - slot.hour <= NEAR_HOURS && slot.hour - (walk.before?.hour ?? slot.hour) <= NEAR_HOURS;
    const after = levelOf(next);
    const before = walk.before?.level ?? level;
    // Before a fall the middle one of three would be an hour old.
    const smooth = near && Math.min(before, level) - after < DROP ? middleOf(before, level, after) : level;
    walk = { ...step(walk, slot.hour, smooth, hours, gathered), before: { hour: slot.hour, level } };
  }
  return { walk, pieces: gathered.pieces, sums: gathered.sums, rest: slots.slice(-1) };
};
