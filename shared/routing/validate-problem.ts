import { assertValid, InvalidProblemError } from './assert-valid.ts';
import { type CollectionProblem, collectionProblemSchema } from './problem.ts';
import { faultList } from './validation/faults.ts';

export { assertValid, InfeasibleProblemError, InvalidProblemError, type ProblemFault } from './assert-valid.ts';

/**
 * Makes a collection problem of what came from outside, without copying its matrices.
 * @throws InvalidProblemError that names up to a hundred faults.
 */
export const validateProblem = (input: unknown): CollectionProblem => {
  const parsed = collectionProblemSchema.safeParse(input);
  if (!parsed.success) {
    const { faults, report } = faultList();
    for (const { path, message } of parsed.error.issues) report(path, message);
    throw new InvalidProblemError(faults);
  }
  assertValid(parsed.data);
  return parsed.data;
};
