import type { Bin } from '../../city/entities.ts';
import { correctionOf, UNCALIBRATED } from '../forecast/calibration.ts';
import { exposureOf } from '../forecast/exposure.ts';
import { type FittedGroup, groupKey, modelWithout } from '../forecast/fit.ts';
import { ASSUMED } from '../forecast/group.ts';
import type { LocalHours } from '../forecast/hours.ts';
import type { Forecast } from '../forecast/predict.ts';
import { FLAT } from '../forecast/profile.ts';
import type { BookedBin, OutlookBook } from './outlook-book.ts';

type Model = Pick<Forecast, 'model' | 'exposure' | 'correction'>;

const DAY_MS = 24 * 3_600_000;
/** Forecasts start a while back where a sensor fell silent, and reach two months ahead. */
const BACK_MS = 30 * DAY_MS;
const AHEAD_MS = 60 * DAY_MS;
/** Where no bin of the city has shown anything yet. */
const nothingKnown: FittedGroup = { profile: FLAT, group: ASSUMED };

/** Remembers what it worked out, by a text. */
const remembered = <T>(work: (key: string) => T): ((key: string) => T) => {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, work(key));
    return known.get(key) as T;
  };
};

/**
 * Each bin's model, clock and correction out of the book of the last update. A bin that is not in it gets its ward's and stream's model without
 * anything of its own, or its stream's, or the city's, or, without any book, what is assumed of any city.
 */
export const modelsOf = (book: OutlookBook | undefined, hoursOf: (ward?: string) => LocalHours, at: number) => {
  const groups = book?.groups ?? {};
  const exposures = remembered((key) => {
    const { profile } = groups[key] ?? nothingKnown;
    return exposureOf(profile, hoursOf(key.slice(key.indexOf('|') + 1) || undefined), at - BACK_MS, at + AHEAD_MS);
  });
  const corrections = remembered((stream) => correctionOf(book?.calibrations[stream] ?? UNCALIBRATED));
  return ({ stream, ward }: Pick<Bin, 'stream' | 'ward'>, booked: BookedBin | undefined): Model => {
    const correction = corrections(stream);
    if (booked !== undefined && groups[booked.group] !== undefined) {
      return { model: booked.model, exposure: exposures(booked.group), correction };
    }
    const keys = [groupKey(stream, ward), groupKey(stream), groupKey()];
    const key = keys.find((each) => groups[each] !== undefined) ?? groupKey();
    return { model: modelWithout((groups[key] ?? nothingKnown).group), exposure: exposures(key), correction };
  };
};
