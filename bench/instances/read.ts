import { collectionProblemSchema } from '../../shared/routing/problem.ts';
import { type Instance, totalDistance } from './instance.ts';
import { readKim } from './kim.ts';
import { readSolomon } from './solomon.ts';
import { readVrplib } from './vrplib.ts';

/** A collection problem in our own JSON: cost and distance as the solver counts them. */
export const readJson = (text: string): Instance => ({
  problem: collectionProblemSchema.parse(JSON.parse(text)),
  report: (solution) => ({ cost: solution.cost.total, distance: totalDistance(solution) }),
});

/**
 * Reads an instance in any of the formats we know, told apart by what stands in it; `name` serves where the file has none.
 * @throws Error when none fits, or the file breaks its format.
 */
export const readInstance = (text: string, name: string): Instance => {
  if (text.trimStart().startsWith('{')) return readJson(text);
  if (/^DIMENSION\s*:/m.test(text)) return readVrplib(text);
  if (/^CUSTOMER/m.test(text) && /^VEHICLE/m.test(text)) return readSolomon(text);
  if (/Stop_Type|vehicle capacity \(yards\)/i.test(text)) return readKim(text, name);
  throw new Error(`${name}: neither a collection problem as JSON, nor VRPLIB, Solomon or Kim et al.`);
};
