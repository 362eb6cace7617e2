/**
 * Policies over simulated weeks of a city: an independent replay of the true fill counts what each did.
 *
 *   npm run simulate -- --weeks 8 --policy fixed,select,select:200@3,ours@3 --city groningen --seed 1 [--out FOLDER]
 *   npm run simulate -- --city malaga --data FOLDER
 *   npm run simulate -- --from FILE,FILE --city groningen --out FOLDER: earlier runs' JSON in one table and picture
 *
 * Progress goes to stderr, the table to stdout; with --out also CITY.json and CITY.svg.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SimulatedCity } from './city.ts';
import { demo } from './demo.ts';
import type { Figures } from './figures.ts';
import { groningen } from './groningen.ts';
import { malaga } from './malaga.ts';
import { plotOf } from './plot.ts';
import { contestantOf } from './policies.ts';
import { type Settings, simulate } from './simulate.ts';
import { tableOf } from './table.ts';

const cityOf = async (name: string, folder: string | undefined, seed: number): Promise<SimulatedCity> => {
  if (name === 'groningen') return groningen(seed);
  if (name === 'demo') return demo(seed);
  if (name !== 'malaga') throw new Error(`There is no city ${name}: groningen, malaga or demo`);
  if (folder === undefined)
    throw new Error('--city malaga needs --data FOLDER with malaga_underground_containers.geojson');
  return malaga(folder, seed);
};

const wholeNumber = (name: string, text: string, least: number): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Error(`--${name} takes a whole number from ${least}: ${text}`);
  return value;
};

const { values } = parseArgs({
  options: {
    weeks: { type: 'string', default: '8' },
    'warm-up': { type: 'string', default: '3' },
    policy: { type: 'string', default: 'fixed,select,ours' },
    city: { type: 'string', default: 'groningen' },
    data: { type: 'string' },
    seed: { type: 'string', default: '1' },
    iterations: { type: 'string', default: '30000' },
    'day-variation': { type: 'string' },
    from: { type: 'string' },
    out: { type: 'string' },
  },
});

const tell = (text: string): void => {
  process.stderr.write(text);
};

type Run = Figures & { readonly seed: number };

const simulateAll = async (seeds: readonly number[], common: Omit<Settings, 'seed'>): Promise<readonly Run[]> => {
  const runs: Run[] = [];
  for (const seed of seeds) {
    const plain = await cityOf(values.city, values.data, seed);
    const variation = values['day-variation'] === undefined ? plain.dayVariation : Number(values['day-variation']);
    if (!(variation >= 0 && variation < 2)) throw new Error(`--day-variation takes 0 to 2: ${values['day-variation']}`);
    for (const text of values.policy.split(',')) {
      const { city, policy } = contestantOf(text, { ...plain, dayVariation: variation });
      const progress = (night: number, of: number): void =>
        tell(`\rseed ${seed}, ${policy.name}: night ${night} of ${of}${night === of ? '\n' : ''}`);
      runs.push({ seed, ...common, ...(await simulate(city, policy, { ...common, seed }, progress)) });
    }
  }
  return runs;
};

const readRuns = async (files: readonly string[]): Promise<readonly Run[]> =>
  (await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8'))))).flatMap(({ runs }) => runs);

const main = async (): Promise<void> => {
  const runs =
    values.from === undefined
      ? await simulateAll(
          values.seed.split(',').map((text) => wholeNumber('seed', text, 0)),
          {
            weeks: wholeNumber('weeks', values.weeks, 1),
            warmUpWeeks: wholeNumber('warm-up', values['warm-up'], 0),
            iterations: wholeNumber('iterations', values.iterations, 0),
          },
        )
      : await readRuns(values.from.split(','));
  console.log(tableOf(runs));
  if (values.out === undefined) return;
  await mkdir(values.out, { recursive: true });
  await writeFile(join(values.out, `${values.city}.json`), `${JSON.stringify({ runs }, null, 1)}\n`);
  await writeFile(join(values.out, `${values.city}.svg`), plotOf(values.city, runs));
};

try {
  await main();
} catch (error) {
  tell(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
