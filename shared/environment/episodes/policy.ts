import type { AveragingPeriod } from '../limit.ts';

/**
 * When an episode opens and closes. No decision says any of this: it is our policy, kept here as data, so that a city can read it and
 * argue with it. Only periods with a valid mean count; a period without one says neither that it lasts nor that it is over.
 */
export type EpisodePolicy = {
  /** Valid periods in a row that break the limit before an episode opens. */
  readonly opensAfter: number;
  /** Valid periods in a row on the good side, by `closesAtPercent`, before it closes. */
  readonly closesAfter: number;
  /** Percent of the limit at or under which a value counts towards closing; of a least value, as far above it. */
  readonly closesAtPercent: number;
  /** Hours from its start before which it does not close. */
  readonly lastsAtLeastHours: number;
  /** Hours without a valid mean that it outlasts; after more it closes for want of data, which is not an all-clear. */
  readonly bridgesHours: number;
  /** Percent of the limit by which a value must be worse than the last one told before it is told that the episode deepens. */
  readonly deepensByPercent: number;
};

const DAY = 24;

/** A mean that rolls by the hour (8 h) is well once a whole window is; a single value is confirmed by a second one. */
export const episodePolicies: Readonly<Record<AveragingPeriod, EpisodePolicy>> = {
  single: {
    opensAfter: 2,
    closesAfter: 6,
    closesAtPercent: 90,
    lastsAtLeastHours: 1,
    bridgesHours: 6,
    deepensByPercent: 25,
  },
  '1h': {
    opensAfter: 1,
    closesAfter: 3,
    closesAtPercent: 90,
    lastsAtLeastHours: 4,
    bridgesHours: DAY,
    deepensByPercent: 10,
  },
  '8h': {
    opensAfter: 1,
    closesAfter: 8,
    closesAtPercent: 90,
    lastsAtLeastHours: 16,
    bridgesHours: DAY,
    deepensByPercent: 10,
  },
  '24h': {
    opensAfter: 1,
    closesAfter: 2,
    closesAtPercent: 90,
    lastsAtLeastHours: 0,
    bridgesHours: 7 * DAY,
    deepensByPercent: 10,
  },
  month: {
    opensAfter: 1,
    closesAfter: 1,
    closesAtPercent: 100,
    lastsAtLeastHours: 0,
    bridgesHours: 92 * DAY,
    deepensByPercent: 10,
  },
  year: {
    opensAfter: 1,
    closesAfter: 1,
    closesAtPercent: 100,
    lastsAtLeastHours: 0,
    bridgesHours: 2 * 366 * DAY,
    deepensByPercent: 10,
  },
};

/** No period of a kind is longer, hours; a day may have 25. */
export const longestPeriodHours: Readonly<Record<AveragingPeriod, number>> = {
  single: 0,
  '1h': 1,
  '8h': 8,
  '24h': 25,
  month: 31 * DAY,
  year: 366 * DAY,
};
