import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { validateProblem } from '../../shared/routing/validate-problem.ts';
import { type ByteSource, bytesInMemory, bytesOfFile } from './byte-source.ts';
import { type Instance, totalDistance } from './instance.ts';
import { readKim } from './kim.ts';
import { cutMatrices } from './matrix-text.ts';
import { readSolomon } from './solomon.ts';
import { readVrplib } from './vrplib.ts';

/**
 * A collection problem in our own JSON: cost and distance as the solver counts them. The matrices are read on their own
 * (`matrix-text.ts`), the rest by JSON.parse.
 * @throws InvalidProblemError that names the fields at fault.
 */
export const readJson = (source: ByteSource): Instance => {
  const { rest, matrices } = cutMatrices(source, ['distanceMetres', 'durationSeconds']);
  return {
    kind: 'JSON',
    problem: validateProblem({ ...JSON.parse(rest), ...Object.fromEntries(matrices) }),
    report: (solution) => ({ cost: solution.cost.total, distance: totalDistance(solution) }),
  };
};

const isObject = (text: string): boolean => /^\s*\{/.test(text);

/**
 * Reads an instance in any of the formats we know, told apart by what stands in it; `name` serves where the file has none.
 * @throws Error when none fits, or the file breaks its format.
 */
export const readInstance = (text: string, name: string): Instance => {
  if (isObject(text)) return readJson(bytesInMemory(Buffer.from(text)));
  if (/^DIMENSION\s*:/m.test(text)) return readVrplib(text);
  if (/^CUSTOMER/m.test(text) && /^VEHICLE/m.test(text)) return readSolomon(text);
  if (/Stop_Type|vehicle capacity \(yards\)/i.test(text)) return readKim(text, name);
  throw new Error(`${name}: neither a collection problem as JSON, nor VRPLIB, Solomon or Kim et al.`);
};

const HEAD_BYTES = 256;

/** The same for a file, without having the whole of a JSON text in memory. */
export const readInstanceFile = (file: string): Instance => {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const length = readSync(descriptor, head, 0, HEAD_BYTES, 0);
    if (isObject(head.toString('utf8', 0, length))) return readJson(bytesOfFile(descriptor));
    return readInstance(readFileSync(file, 'utf8'), basename(file, extname(file)));
  } finally {
    closeSync(descriptor);
  }
};
