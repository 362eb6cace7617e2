import type { Bin, WasteStream } from '../../city/entities.ts';

/** What a bin is promised tonight and every night. */
export type ServiceRule = {
  /** Allowed probability that it overflows before the trucks come again. */
  readonly overflowProbability: number;
  /** Waste lies in it no longer than this, hours; `null` = however long. */
  readonly maxAgeHours: number | null;
};

/**
 * One collection in a thousand may come too late: the service level that Groningen held before and after (Wouda,
 * Aerts-Veenstra & van Foreest 2024, arXiv 2409.13386: 99.9 % of containers found not overflowing).
 */
const CITY_SERVICE_LEVEL = 0.999;

/**
 * Of the share of late collections that a city accepts, a single night's risk may be so many times as much: few bins wait at the
 * limit, most are emptied long before (docs/dispatch.md: measured).
 */
const NIGHTLY_SHARE = 5;

/** Food waste smells and leaks within two days in the heat; the other streams are emptied when they fill. */
const MAX_AGE_HOURS: Readonly<Record<WasteStream, number | null>> = { food: 48, recyclable: null, other: null };

/** A bin's own rules, else those of its stream and of the city. */
export const serviceRuleOf = (
  { stream, service }: Pick<Bin, 'stream' | 'service'>,
  cityServiceLevel: number = CITY_SERVICE_LEVEL,
): ServiceRule => ({
  overflowProbability: service?.overflowProbability ?? NIGHTLY_SHARE * (1 - cityServiceLevel),
  maxAgeHours: service?.maxAgeHours === undefined ? MAX_AGE_HOURS[stream] : service.maxAgeHours,
});
