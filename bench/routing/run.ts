import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { objectiveOf, objectiveOptions } from '../instances/objective.ts';
import { bestKnownFor } from './best-known.ts';
import { findInstances } from './find-instances.ts';
import { type Outcome, runInstance } from './run-instance.ts';
import { familiesOf, type Row, summarize } from './summary.ts';
import { familyTable, tableHead, tableLine, toMarkdown } from './table.ts';

/**
 * `npm run bench:routing -- FOLDER... [--seconds S,S2] [--seeds K] [--vehicles-first | --distance-only] [--json F] [--markdown F]`:
 * solves every instance found, one after the other, each on one thread in a process of its own, and prints how far the answers
 * are from the best known. Exit code 1 when an answer is infeasible or missing.
 */
const USAGE =
  'bench:routing FOLDER... [--seconds S,S2] [--seeds K] [--vehicles-first | --distance-only] [--json F] [--markdown F]';

const readArguments = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '10' },
      seeds: { type: 'string', default: '1' },
      ...objectiveOptions,
      json: { type: 'string' },
      markdown: { type: 'string' },
    },
  });
  const budgets = values.seconds.split(',').map(Number);
  const seeds = Number(values.seeds);
  if (positionals.length === 0) throw new Error(`Which instances? ${USAGE}`);
  if (!budgets.every((seconds) => seconds > 0)) throw new Error('--seconds takes numbers above 0, with commas between');
  if (!(Number.isInteger(seeds) && seeds > 0)) throw new Error('--seeds takes a whole number of at least 1');
  const objective = objectiveOf(values);
  return { places: positionals, budgets, seeds, objective, json: values.json, markdown: values.markdown };
};

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const main = async (): Promise<void> => {
  const { places, budgets, seeds, objective, json, markdown } = readArguments();
  const files = await findInstances(places);
  if (files.length === 0) throw new Error(`No instances in ${places.join(', ')}`);
  const rows: Row[] = [];
  const runs: Outcome[] = [];
  print(tableHead());
  for (const seconds of budgets) {
    for (const file of files) {
      const outcomes: Outcome[] = [];
      for (let seed = 1; seed <= seeds; seed++) outcomes.push(await runInstance({ file, seconds, seed, objective }));
      const row = summarize(basename(file, extname(file)), outcomes, await bestKnownFor(file, objective));
      rows.push(row);
      runs.push(...outcomes);
      print(tableLine(row));
      for (const fault of row.faults) process.stderr.write(`  ${row.instance}: ${fault}\n`);
    }
  }
  const families = familiesOf(rows);
  print(`\n${familyTable(families)}`);
  if (json !== undefined)
    await writeFile(json, `${JSON.stringify({ objective, rows, families, runs }, undefined, 2)}\n`);
  if (markdown !== undefined) await writeFile(markdown, toMarkdown(rows, families));
  if (rows.some(({ feasible }) => !feasible)) process.exitCode = 1;
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
