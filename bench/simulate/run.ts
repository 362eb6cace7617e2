/**
 * Policies over simulated weeks of a city: an independent replay of the true fill counts what each did.
 *
 *   npm run simulate -- --weeks 8 --policy fixed,select,select:200@3,ours@3 --city groningen --seed 1 [--out FOLDER]
 *   npm run simulate -- --city malaga|malaga-published --data FOLDER
 *   npm run simulate -- --city malaga --data FOLDER --fastest 0.5 --risk 0.01: no bin fills by more capacities a day; a night's risk
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
import { malaga, malagaByPublishedRules } from './malaga.ts';
import { plotOf } from './plot.ts';
import { contestantOf } from './policies.ts';
import { type Settings, simulate } from './simulate.ts';
import { tableOf } from './table.ts';

const cityOf = async (name: string, folder: string | undefined, seed: number): Promise<SimulatedCity> => {
  if (name === 'groningen') return groningen(seed);
  if (name === 'demo') return demo(seed);
  if (name !== 'malaga' && name !== 'malaga-published')
    throw new Error(`There is no city ${name}: groningen, malaga, malaga-published or demo`);
  if (folder === undefined)
    throw new Error(`--city ${name} needs --data FOLDER with malaga_underground_containers.geojson`);
  return name === 'malaga' ? malaga(folder, seed) : malagaByPublishedRules(folder, seed);
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
    fastest: { type: 'string' },
    risk: { type: 'string' },
    from: { type: 'string' },
    out: { type: 'string' },
  },
});

const tell = (text: string): void => {
  process.stderr.write(text);
};

/** The city with what the command line says of its bins: how fast the fastest fills, and the risk that each may run a night. */
const asked = (city: SimulatedCity): SimulatedCity => {
  const [fastest, risk] = [Number(values.fastest ?? Number.POSITIVE_INFINITY), values.risk && Number(values.risk)];
  if (!(fastest > 0)) throw new Error(`--fastest takes capacities a day: ${values.fastest}`);
  if (typeof risk === 'number' && !(risk >= 1e-6 && risk <= 0.5))
    throw new Error(`--risk takes 0.000001 to 0.5: ${values.risk}`);
  return {
    ...city,
    sources: city.sources.map((source) => ({ ...source, perDay: Math.min(fastest, source.perDay) })),
    bins:
      typeof risk === 'number'
        ? city.bins.map((bin) => ({ ...bin, service: { ...bin.service, overflowProbability: risk } }))
        : city.bins,
  };
};

type Run = Figures & { readonly seed: number };

const simulateAll = async (seeds: readonly number[], common: Omit<Settings, 'seed'>): Promise<readonly Run[]> => {
  const runs: Run[] = [];
  for (const seed of seeds) {
    const plain = asked(await cityOf(values.city, values.data, seed));
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
