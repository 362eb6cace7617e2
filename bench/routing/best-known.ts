import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import * as z from 'zod';
import type { Objective } from '../instances/objective.ts';

/** The best answer that somebody published, in the instance's own unit. */
export type BestKnown = { readonly cost: number; readonly vehicles?: number };

/**
 * Miles and vehicles of B.-I. Kim, S. Kim and S. Sahoo, Computers & Operations Research 33 (2006) 3624–3642, by the number in the
 * file's name; only figures that we could check.
 */
const KIM: Readonly<Record<string, BestKnown>> = {
  102: { cost: 205.1, vehicles: 3 },
  277: { cost: 527.3, vehicles: 3 },
  335: { cost: 205.0, vehicles: 6 },
  444: { cost: 87.0, vehicles: 11 },
  804: { cost: 769.5, vehicles: 5 },
};

/** VROOM's list for Solomon's and Homberger's instances: by name, both objectives. */
const listSchema = z.record(
  z.string(),
  z.object({ best_known_cost: z.number(), solved_with_vehicles: z.number().optional() }),
);

const textOf = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

const fromSolution = (text: string): BestKnown | undefined => {
  const cost = Number(/^Cost:?\s+(\S+)/m.exec(text)?.[1]);
  if (!Number.isFinite(cost)) return undefined;
  return { cost, vehicles: [...text.matchAll(/^Route #\d+:[ \t]*\S/gm)].length };
};

const fromList = (text: string, name: string, objective: Objective): BestKnown | undefined => {
  const list = listSchema.parse(JSON.parse(text));
  const entry = list[objective === 'distance-only' ? `${name}_distance` : name];
  if (entry === undefined) return undefined;
  const vehicles = entry.solved_with_vehicles;
  return { cost: entry.best_known_cost, ...(vehicles !== undefined && { vehicles }) };
};

/**
 * The best known answer for an instance file: a `.sol` of the same name beside it, an entry of `BKS.json` in its folder, or Kim et
 * al.'s table; `undefined` where nobody says.
 * @throws Error when `BKS.json` is no such list.
 */
export const bestKnownFor = async (file: string, objective: Objective): Promise<BestKnown | undefined> => {
  const name = basename(file, extname(file));
  const solution = await textOf(join(dirname(file), `${name}.sol`));
  const known = solution === undefined ? undefined : fromSolution(solution);
  if (known !== undefined) return known;
  const list = await textOf(join(dirname(file), 'BKS.json'));
  const listed = list === undefined ? undefined : fromList(list, name, objective);
  return listed ?? KIM[/^(\d+)_stop/.exec(name)?.[1] ?? ''];
};

/**
 * The best known answer in the unit of ours. Some solutions of the HFVRP collection state their cost in a smaller unit than the
 * others (X627-HVRP in 10⁻⁵): whole powers of ten between the two are no gap.
 */
export const inUnitOf = (cost: number, best: BestKnown): BestKnown => {
  const power = Math.round(Math.log10(best.cost / cost));
  return power >= 2 ? { ...best, cost: best.cost / 10 ** power } : best;
};

/** How much dearer an answer is than the best known, in per cent. */
export const gapPercent = (cost: number, best: number): number => (100 * (cost - best)) / best;
