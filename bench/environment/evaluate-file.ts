import { existsSync, globSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { evaluateFile } from '../../local/evaluate/evaluate-file.ts';
import { readEvaluateOptions } from '../../local/evaluate/options.ts';

/**
 * `node bench/environment/evaluate-file.ts FOLDER`: how long the evaluation of the folder's first CSV file takes (HealthyAir's
 * `air_quality_hcmc.csv` is meant), all hourly and daily indices and the limits of three standards, and how that grows with the rows.
 * Each size is run three times and the quickest told, in wall and processor time. A machine that does other things shows in the wall time.
 */
const RUNS = 3;
const SHARES = [0.125, 0.25, 0.5, 1];

const [folder] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) throw new Error('Which folder holds the CSV file?');
const [name] = globSync('*.csv', { cwd: folder });
if (name === undefined) throw new Error(`No CSV file in ${folder}`);
const file = join(folder, name);

const measure = async (rows: number | undefined) => {
  const options = readEvaluateOptions([
    file,
    '--standard',
    'qcvn05-2023,qcvn05-2013,who-2021',
    ...(rows === undefined ? [] : ['--rows', String(rows)]),
  ]);
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const { read } = await evaluateFile(options);
  const wall = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { rows: read.rows, wall, cpu: (user + system) / 1_000 };
};

const first = await measure(undefined);
console.log(`${cpus().length} cores, Node ${process.version}; ${name}, ${first.rows} rows`);
console.log(`first run, nothing compiled yet: ${first.wall.toFixed(0)} ms wall, ${first.cpu.toFixed(0)} ms processor`);
for (const share of SHARES) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await measure(Math.round(first.rows * share)));
  const wall = Math.min(...runs.map((run) => run.wall));
  const cpu = Math.min(...runs.map((run) => run.cpu));
  const rows = runs[0]?.rows ?? 0;
  console.log(
    `${String(rows).padStart(8)} rows: ${wall.toFixed(0)} ms wall, ${cpu.toFixed(0)} ms processor, ${((1_000 * cpu) / rows).toFixed(1)} µs a row`,
  );
}
