import { type BestKnown, gapPercent, inUnitOf } from './best-known.ts';
import type { Outcome } from './run-instance.ts';

/** One line of the table: one instance with one budget, over all seeds. */
export type Row = {
  readonly instance: string;
  readonly kind: string;
  readonly budgetSeconds: number;
  /** Mean over the seeds, as all figures below. */
  readonly cost: number;
  readonly bestKnown?: BestKnown;
  readonly gapPercent?: number;
  readonly worstGapPercent?: number;
  readonly vehicles: number;
  readonly seconds: number;
  readonly iterationsPerSecond: number;
  /** Largest over the seeds. */
  readonly peakRssMb: number;
  /** Every seed's answer passed the independent checker and left no stop out that must be served. */
  readonly feasible: boolean;
  readonly faults: readonly string[];
};

export type Family = {
  readonly kind: string;
  readonly budgetSeconds: number;
  readonly instances: number;
  readonly meanGapPercent: number;
  readonly worstGapPercent: number;
  /** Vehicles beyond the best known numbers, summed over the instances that say theirs. */
  readonly vehiclesOverBest: number;
};

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Joins what came of the seeds of one instance and budget. */
export const summarize = (name: string, outcomes: readonly Outcome[], published: BestKnown | undefined): Row => {
  const answers = outcomes.flatMap(({ answer }) => answer ?? []);
  const of = (pick: (answer: (typeof answers)[number]) => number): number => mean(answers.map(pick));
  const cost = of((answer) => answer.cost);
  const bestKnown = published && answers.length > 0 ? inUnitOf(cost, published) : published;
  const gaps = bestKnown === undefined ? [] : answers.map((answer) => gapPercent(answer.cost, bestKnown.cost));
  return {
    instance: name,
    kind: answers[0]?.kind ?? 'no answer',
    budgetSeconds: outcomes[0]?.task.seconds ?? 0,
    cost,
    ...(bestKnown !== undefined && { bestKnown }),
    ...(gaps.length > 0 && { gapPercent: mean(gaps), worstGapPercent: Math.max(...gaps) }),
    vehicles: of(({ vehicles }) => vehicles),
    seconds: of(({ seconds }) => seconds),
    iterationsPerSecond: of(({ iterations, seconds }) => iterations / Math.max(seconds, 1e-3)),
    peakRssMb: Math.max(0, ...answers.map(({ peakRssMb }) => peakRssMb)),
    feasible: outcomes.every(({ answer }) => answer?.feasible === true),
    faults: outcomes.flatMap(({ faults }) => faults),
  };
};

/** Mean gaps by family and budget, of the instances with a best known answer. */
export const familiesOf = (rows: readonly Row[]): Family[] => {
  const groups = Map.groupBy(rows, ({ kind, budgetSeconds }) => `${kind}\n${budgetSeconds}`);
  return [...groups.values()].flatMap((group) => {
    const gaps = group.flatMap((row) => row.gapPercent ?? []);
    const [first] = group;
    if (first === undefined || gaps.length === 0) return [];
    return {
      kind: first.kind,
      budgetSeconds: first.budgetSeconds,
      instances: gaps.length,
      meanGapPercent: mean(gaps),
      worstGapPercent: Math.max(...group.flatMap((row) => row.worstGapPercent ?? [])),
      vehiclesOverBest: group.reduce(
        (sum, { vehicles, bestKnown }) => sum + Math.max(0, vehicles - (bestKnown?.vehicles ?? vehicles)),
        0,
      ),
    };
  });
};
