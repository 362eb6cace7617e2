import { timeToLevel } from '../forecast/predict.ts';
import type { BinOutlook } from '../outlook/bin-outlook.ts';
import type { ServiceRule } from './service-rule.ts';

/** When trucks come: this time, and the time after, UTC epoch milliseconds. */
export type Chances = { readonly thisTime: number; readonly nextTime: number };

const HOUR_MS = 3_600_000;
/** Nobody plans further ahead. */
const MOST_NIGHTS = 60;

export const hoursBetween = (from: number, to: number): number => (to - from) / HOUR_MS;

/** Chances from this one on, this one not counted, until an instant: how often the trucks may still pass by a bin. */
const chancesUntil = ({ thisTime, nextTime }: Chances, instant: number | null): number =>
  instant === null
    ? MOST_NIGHTS
    : Math.min(MOST_NIGHTS, Math.max(0, Math.floor((instant - thisTime) / (nextTime - thisTime))));

const dueAt = (outlook: BinOutlook, { overflowProbability }: ServiceRule): number | null =>
  timeToLevel(outlook.forecast, 1, overflowProbability);

/**
 * Nights that a bin can still wait, and those that it could if it were emptied now; `usual`: the latter where all days are
 * average ones, not rounded.
 */
export type Wait = { readonly left: number; readonly whole: number; readonly usual: number };

/** Average hours until an instant, as many nights. */
const usualNights = (
  { exposure }: BinOutlook['forecast'],
  { thisTime, nextTime }: Chances,
  until: number | null,
): number =>
  until === null
    ? MOST_NIGHTS
    : Math.min(MOST_NIGHTS, (exposure.at(until) - exposure.at(thisTime)) / hoursBetween(thisTime, nextTime));

/**
 * How many nights more the bin can wait, and how many it could if it were emptied now: until its overflow risk or its age
 * passes what its rule allows. In nights as far apart as this chance and the next.
 */
export const nightsItCanWait = (outlook: BinOutlook, rule: ServiceRule, chances: Chances): Wait => {
  const { forecast, lastEmptiedAt } = outlook;
  const emptied: BinOutlook = {
    ...outlook,
    forecast: { ...forecast, start: { status: 'known', fraction: 0, at: chances.thisTime } },
  };
  const age = rule.maxAgeHours === null ? null : rule.maxAgeHours * HOUR_MS;
  const byAge = (since: number | null): number =>
    age === null || since === null ? MOST_NIGHTS : chancesUntil(chances, since + age);
  const fullAgain = dueAt(emptied, rule);
  return {
    left: Math.min(chancesUntil(chances, dueAt(outlook, rule)), byAge(lastEmptiedAt)),
    whole: Math.min(chancesUntil(chances, fullAgain), byAge(chances.thisTime)),
    usual: Math.min(usualNights(forecast, chances, fullAgain), byAge(chances.thisTime)),
  };
};
