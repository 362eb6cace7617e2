import { believedLevel } from '../fill-track.ts';
import type { Calibration } from '../forecast/calibration.ts';
import { learnt } from '../forecast/calibration.ts';
import type { Forecast } from '../forecast/predict.ts';
import { incrementCdf } from '../forecast/rate.ts';
import type { OpenQuestion, Standing } from './bin-record.ts';

/** Where an outcome lay in what was forecast: what a calibration learns from. */
export type Lesson = { readonly from: number; readonly to: number };

const HOUR_MS = 3_600_000;
/** Until the evening, before trucks come: an emptying would hide the answer, and mostly of those bins that filled fastest. */
const AHEAD_MS = 12 * HOUR_MS;
const ASKED_FROM_HOUR = 4;
const ASKED_TO_HOUR = 9;
/** A bin that is as good as full has nothing more to show. */
const NEARLY_FULL = 0.9;
const FULL = 0.97;
/** A level is known to within so much. */
const WITHIN = 0.02;
/** The present level must be as young as this, and the one to compare with as near. */
const NEAR_MS = 1.5 * HOUR_MS;
/** A model that rests on less is mostly the group's. */
const LEAST_HOURS = 48;

/** What to ask of a bin this morning; `null` where the answer would teach nothing. */
export const questionOf = (
  standing: Standing,
  { model, exposure }: Pick<Forecast, 'model' | 'exposure'>,
  hoursSeen: number,
  localHour: number,
  at: number,
): OpenQuestion | null => {
  const level = believedLevel(standing.track);
  const doubtful = standing.track.perches.length > 0 || standing.track.fall !== null;
  if (localHour < ASKED_FROM_HOUR || localHour >= ASKED_TO_HOUR || hoursSeen < LEAST_HOURS || doubtful) return null;
  if (level === undefined || level.level >= NEARLY_FULL || level.at < at - NEAR_MS) return null;
  const [from, to] = [level.at, level.at + AHEAD_MS];
  return { from, to, start: level.level, model, averageHours: exposure.at(to) - exposure.at(from) };
};

/**
 * What a question has taught by now: `open` while its time has not come, a lesson, or `null` where nobody saw the answer (silence, an emptying,
 * a compaction).
 */
export const answerOf = (question: OpenQuestion, standing: Standing, at: number): Lesson | null | 'open' => {
  const { from, to, start, model, averageHours } = question;
  if (at < to) return 'open';
  const level = standing.levels.findLast((each) => each.at <= to + NEAR_MS);
  const disturbed = standing.events.some(({ after, before }) => before > from && after < to);
  if (level === undefined || level.at < to - NEAR_MS || disturbed) return null;
  const cdf = (x: number): number => incrementCdf(model, averageHours, x - start);
  return { from: cdf(level.level - WITHIN), to: level.level >= FULL ? 1 : cdf(level.level + WITHIN) };
};

export const withLessons = (calibration: Calibration, lessons: readonly Lesson[]): Calibration =>
  lessons.reduce((known, { from, to }) => learnt(known, from, Math.max(from, to)), calibration);
