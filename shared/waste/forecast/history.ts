import { HOUR_MS, type LocalHours } from './hours.ts';
import type { Piece } from './piece.ts';
import { NO_SUMS, type ProfileSums } from './profile.ts';
import { fold, type Slot, type Walk } from './walk.ts';

/** A level at an instant (UTC epoch milliseconds). */
export type Level = { readonly at: number; readonly fraction: number };

/** Readings may come this late, behind newer ones, and in any order, without changing what is learnt. */
export const LATE_HOURS = 48;
/** Two months of daily pieces. */
const MOST_PIECES = 60;
/** Clocks of sensors run ahead a little; a reading from further in the future would close the window on honest ones. */
const AHEAD_MS = HOUR_MS;
/** Half a year of hours, after which older ones fade. */
const MOST_PROFILE_HOURS = 26 * 7 * 24;
const UNITS = 10_000;

/**
 * What one bin's filling has shown, as plain JSON of bounded size (some 10 kB at most): hours not yet final, the stretch being
 * filled, the last pieces of pure filling and the sums its profile is made from.
 */
export type BinHistory = {
  /** Hours still open to late readings, oldest first. Fractions in whole ten-thousandths, so that sums do not depend on order. */
  readonly pending: readonly Slot[];
  readonly newestHour: number | null;
  readonly walk: Walk;
  readonly pieces: readonly Piece[];
  readonly sums: ProfileSums;
};

export const EMPTY_HISTORY: BinHistory = {
  pending: [],
  newestHour: null,
  walk: { before: null, open: null, full: false },
  pieces: [],
  sums: NO_SUMS,
};

export type Observed = {
  readonly history: BinHistory;
  /** Readings not used, by reason; none is silently dropped. */
  readonly refused: { readonly tooLate: number; readonly inTheFuture: number; readonly notALevel: number };
};

const withReading = (slot: Slot | undefined, hour: number, units: number): Slot =>
  slot === undefined
    ? { hour, sum: units, count: 1, min: units, max: units }
    : {
        hour,
        sum: slot.sum + units,
        count: slot.count + 1,
        min: Math.min(slot.min, units),
        max: Math.max(slot.max, units),
      };

const keep = (pieces: readonly Piece[], more: readonly Piece[]): readonly Piece[] =>
  more.length === 0 ? pieces : [...pieces, ...more].sort((a, b) => a.to - b.to || a.from - b.from).slice(-MOST_PIECES);

const faded = (sums: ProfileSums): ProfileSums => {
  if (sums.hourTime.reduce((sum, time) => sum + time, 0) <= MOST_PROFILE_HOURS) return sums;
  const halved = (values: readonly number[]): number[] => values.map((value) => value / 2);
  return {
    hourFill: halved(sums.hourFill),
    hourTime: halved(sums.hourTime),
    dayFill: halved(sums.dayFill),
    dayTime: halved(sums.dayTime),
  };
};

/**
 * Takes in new readings (fractions of the capacity), in any order. `now` is the present, UTC epoch milliseconds. A reading that
 * is delivered twice must be handed in once: the reading store knows.
 */
export const observe = (history: BinHistory, readings: readonly Level[], hours: LocalHours, now: number): Observed => {
  const slots = new Map(history.pending.map((slot) => [slot.hour, slot]));
  let newest = history.newestHour ?? Number.NEGATIVE_INFINITY;
  const refused = { tooLate: 0, inTheFuture: 0, notALevel: 0 };
  for (const { at, fraction } of readings) {
    const hour = Math.floor(at / HOUR_MS);
    if (!Number.isFinite(at) || !(fraction >= 0 && fraction <= 1)) refused.notALevel += 1;
    else if (at > now + AHEAD_MS) refused.inTheFuture += 1;
    else if (hour <= newest - LATE_HOURS) refused.tooLate += 1;
    else {
      slots.set(hour, withReading(slots.get(hour), hour, Math.round(fraction * UNITS)));
      newest = Math.max(newest, hour);
    }
  }
  if (slots.size === 0) return { history, refused };
  const ordered = [...slots.values()].sort((a, b) => a.hour - b.hour);
  const final = ordered.filter(({ hour }) => hour <= newest - LATE_HOURS);
  const { walk, pieces, sums, rest } = fold(history.walk, history.sums, final, hours);
  return {
    history: {
      pending: [...rest, ...ordered.slice(final.length)],
      newestHour: newest,
      walk,
      pieces: keep(history.pieces, pieces),
      sums: faded(sums),
    },
    refused,
  };
};

/**
 * A filling known from its two ends alone: emptied at `from`, found so full at `to` (a crew's record). Known already: no change.
 * @throws RangeError for a filling that ends before it begins or holds no number.
 */
export const addFilling = (history: BinHistory, piece: Piece): BinHistory => {
  if (!(piece.to > piece.from && Number.isFinite(piece.increment))) {
    throw new RangeError(`Not a filling: ${JSON.stringify(piece)}`);
  }
  const known = history.pieces.some(({ from, to }) => from === piece.from && to === piece.to);
  return known ? history : { ...history, pieces: keep(history.pieces, [piece]) };
};

/** All that is known today, the hours still open to late readings included, as they stand. */
export const settled = (history: BinHistory, hours: LocalHours): Pick<BinHistory, 'pieces' | 'sums'> => {
  const { walk, pieces, sums } = fold(history.walk, history.sums, history.pending, hours);
  const { open } = walk;
  const last = open !== null && open.to - open.from >= 6 * HOUR_MS ? [pieceOf(open)] : [];
  return { pieces: keep(history.pieces, [...pieces, ...last]), sums };
};

const pieceOf = ({ from, to, start, end }: NonNullable<Walk['open']>): Piece => ({
  from,
  to,
  increment: end - start,
  atLeast: false,
});
