import type { FieldError } from '../../api/problem.ts';
import type { FleetWords } from '../../i18n/fleet-words.ts';
import type { TypedFault } from './draft.ts';

/** What was typed and is no value, as faults in the reader's words. */
export const typedErrors = (faults: readonly TypedFault[], w: FleetWords): readonly FieldError[] =>
  faults.map(({ field, words }) => ({ field, message: w.typed[words], messageVi: w.typed[words] }));
