import type { Bin, Container } from '../../city/entities.ts';
import { eventsAsTheyStand, type FillEvent, type FillTrack, type Followed, follow, NEW_TRACK } from '../fill-track.ts';
import { type BinHistory, EMPTY_HISTORY, observe } from '../forecast/history.ts';
import type { LocalHours } from '../forecast/hours.ts';
import type { BinModel } from '../forecast/rate.ts';
import type { Look } from '../looks.ts';

/** A forecast that was made to be compared with what came, for the calibration to learn from. */
export type OpenQuestion = {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly model: BinModel;
  readonly averageHours: number;
};

/**
 * What is kept of a bin between two updates, as plain JSON of bounded size. Looks of the last two days wait in `window`, where late ones
 * join them in any order; what is older was followed for good.
 */
export type BinRecord = {
  readonly binId: string;
  /** Levels are fractions of this container: another one makes a new record. */
  readonly container: Container;
  /** Readings were asked for up to here. */
  readonly readTo: number;
  /** Looks up to here are in `track`, `history` and `events`. */
  readonly settledTo: number | null;
  readonly track: FillTrack;
  readonly window: readonly Look[];
  readonly history: BinHistory;
  /** The last ones, oldest first. */
  readonly events: readonly FillEvent[];
  /** When a crew said last that it emptied the bin. */
  readonly toldEmptiedAt: number | null;
  readonly question: OpenQuestion | null;
};

export const newRecord = ({ id, container }: Pick<Bin, 'id' | 'container'>, readTo: number): BinRecord => ({
  binId: id,
  container,
  readTo,
  settledTo: null,
  track: NEW_TRACK,
  window: [],
  history: EMPTY_HISTORY,
  events: [],
  toldEmptiedAt: null,
  question: null,
});

/** Looks may come this late, behind newer ones, and in any order. */
export const LATE_MS = 48 * 3_600_000;
const MOST_EVENTS = 60;

const inOrder = (a: Look, b: Look): number =>
  a.at - b.at || (a.channel < b.channel ? -1 : Number(a.channel > b.channel));

/** Both, each look once: of two for one head and instant the newer word counts. */
const joined = (window: readonly Look[], looks: readonly Look[]): readonly Look[] => {
  const last = window.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  // The common case: they are in order, and newer than all that is known.
  if (looks.every(({ at }, index) => at > (looks[index - 1]?.at ?? last))) return [...window, ...looks];
  const known = new Map<string, Look>();
  for (const look of [...window, ...looks]) known.set(`${look.channel}|${look.at}`, look);
  return [...known.values()].sort(inOrder);
};

const learn = (history: BinHistory, followed: Followed, hours: LocalHours, now: number): BinHistory =>
  followed.levels.length === 0
    ? history
    : observe(
        history,
        followed.levels.map(({ at, level }) => ({ at, fraction: Math.min(1, Math.max(0, level)) })),
        hours,
        now,
      ).history;

/**
 * A record with more looks: in whatever order and however often they are handed in, the same comes out, as long as none comes more than two
 * days behind the newest. `askedTo`: up to where was asked.
 */
export const withLooks = (record: BinRecord, looks: readonly Look[], askedTo: number, hours: LocalHours): BinRecord => {
  const { settledTo } = record;
  const readTo = Math.max(record.readTo, askedTo);
  const ahead = looks.filter(({ at }) => at <= readTo && (settledTo === null || at > settledTo));
  const window = joined(record.window, ahead);
  const newest = window.at(-1)?.at;
  if (newest === undefined) return { ...record, readTo };
  const settled = window.filter(({ at }) => at <= newest - LATE_MS);
  const last = settled.at(-1);
  if (last === undefined) return { ...record, window, readTo };
  const followed = follow(record.track, settled);
  return {
    ...record,
    readTo,
    settledTo: last.at,
    track: followed.track,
    window: window.slice(settled.length),
    history: learn(record.history, followed, hours, readTo),
    events: [...record.events, ...followed.events].slice(-MOST_EVENTS),
  };
};

/** All that a record says today, its last two days as they stand. */
export type Standing = {
  readonly track: FillTrack;
  readonly events: readonly FillEvent[];
  readonly history: BinHistory;
  /** Levels of the last two days, false echoes and what is doubtful left out, oldest first. */
  readonly levels: readonly { readonly at: number; readonly level: number }[];
};

export const standingOf = (record: BinRecord, hours: LocalHours): Standing => {
  const followed = follow(record.track, record.window);
  return {
    track: followed.track,
    events: [...record.events, ...eventsAsTheyStand(followed)],
    history: learn(record.history, followed, hours, record.readTo),
    levels: followed.levels,
  };
};

/** When the bin was emptied last, by its sensor or by a crew's word; `null` where nobody knows. */
export const lastEmptied = (events: readonly FillEvent[], toldEmptiedAt: number | null): number | null => {
  const seen = events.findLast(({ kind }) => kind === 'emptying')?.before ?? null;
  return seen === null || toldEmptiedAt === null ? (seen ?? toldEmptiedAt) : Math.max(seen, toldEmptiedAt);
};
