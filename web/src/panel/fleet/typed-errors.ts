import type { FieldError, Problem } from '../../api/problem.ts';
import type { FleetWords } from '../../i18n/fleet-words.ts';
import type { TypedFault } from './draft.ts';

/** What was typed and is no value, as faults in the reader's words. */
export const typedErrors = (faults: readonly TypedFault[], w: FleetWords): readonly FieldError[] =>
  faults.map(({ field, words }) => ({ field, message: w.typed[words], messageVi: w.typed[words] }));

const INVALID = 400;

/** What is wrong with which field of what was sent; nothing where it was refused for another reason. */
export const fieldErrorsOf = (problem: Problem): readonly FieldError[] =>
  problem.kind === 'refused' && problem.status === INVALID ? (problem.errors ?? []) : [];
