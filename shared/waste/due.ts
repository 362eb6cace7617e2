import type { Bin } from '../city/entities.ts';
import type { FillRate } from './fill-rate.ts';
import type { FillState } from './fill-state.ts';
import { percent, type Words } from './words.ts';

/** When trucks come: this time, the time after, and the one after that, UTC epoch milliseconds. */
export type Chances = { readonly thisTime: number; readonly nextTime: number; readonly timeAfter: number };

export type Demand =
  /** Must be served this time: it would pass its service level before the next. */
  | ({ readonly status: 'due'; readonly expectedFraction: number } & Words)
  /** Could wait one time but not two; `urgency` 0 … 1 says how close it comes. */
  | ({ readonly status: 'optional'; readonly expectedFraction: number; readonly urgency: number } & Words)
  | { readonly status: 'not-due'; readonly expectedFraction: number }
  | { readonly status: 'no-data'; readonly lastHeardAt: number | null; readonly cause: string };

const HOUR_MS = 3_600_000;

const expectedAt = (fill: Extract<FillState, { status: 'known' }>, rate: FillRate, at: number): number =>
  fill.fraction + (rate.perHour * Math.max(0, at - fill.measuredAt)) / HOUR_MS;

const dueWords = (now: number, then: number, level: number): Words => {
  if (now >= level) {
    return {
      reason: `${percent(now)} full, at or over its service level of ${percent(level)}`,
      reasonVi: `đã đầy ${percent(now)}, đạt mức phải thu gom ${percent(level)}`,
    };
  }
  return {
    reason: `${percent(now)} now, expected ${percent(Math.min(1, then))} by the collection after this one (service level ${percent(level)})`,
    reasonVi: `hiện ${percent(now)}, dự kiến ${percent(Math.min(1, then))} trước lần thu gom sau (mức phải thu gom ${percent(level)})`,
  };
};

/**
 * Whether a bin needs a truck this time: its level now, and as expected at the times when trucks come, against its service
 * level. A bin whose fill nobody knows is said to be so, and never taken for empty.
 */
export const demandOf = (bin: Bin, fill: FillState, rate: FillRate, chances: Chances): Demand => {
  if (fill.status === 'no-data') return { status: 'no-data', lastHeardAt: fill.lastHeardAt, cause: fill.reason };
  const expectedFraction = Math.min(1, expectedAt(fill, rate, chances.thisTime));
  const atNext = expectedAt(fill, rate, chances.nextTime);
  if (atNext >= bin.serviceLevel) {
    return { status: 'due', expectedFraction, ...dueWords(fill.fraction, atNext, bin.serviceLevel) };
  }
  if (expectedAt(fill, rate, chances.timeAfter) < bin.serviceLevel) return { status: 'not-due', expectedFraction };
  return {
    status: 'optional',
    expectedFraction,
    urgency: Math.min(1, Math.max(0, atNext / bin.serviceLevel)),
    reason: `${percent(fill.fraction)} now; near the route, and going now saves a visit next time`,
    reasonVi: `hiện ${percent(fill.fraction)}; gần tuyến, thu gom luôn đỡ một lần đi sau`,
  };
};
