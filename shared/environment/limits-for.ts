import type { Limit } from './limit.ts';
import type { AppliedStandard } from './standards/applied-standard.ts';
import { limitsOfClass, standardOf } from './standards/registry.ts';

type Judged = { readonly kind: 'air' | 'water'; readonly standards?: readonly AppliedStandard[] | undefined };

/**
 * What a station is judged by that names no standards: the national one for air. Of water nobody can know which class a river is of,
 * so a water station is judged by nothing until its city says.
 */
const defaults: Readonly<Record<'air' | 'water', readonly AppliedStandard[]>> = {
  air: [{ standard: 'qcvn05' }],
  water: [],
};

/** The standards of a station, its own or those of its kind. */
export const standardsFor = ({ kind, standards }: Judged): readonly AppliedStandard[] => standards ?? defaults[kind];

const limitsOfChoice = ({ standard: id, class: chosen }: AppliedStandard): readonly Limit[] => {
  const standard = standardOf(id);
  return standard === undefined ? [] : limitsOfClass(standard, chosen);
};

/** Of the limits that a station's standards have, those that judge it and those held back because nobody has verified them. */
export const chosenLimits = (
  station: Judged,
): { readonly applied: readonly Limit[]; readonly unverified: readonly Limit[] } => {
  const applied = new Map<string, Limit>();
  const unverified = new Map<string, Limit>();
  for (const choice of standardsFor(station)) {
    const accepted = new Set(choice.acceptUnverified);
    for (const limit of limitsOfChoice(choice)) {
      (limit.verified || accepted.has(limit.limitId) ? applied : unverified).set(limit.limitId, limit);
    }
  }
  for (const limitId of applied.keys()) unverified.delete(limitId);
  return { applied: [...applied.values()], unverified: [...unverified.values()] };
};

/**
 * The limits that judge a station, of every day: which of them hold on a day, `limitsInForce` says. A limit appears once, however many
 * of the station's standards have it; an unverified one only where the city accepts it by name.
 */
export const limitsFor = (station: Judged): readonly Limit[] => chosenLimits(station).applied;
