import type { Bin } from '../../shared/city/entities.ts';
import { type Calibration, correctionOf, learnt, UNCALIBRATED } from '../../shared/waste/forecast/calibration.ts';
import { type FittedCity, fitCity } from '../../shared/waste/forecast/fit.ts';
import { type BinHistory, EMPTY_HISTORY, observe } from '../../shared/waste/forecast/history.ts';
import { HOUR_MS, type LocalHours } from '../../shared/waste/forecast/hours.ts';
import { transformOf } from '../../shared/waste/forecast/predict.ts';
import type { BinOutlook } from '../../shared/waste/outlook/bin-outlook.ts';
import type { PickUp, Report } from './replay.ts';

/** What the city knows: sensors' reports and crews' word, and the forecasts it makes of them as it would every night. */
export type Knowledge = {
  readonly hear: (bin: number, reports: readonly Report[], now: number) => void;
  readonly collected: (pickUp: PickUp) => void;
  /** Makes the night's models, learns from last night's forecasts, and answers every bin's outlook. */
  readonly outlooks: (now: number) => readonly BinOutlook[];
};

const SILENT_MS = 24 * HOUR_MS;
/** Levels are told in whole hundredths with an error of one or two. */
const WITHIN = 0.02;
/** Earlier forecasts rest on assumptions, and their errors say nothing of later ones. */
const FIRST_LESSON_NIGHT = 7;

type Seen = { last: Report[]; lastEmptiedAt: number | null; history: BinHistory };

/** The middle one of the last three reports since the bin was emptied, as of the last. */
const presentOf = ({ last }: Seen): Report | undefined => {
  const newest = last.at(-1);
  if (newest === undefined) return undefined;
  const sorted = last.map(({ fraction }) => fraction).sort((a, b) => a - b);
  return { at: newest.at, fraction: last.length < 3 ? newest.fraction : (sorted[1] as number) };
};

export const startKnowledge = (bins: readonly Bin[], hours: LocalHours): Knowledge => {
  const seen = bins.map((): Seen => ({ last: [], lastEmptiedAt: null, history: EMPTY_HISTORY }));
  let calibration: Calibration = UNCALIBRATED;
  let yesterday: readonly BinOutlook[] = [];
  let nights = 0;

  /** What the last three reports say of yesterday's forecasts, where nobody came in between. */
  const learn = (): void => {
    for (const [index, { forecast }] of yesterday.entries()) {
      const { start } = forecast;
      const bin = seen[index] as Seen;
      const present = presentOf(bin);
      if (start.status !== 'known' || present === undefined || (bin.lastEmptiedAt ?? 0) >= start.at) continue;
      if (present.at - start.at < 12 * HOUR_MS || present.fraction < start.fraction - 0.08 || start.fraction > 0.9)
        continue;
      const to = present.fraction >= 0.97 ? 1 : transformOf(forecast, present.at, present.fraction + WITHIN);
      calibration = learnt(calibration, Math.min(to, transformOf(forecast, present.at, present.fraction - WITHIN)), to);
    }
  };

  const outlookOf = (bin: Bin, known: Seen, city: FittedCity, now: number): BinOutlook => {
    const fitted = city.bins.get(bin.id) ?? city.newBin(bin.stream);
    const { lastEmptiedAt } = known;
    const present = presentOf(known) ?? (lastEmptiedAt === null ? undefined : { at: lastEmptiedAt, fraction: 0 });
    const { model, exposure } = fitted;
    const correction = correctionOf(calibration);
    if (present === undefined) {
      const fill = { status: 'no-data', reason: 'never measured', lastHeardAt: null } as const;
      return {
        bin,
        fill,
        lastEmptiedAt,
        forecast: { start: { status: 'unknown', at: now }, model, exposure, correction },
      };
    }
    const { at, fraction } = present;
    const fill =
      at >= now - SILENT_MS
        ? ({ status: 'known', fraction, measuredAt: at, flag: 1 } as const)
        : ({ status: 'no-data', reason: 'silent for more than a day', lastHeardAt: at } as const);
    return {
      bin,
      fill,
      lastEmptiedAt,
      forecast: { start: { status: 'known', fraction, at }, model, exposure, correction },
    };
  };

  return {
    hear: (index, reports, now) => {
      const bin = seen[index] as Seen;
      bin.history = observe(bin.history, reports, hours, now).history;
      const since = reports.filter(({ at }) => at > (bin.lastEmptiedAt ?? Number.NEGATIVE_INFINITY));
      bin.last = [...bin.last, ...since].slice(-3);
    },
    collected: ({ bin, at }) => {
      const known = seen[bin] as Seen;
      known.lastEmptiedAt = at;
      known.last = [];
    },
    outlooks: (now) => {
      if (nights > FIRST_LESSON_NIGHT) learn();
      nights += 1;
      const city = fitCity(
        bins.map((bin, index) => ({
          id: bin.id,
          stream: bin.stream,
          ward: bin.ward,
          history: (seen[index] as Seen).history,
        })),
        hours,
        now,
      );
      yesterday = bins.map((bin, index) => outlookOf(bin, seen[index] as Seen, city, now));
      return yesterday;
    },
  };
};
