import { fitCity } from '../../shared/waste/forecast/fit.ts';
import { type BinHistory, EMPTY_HISTORY, observe, settled } from '../../shared/waste/forecast/history.ts';
import { HOUR_MS, type LocalHours, localHours, type SpecialDay } from '../../shared/waste/forecast/hours.ts';
import { meanSlope } from './baselines.ts';
import { methods } from './methods.ts';
import type { Outcome } from './scores.ts';
import { EMPTIED_AT_HOUR, type SimulatedBin, simulateCity } from './simulate-city.ts';

const TIME_ZONE = 'Asia/Ho_Chi_Minh';
/** A Monday at midnight in Vietnam. */
const START = Date.UTC(2026, 7, 3) - 7 * HOUR_MS;
const WEEKS = 8;
const BINS = 60;
const BURN_IN_DAYS = 14;
const AHEAD_HOURS = [12, 24, 48, 72] as const;
/** Before that the forecasts rest on assumptions, and their errors say nothing of later ones. */
const FIRST_LESSON_DAY = 7;
/** Told of the night's level before the trucks come, which no emptying hides. */
const TOLD_AFTER_HOURS = 22;

const holidays: ReadonlyMap<string, SpecialDay> = new Map([
  ['2026-08-12', 'market-day'],
  ['2026-08-26', 'market-day'],
  ['2026-09-02', 'holiday'],
  ['2026-09-09', 'market-day'],
]);

const levelsIn = ({ reported }: SimulatedBin, from: number, to: number) =>
  Array.from(reported.subarray(Math.max(0, from), to)).flatMap((fraction, index) =>
    Number.isNaN(fraction) ? [] : [{ at: START + (Math.max(0, from) + index + 0.99) * HOUR_MS, fraction }],
  );

/** The present level as anyone would read it: the middle one of the last three reports; the first of a fresh filling alone. */
const presentOf = (bin: SimulatedBin, hour: number): number | undefined => {
  const values = levelsIn(bin, hour - 3, hour)
    .map(({ fraction }) => fraction)
    .sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
};

/** The truth, had nobody emptied the bin: its level at the origin and the waste that came since. */
const outcomeAt = ({ waste, level }: SimulatedBin, hour: number, ahead: number): Outcome => {
  const start = level[hour - 1] as number;
  const before = waste[hour - 1] as number;
  let full = hour;
  while (full < waste.length && start + (waste[full] as number) - before < 1) full += 1;
  const reached = full < waste.length ? { level: 1, hours: full + 1 - hour } : undefined;
  return { level: start + (waste[hour - 1 + ahead] as number) - before, atLeast: false, reached };
};

type Lesson = { readonly day: number; readonly learn: () => void };

type Run = {
  readonly bins: readonly SimulatedBin[];
  readonly hours: LocalHours;
  readonly ask: ReturnType<typeof methods>['ask'];
};

/** Asks every bin on one morning, three hours after the trucks; returns what is learnt from the answers the next night. */
const morning = ({ bins, hours, ask }: Run, histories: Map<string, BinHistory>, day: number, ahead: number) => {
  const hour = day * 24 + EMPTIED_AT_HOUR + 3;
  const now = START + hour * HOUR_MS;
  for (const bin of bins) {
    const news = levelsIn(bin, hour - 24, hour);
    histories.set(bin.id, observe(histories.get(bin.id) ?? EMPTY_HISTORY, news, hours, now).history);
  }
  const city = fitCity(
    bins.map(({ id, stream, ward }) => ({ id, stream, ward, history: histories.get(id) ?? EMPTY_HISTORY })),
    hours,
    now,
  );
  const known = new Map(bins.map(({ id }) => [id, settled(histories.get(id) ?? EMPTY_HISTORY, hours).pieces]));
  const cityRate = meanSlope([...known.values()].flat(), 0.769 / 40.8);
  return bins.flatMap((bin) => {
    const start = presentOf(bin, hour);
    const fitted = city.bins.get(bin.id);
    if (start === undefined || start >= 0.97 || fitted === undefined) return [];
    const about = { from: now, start, fitted, known: known.get(bin.id) ?? [], cityRate };
    const asked = ask({ ...about, to: now + ahead * HOUR_MS });
    const outcome = outcomeAt(bin, hour, ahead);
    if (day >= BURN_IN_DAYS) asked.judge(outcome);
    const told = TOLD_AFTER_HOURS - 3;
    const later = ask({ ...about, to: now + told * HOUR_MS });
    const seen = presentOf(bin, hour + told);
    // The baselines are told the truth itself, as soon as it is there: more than anyone could know.
    const errors: Lesson = { day: day + Math.ceil(ahead / 24), learn: () => asked.learnErrors(outcome.level) };
    if (day < FIRST_LESSON_DAY) return [];
    // A fall in between is a crew's or a passer-by's doing, and says nothing of the forecast.
    if (seen === undefined || seen < start - 0.08) return [errors];
    return [errors, { day: day + 1, learn: () => later.learn({ level: seen, atLeast: seen >= 0.97, within: 0.02 }) }];
  });
};

/** One table for each horizon, all seeds together: the question every morning, the answer from the simulated truth. */
export const backtestSimulated = (seeds: readonly number[], bins = BINS, weeks = WEEKS) =>
  AHEAD_HOURS.map((ahead) => {
    const hours = localHours(TIME_ZONE, holidays);
    const { ask, scores } = methods();
    for (const seed of seeds) {
      const run = { bins: simulateCity({ bins, weeks, seed }, START, hours), hours, ask };
      const histories = new Map<string, BinHistory>();
      let lessons: readonly Lesson[] = [];
      for (let day = 0; day < weeks * 7 - 4; day += 1) {
        for (const lesson of lessons) if (lesson.day <= day) lesson.learn();
        lessons = [...lessons.filter((lesson) => lesson.day > day), ...morning(run, histories, day, ahead)];
      }
    }
    return { title: `Simulated, ${ahead} h ahead`, rows: scores() };
  });
