import type { CollectionProblem } from './problem.ts';
import { checkDaySoFar } from './validation/day-so-far.ts';
import { faultList, type ProblemFault } from './validation/faults.ts';
import { checkFigures } from './validation/figures.ts';
import { checkMatrices } from './validation/matrices.ts';
import { checkReferences } from './validation/references.ts';

/** What the optimizer asks of a problem it is handed, without the schema: no dependency comes with it. */

export type { ProblemFault } from './validation/faults.ts';

const inWords = (problems: readonly ProblemFault[]): string =>
  problems.map(({ pointer, detail }) => `${pointer} ${detail}`.trim()).join('; ');

/** The input is no collection problem. `problems` names each place at fault, as RFC 9457 does in its `errors` member. */
export class InvalidProblemError extends Error {
  override readonly name = 'InvalidProblemError';
  readonly problems: readonly ProblemFault[];
  constructor(problems: readonly ProblemFault[]) {
    super(inWords(problems));
    this.problems = problems;
  }
}

/**
 * The problem is sound, but it holds a vehicle to something that no plan can keep: from where its `done` visits have brought it,
 * it cannot serve its `committed` stops, empty and be home within its shift.
 */
export class InfeasibleProblemError extends Error {
  override readonly name = 'InfeasibleProblemError';
  readonly problems: readonly ProblemFault[];
  constructor(problems: readonly ProblemFault[]) {
    super(inWords(problems));
    this.problems = problems;
  }
}

/**
 * Checks what the type cannot say: sizes of the matrices, finite figures, indices and ids that exist, windows and slots in order,
 * histories without contradictions. Takes milliseconds for thousands of locations.
 * @throws InvalidProblemError that names up to a hundred faults.
 */
export const assertValid = (problem: CollectionProblem): void => {
  const { faults, report } = faultList();
  checkMatrices(problem, report);
  checkFigures(problem, report);
  checkReferences(problem, report);
  checkDaySoFar(problem, report);
  if (faults.length > 0) throw new InvalidProblemError(faults);
};
