import * as z from 'zod';
import { limitsOfClass, standardOf, standards } from './registry.ts';

type Choice = { readonly standard: string; readonly class?: string | undefined };

/** What is wrong with the choice of a standard and its class, in words; `undefined` when nothing is. */
const problemOf = ({ standard: id, class: chosen }: Choice): string | undefined => {
  const standard = standardOf(id);
  if (standard === undefined) {
    return `“${id}” is no standard that we know; known are ${standards.map(({ standardId }) => standardId).join(', ')}`;
  }
  const { classes } = standard;
  if (classes.length === 0) return chosen === undefined ? undefined : `${id} has no classes, “${chosen}” says nothing`;
  if (chosen === undefined) return `${id} needs a class: one of ${classes.join(', ')}`;
  return classes.includes(chosen) ? undefined : `${id} has no class “${chosen}”; it has ${classes.join(', ')}`;
};

const unknownLimits = ({ standard: id, class: chosen }: Choice, limitIds: readonly string[]): readonly string[] => {
  const standard = standardOf(id);
  if (standard === undefined) return [];
  const known = new Set(limitsOfClass(standard, chosen).map(({ limitId }) => limitId));
  return limitIds.filter((limitId) => !known.has(limitId));
};

/**
 * A standard that a station is judged by. Values that nobody has verified are left out unless the city names each of them in
 * `acceptUnverified`; naming one that has been verified since does no harm.
 */
const appliedStandardSchema = z
  .strictObject({
    standard: z.string().max(64),
    class: z.string().max(32).optional(),
    acceptUnverified: z.array(z.string().max(120)).max(200).optional(),
  })
  .superRefine((applied, context) => {
    const problem = problemOf(applied);
    if (problem !== undefined) {
      context.addIssue({ code: 'custom', message: problem });
      return;
    }
    const unknown = unknownLimits(applied, applied.acceptUnverified ?? []);
    if (unknown.length > 0) {
      const of = [applied.standard, ...(applied.class === undefined ? [] : [`class ${applied.class}`])].join(', ');
      const message = `no limit of ${of}: ${unknown.join(', ')}`;
      context.addIssue({ code: 'custom', path: ['acceptUnverified'], message });
    }
  });
export type AppliedStandard = z.infer<typeof appliedStandardSchema>;

const keyOf = ({ standard, class: chosen }: Choice): string => `${standard}~${chosen ?? ''}`;

/** A station's standards: at most one entry for each standard and class. An empty list judges by none. */
export const appliedStandardsSchema = z
  .array(appliedStandardSchema)
  .max(12)
  .refine((list) => new Set(list.map(keyOf)).size === list.length, 'a standard and class named twice');

/** Standards in the list that are not for stations of this kind. */
export const standardsOfOtherKind = (
  kind: 'air' | 'water',
  applied: readonly AppliedStandard[],
): readonly AppliedStandard[] => applied.filter(({ standard }) => (standardOf(standard)?.kind ?? kind) !== kind);
