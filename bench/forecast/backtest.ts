/**
 * Rolling-origin backtest of the fill forecast against "last value + mean slope" and the seasonal naive: on a folder with
 * Edinburgh's collections.csv where one is named, and on simulated bins whose truth is known.
 *
 *   npm run backtest -- [FOLDER] [--seeds 1,2,3]
 */
import { parseArgs } from 'node:util';
import { backtestCollections } from './backtest-collections.ts';
import { backtestSimulated } from './backtest-simulated.ts';
import { readEdinburgh } from './edinburgh.ts';
import type { Scores } from './scores.ts';
import { updateCost } from './update-cost.ts';

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

const print = (title: string, rows: readonly (Scores & { readonly method: string })[]): void => {
  console.log(`\n${title}: ${rows[0]?.forecasts} forecasts, time to a level known in ${rows[0]?.times}\n`);
  console.log('| method | pinball | MAE of fill | MAE of time | 50 % | 80 % | 95 % |');
  console.log('|---|--:|--:|--:|--:|--:|--:|');
  for (const { method, pinball, fillError, timeError, cover50, cover80, cover95 } of rows) {
    const errors = `${pinball.toFixed(4)} | ${percent(fillError)} | ${timeError.toFixed(1)} h`;
    console.log(`| ${method} | ${errors} | ${percent(cover50)} | ${percent(cover80)} | ${percent(cover95)} |`);
  }
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string', default: '1,2,3' } },
});
const [folder] = positionals;
const seeds = values.seeds.split(',').map(Number);
if (!seeds.every(Number.isInteger)) throw new Error(`--seeds takes whole numbers with commas between: ${values.seeds}`);

if (folder !== undefined)
  print('Edinburgh, from one collection to the next', backtestCollections(readEdinburgh(folder)));
for (const { title, rows } of backtestSimulated(seeds)) print(title, rows);
console.log(`\n${updateCost()}`);
