import { type CrewReport, lastWords } from '../../routing/crew/crew-report.ts';
import type { Doubt, FillState } from '../fill-state.ts';
import { percent } from '../words.ts';

/** That a crew emptied a bin, wholly or in part: when, and how full it left it (`null` where it did not say). */
export type CrewWord = { readonly binId: string; readonly at: number; readonly levelAfter: number | null };

/** Where crews' reports are asked for: all that were made at or after an instant, UTC epoch milliseconds. */
export type CrewReportsSince = { readonly since: (at: number) => Promise<readonly CrewReport[]> };

const HOUR_MS = 3_600_000;
/** So long a crew's word stands against the sensor's; then the bin is worth another look. */
const STANDS_MS = 12 * HOUR_MS;
/** After a day without a look the word says no more than an old level does. */
const LONGEST_SILENCE_MS = 24 * HOUR_MS;
/** A level so much over the one told, and more with every hour, is what came in since. */
const FEW_BAGS = 0.2;
const BUSY_PER_HOUR = 0.03;

/** The last word on each bin that was emptied: what a crew said last of a stop counts, whatever order reports came in. */
export const emptyingWords = (reports: readonly CrewReport[]): ReadonlyMap<string, CrewWord> => {
  const words = new Map<string, CrewWord>();
  for (const ofPlan of Map.groupBy(reports, ({ planId }) => planId).values()) {
    for (const { binId, at, outcome, fractionLeft } of lastWords(ofPlan).values()) {
      if (outcome !== 'collected' && outcome !== 'partly') continue;
      const levelAfter = outcome === 'collected' ? 0 : (fractionLeft ?? null);
      if ((words.get(binId)?.at ?? Number.NEGATIVE_INFINITY) < at) words.set(binId, { binId, at, levelAfter });
    }
  }
  return words;
};

const against = (told: number, seen: number): Doubt => ({
  code: 'sensor-against-crew',
  reason: `the crew left it ${percent(told)} full, its sensor says ${percent(seen)}`,
  reasonVi: `tổ thu gom báo còn ${percent(told)}, cảm biến báo ${percent(seen)}`,
});

/**
 * A bin's fill with what a crew said of it: the crew's word counts for more than the sensor's until the sensor has looked since and agrees,
 * or for half a day; after that the sensor is heard again, and the disagreement stays told.
 */
export const withCrewWord = (fill: FillState, word: CrewWord | undefined, at: number): FillState => {
  if (word === undefined || word.levelAfter === null || word.at > at || at - word.at > LONGEST_SILENCE_MS) return fill;
  const told = { status: 'known', fraction: word.levelAfter, measuredAt: word.at, flag: 1, toldBy: 'crew' } as const;
  if (fill.status === 'no-data' || fill.measuredAt <= word.at) return told;
  const hours = (fill.measuredAt - word.at) / HOUR_MS;
  if (fill.fraction <= word.levelAfter + FEW_BAGS + BUSY_PER_HOUR * hours) return fill;
  const doubt = against(word.levelAfter, fill.fraction);
  return at - word.at <= STANDS_MS ? { ...told, doubt } : { ...fill, flag: 3, doubt };
};
