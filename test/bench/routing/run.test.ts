import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { square } from '../square.ts';

const program = join(import.meta.dirname, '../../../bench/routing/run.ts');
const run = promisify(execFile);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-routing-'));
  await writeFile(join(folder, 'square.vrp'), square);
  await writeFile(join(folder, 'square.sol'), 'Route #1: 1 2\nRoute #2: 3\nCost 54\n');
});

afterAll(() => rm(folder, { recursive: true }));

const bench = (...options: string[]) => run(process.execPath, [program, folder, '--seconds', '0.1', ...options]);

describe('the routing benchmark', () => {
  it('prints each instance with its gap, and writes the same as JSON and Markdown', async () => {
    const json = join(folder, 'out.results');
    const { stdout } = await bench('--seeds', '2', '--json', json, '--markdown', `${json}.md`);
    expect(stdout).toMatch(/^square +CVRP +0\.1 +54\.00 +54\.00 +0\.000 +0\.000 +2 \/ 2 .* yes$/m);
    const { rows, families, runs } = JSON.parse(await readFile(json, 'utf8'));
    expect(rows).toMatchObject([{ instance: 'square', gapPercent: 0, feasible: true }]);
    expect(families).toMatchObject([{ kind: 'CVRP', meanGapPercent: 0 }]);
    expect(runs).toHaveLength(2);
    expect(await readFile(`${json}.md`, 'utf8')).toMatch(/^\| square \| CVRP \|/m);
  });

  it('fails when an instance cannot be solved as it must', async () => {
    await writeFile(
      join(folder, 'hopeless.vrp'),
      square.replace('CAPACITY : 2', 'CAPACITY : 0').replace('square', 'no'),
    );
    const failed = bench();
    await expect(failed).rejects.toMatchObject({ code: 1 });
    await expect(failed).rejects.toMatchObject({ stdout: expect.stringMatching(/^hopeless .* NO$/m) });
    await rm(join(folder, 'hopeless.vrp'));
  });

  it('says what it cannot make sense of', async () => {
    await expect(bench('--seeds', '0')).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/--seeds/) });
    await expect(bench('--vehicles-first', '--distance-only')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not both/),
    });
  });
});
