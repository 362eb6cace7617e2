import type { Bin, City, Vehicle } from '../city/entities.ts';
import type { ForecastBasis } from '../waste/outlook/basis.ts';
import { binOutlooks, type OutlookSources } from '../waste/outlook/bin-outlooks.ts';
import { REPORTS_COUNT_MS } from '../waste/overflow/standing.ts';
import { type CircumstancesBetween, NOTHING_KNOWN } from '../waste/policy/circumstances.ts';
import { type Decision, decide } from '../waste/policy/decide.ts';
import { eventDeadline } from '../waste/policy/event-deadline.ts';
import type { Chances } from '../waste/policy/horizon.ts';
import { daysAfter, windowInstants } from './service-date.ts';
import { type TurnFleet, withTurns } from './turns/with-turns.ts';

/**
 * What is known of each bin's need, in the order of bin ids; the way that serving it now saves later, and when an event begins
 * there that it must be ready for.
 */
export type BinDemand = {
  readonly bin: Bin;
  readonly demand: Decision;
  readonly savedMetres?: number;
  readonly emptyBefore?: number;
  /** What its forecast rests on. */
  readonly basis?: ForecastBasis;
};

export type PickSources = Omit<OutlookSources, 'outlookBook'> & {
  /** Last update's models; absent = none was made yet, and bins go by what is usual. */
  readonly outlookBook?: OutlookSources['outlookBook'];
  /** What people know: reports, special events, what crews left open. Nothing when absent. */
  readonly circumstances?: CircumstancesBetween;
};

/** No update was made yet. */
export const noBook: OutlookSources['outlookBook'] = { read: async () => undefined };

/** Trucks meet a bin in the middle of their shifts, on average. */
const middleOfShifts = (city: City, vehicles: readonly Vehicle[], date: string): number => {
  const shifts = vehicles
    .filter(({ status }) => status === 'available')
    .map(({ shift }) => windowInstants(date, shift, city.timeZone));
  const [wholeDayFrom, wholeDayTo] = windowInstants(date, { from: '00:00', to: '24:00' }, city.timeZone);
  if (shifts.length === 0) return (wholeDayFrom + wholeDayTo) / 2;
  const from = Math.min(...shifts.map(([start]) => start));
  const to = Math.max(...shifts.map(([, end]) => end));
  return (from + to) / 2;
};

export const chancesFrom = (city: City, vehicles: readonly Vehicle[], serviceDate: string): Chances => ({
  thisTime: middleOfShifts(city, vehicles, serviceDate),
  nextTime: middleOfShifts(city, vehicles, daysAfter(serviceDate, 1)),
});

/** Judges bins by their own need alone: how full each will be, and whether it must, may or need not be collected on the service day. */
export const decideBins = async (
  sources: PickSources,
  city: City,
  vehicles: readonly Vehicle[],
  serviceDate: string,
  at: number,
  /** Of these bins alone, in no order. */
  only?: readonly string[],
): Promise<readonly BinDemand[]> => {
  const chances = chancesFrom(city, vehicles, serviceDate);
  const [outlooks, circumstances] = await Promise.all([
    binOutlooks({ ...sources, outlookBook: sources.outlookBook ?? noBook }, city, at, only),
    sources.circumstances?.(at - REPORTS_COUNT_MS, chances.nextTime) ?? NOTHING_KNOWN,
  ]);
  return outlooks.map((outlook): BinDemand => {
    const { bin } = outlook;
    const emptyBefore = eventDeadline(bin, circumstances, chances);
    return {
      bin,
      demand: decide(outlook, chances, circumstances),
      ...(emptyBefore !== undefined && { emptyBefore }),
      ...(outlook.basis && { basis: outlook.basis }),
    };
  });
};

/** Judges every bin of the city, with the turns of its parts: those decide which of the bins that may wait are worth offering. */
export const judgeBins = async (
  sources: PickSources,
  city: City,
  fleet: TurnFleet,
  serviceDate: string,
  at: number,
): Promise<readonly BinDemand[]> =>
  withTurns(await decideBins(sources, city, fleet.vehicles, serviceDate, at), city, fleet, serviceDate);
