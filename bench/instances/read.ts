import { validateProblem } from '../../shared/routing/validate-problem.ts';
import { type Instance, totalDistance } from './instance.ts';
import { readKim } from './kim.ts';
import { cutMatrices } from './matrix-text.ts';
import { readSolomon } from './solomon.ts';
import { readVrplib } from './vrplib.ts';

const MATRICES = ['distanceMetres', 'durationSeconds'] as const;

/**
 * A collection problem in our own JSON: cost and distance as the solver counts them. The matrices are read on their own
 * (`matrix-text.ts`), the rest by JSON.parse.
 * @throws InvalidProblemError that names the fields at fault.
 */
export const readJson = (bytes: Uint8Array): Instance => {
  const { rest, matrices } = cutMatrices(bytes, MATRICES);
  return {
    kind: 'JSON',
    problem: validateProblem({ ...JSON.parse(rest), ...Object.fromEntries(matrices) }),
    report: (solution) => ({ cost: solution.cost.total, distance: totalDistance(solution) }),
  };
};

const beginsAsObject = (bytes: Uint8Array): boolean => /^\s*\{/.test(Buffer.from(bytes.subarray(0, 256)).toString());

/**
 * Reads an instance in any of the formats we know, told apart by what stands in it; `name` serves where the file has none.
 * @throws Error when none fits, or the file breaks its format.
 */
export const readInstance = (file: string | Uint8Array, name: string): Instance => {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  if (beginsAsObject(bytes)) return readJson(bytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (/^DIMENSION\s*:/m.test(text)) return readVrplib(text);
  if (/^CUSTOMER/m.test(text) && /^VEHICLE/m.test(text)) return readSolomon(text);
  if (/Stop_Type|vehicle capacity \(yards\)/i.test(text)) return readKim(text, name);
  throw new Error(`${name}: neither a collection problem as JSON, nor VRPLIB, Solomon or Kim et al.`);
};
