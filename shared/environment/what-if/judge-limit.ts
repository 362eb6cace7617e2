import type { Period } from '../calendar-periods.ts';
import { breaks, type Limit } from '../limit.ts';

/** Means or single values that one limit is compared with, oldest first. */
export type Judgeable = {
  readonly length: number;
  readonly startsAt: Float64Array;
  readonly endsAt: Float64Array;
  readonly values: Float64Array;
  /** 1 where the value may be judged. */
  readonly isValid: Uint8Array;
};

/** How often a limit was broken in a file. */
export type LimitOutcome = {
  readonly judged: number;
  /** Means that could not be judged for lack of data. */
  readonly notJudged: number;
  readonly broken: number;
  /** Calendar days with at least one value judged, and with at least one that broke it; of months and years there are none. */
  readonly daysJudged: number;
  readonly daysBroken: number;
  /** Of those judged and broken: how many lie in the time in which the limit held. The rest is what-if. */
  readonly judgedInForce: number;
  readonly brokenInForce: number;
  /** The value furthest beyond, or nearest to, the limit, with the start and end of its period; absent when none was judged. */
  readonly worst?: { readonly value: number; readonly from: number; readonly at: number };
};

/** Goes through the days along with what is judged, so that a day counts once. */
const dayCounter = (days: readonly Period[]) => {
  let day = 0;
  let counted = -1;
  let count = 0;
  return {
    /** Instants come in order. */
    add: (at: number): void => {
      while (day < days.length && (days[day] as Period).endsAt < at) day += 1;
      if (day >= days.length || day === counted) return;
      counted = day;
      count += 1;
    },
    count: () => count,
  };
};

const isWorse = (value: number, than: number, { bound }: Pick<Limit, 'bound'>): boolean =>
  bound === 'max' ? value > than : value < than;

/** Compares everything judgeable with one limit, whether or not the limit was in force: `force` says when it was. */
export const judgeLimit = (
  { length, startsAt, endsAt, values, isValid }: Judgeable,
  limit: Limit,
  { days, force: [from, to] }: { readonly days: readonly Period[]; readonly force: readonly [number, number] },
): LimitOutcome => {
  const daysJudged = dayCounter(days);
  const daysBroken = dayCounter(days);
  let [judged, broken, judgedInForce, brokenInForce] = [0, 0, 0, 0];
  let worst: { value: number; from: number; at: number } | undefined;
  for (let index = 0; index < length; index += 1) {
    if (isValid[index] !== 1) continue;
    const value = values[index] as number;
    const at = endsAt[index] as number;
    const holds = (startsAt[index] as number) >= from && (startsAt[index] as number) < to ? 1 : 0;
    judged += 1;
    judgedInForce += holds;
    daysJudged.add(at);
    if (worst === undefined || isWorse(value, worst.value, limit))
      worst = { value, from: startsAt[index] as number, at };
    if (!breaks(value, limit)) continue;
    broken += 1;
    brokenInForce += holds;
    daysBroken.add(at);
  }
  return {
    judged,
    notJudged: length - judged,
    broken,
    daysJudged: daysJudged.count(),
    daysBroken: daysBroken.count(),
    judgedInForce,
    brokenInForce,
    ...(worst !== undefined && { worst }),
  };
};
