/**
 * Emptyings found in generated histories whose truth is known: precision and recall, by the sensor's interval.
 *
 *   npm run bench:emptyings -- [--bins 500] [--seed 1]
 */
import { parseArgs } from 'node:util';
import { generateHistory } from './generate-history.ts';
import { precision, recall, type Score, scoreOf, sumOf } from './score.ts';

const { values } = parseArgs({
  options: { bins: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } },
});
const [bins, seed] = [Number(values.bins), Number(values.seed)];
if (!Number.isInteger(bins) || !Number.isInteger(seed) || bins < 1)
  throw new Error('--bins and --seed take whole numbers');

const byInterval = new Map<number, Score[]>();
for (let index = 0; index < bins; index += 1) {
  const history = generateHistory(seed * 100_000 + index);
  const scores = byInterval.get(history.intervalMinutes) ?? [];
  scores.push(scoreOf(history, index));
  byInterval.set(history.intervalMinutes, scores);
}
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const row = (name: string, score: Score): string =>
  `| ${name} | ${score.truth} | ${percent(precision(score))} | ${percent(recall(score))} | ${score.compactionsTold} of ${score.compactions} |`;
console.log('| readings every | emptyings | precision | recall | compactions taken for one |\n|--:|--:|--:|--:|--:|');
for (const [minutes, scores] of [...byInterval].sort(([a], [b]) => a - b))
  console.log(row(`${minutes} min`, sumOf(scores)));
console.log(row('all', sumOf([...byInterval.values()].flat())));
