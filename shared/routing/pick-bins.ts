import type { Bin, City, Vehicle } from '../city/entities.ts';
import { binOutlooks, type OutlookSources } from '../waste/outlook/bin-outlooks.ts';
import { type CircumstancesBetween, NOTHING_KNOWN } from '../waste/policy/circumstances.ts';
import { type Decision, decide } from '../waste/policy/decide.ts';
import type { Chances } from '../waste/policy/horizon.ts';
import { daysAfter, windowInstants } from './service-date.ts';
import { type TurnFleet, withTurns } from './turns/with-turns.ts';

/** What is known of each bin's need, in the order of bin ids; and the way that serving it now saves later. */
export type BinDemand = { readonly bin: Bin; readonly demand: Decision; readonly savedMetres?: number };

export type PickSources = Omit<OutlookSources, 'outlookBook'> & {
  /** Last update's models; absent = none was made yet, and bins go by what is usual. */
  readonly outlookBook?: OutlookSources['outlookBook'];
  /** Citizens' reports and special events, where anybody collects them. */
  readonly circumstances?: CircumstancesBetween;
};

/** Reports older than this were seen to, or were wrong. */
const REPORTS_MS = 7 * 86_400_000;

const noBook: OutlookSources['outlookBook'] = { read: async () => undefined };

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

/** Judges every bin: how full it will be, and whether it must, may or need not be collected on the service day. */
export const judgeBins = async (
  sources: PickSources,
  city: City,
  fleet: TurnFleet,
  serviceDate: string,
  at: number,
): Promise<readonly BinDemand[]> => {
  const chances = chancesFrom(city, fleet.vehicles, serviceDate);
  const [outlooks, circumstances] = await Promise.all([
    binOutlooks({ ...sources, outlookBook: sources.outlookBook ?? noBook }, city, at),
    sources.circumstances?.(at - REPORTS_MS, chances.nextTime) ?? NOTHING_KNOWN,
  ]);
  return withTurns(
    outlooks.map((outlook) => ({ bin: outlook.bin, demand: decide(outlook, chances, circumstances) })),
    city,
    fleet,
    serviceDate,
  );
};
