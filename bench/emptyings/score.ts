import { emptyings } from '../../shared/waste/emptyings.ts';
import { type GeneratedHistory, shuffled } from './generate-history.ts';

export type Score = {
  readonly truth: number;
  readonly told: number;
  readonly hits: number;
  readonly compactions: number;
  /** Compactions that were told as emptyings. */
  readonly compactionsTold: number;
};

const HOUR_MS = 3_600_000;
/** An emptying is found when the interval told holds its instant, give or take an hour (a reading lost on either side). */
const NEAR_MS = HOUR_MS;

/** Compares what is told of a bin with its truth; each true emptying is found once at most. The end of the history is not judged. */
export const scoreOf = (history: GeneratedHistory, seed: number): Score => {
  const end = (history.readings.at(-1)?.measuredAt ?? 0) - 3 * HOUR_MS;
  const truth = history.emptyings.filter(({ at }) => at < end);
  const told = emptyings(history.container, shuffled(history.readings, seed)).filter(({ after }) => after < end);
  const open = new Set(truth);
  let hits = 0;
  for (const { after, before } of told) {
    const found = [...open].find(({ at }) => at >= after - NEAR_MS && at <= before + NEAR_MS);
    if (found === undefined) continue;
    open.delete(found);
    hits += 1;
  }
  const compactionsTold = history.compactions.filter(({ at }) =>
    told.some(
      ({ after, before }) =>
        at >= after && at <= before && !truth.some((each) => each.at >= after && each.at <= before),
    ),
  ).length;
  return { truth: truth.length, told: told.length, hits, compactions: history.compactions.length, compactionsTold };
};

export const sumOf = (scores: readonly Score[]): Score =>
  scores.reduce((sum, each) => ({
    truth: sum.truth + each.truth,
    told: sum.told + each.told,
    hits: sum.hits + each.hits,
    compactions: sum.compactions + each.compactions,
    compactionsTold: sum.compactionsTold + each.compactionsTold,
  }));

export const precision = ({ hits, told }: Score): number => hits / told;
export const recall = ({ hits, truth }: Score): number => hits / truth;
