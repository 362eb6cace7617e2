import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { square } from './square.ts';

const program = join(import.meta.dirname, '../../bench/solve.ts');
const run = promisify(execFile);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'solve-'));
  await writeFile(join(folder, 'square.vrp'), square);
});

afterAll(() => rm(folder, { recursive: true }));

const solve = (...options: string[]) => run(process.execPath, [program, join(folder, 'square.vrp'), ...options]);

describe('the solve command', () => {
  it('prints one JSON line with the cost in the instance’s own convention', async () => {
    const { stdout } = await solve('--iterations', '100', '--check');
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    // 10 + 10 + 14 for two neighbours with the corner between them, 20 for the third alone.
    expect(JSON.parse(stdout)).toMatchObject({
      instance: 'square',
      cost: 54,
      distance: 54,
      vehicles: 2,
      trips: 2,
      iterations: 100,
      feasible: true,
    });
  });

  it('writes CVRPLIB’s solution format, or everything as JSON, by the name of the file', async () => {
    await solve('--iterations', '100', '--out', join(folder, 'square.sol'));
    expect(await readFile(join(folder, 'square.sol'), 'utf8')).toMatch(
      /^Route #1: [\d ]+\nRoute #2: [\d ]+\nCost 54\n$/,
    );
    await solve('--seconds', '0.1', '--out', join(folder, 'square.json'));
    const whole = JSON.parse(await readFile(join(folder, 'square.json'), 'utf8'));
    expect(whole).toMatchObject({ unserved: [], cost: { total: 54 } });
  });

  it('searches on several islands and finds the same again', async () => {
    const [first, again] = [
      JSON.parse((await solve('--iterations', '50', '--islands', '2')).stdout),
      JSON.parse((await solve('--iterations', '50', '--islands', '2')).stdout),
    ];
    expect(first).toMatchObject({ cost: 54, iterations: 100, feasible: true });
    expect(again.cost).toBe(first.cost);
    await expect(solve('--islands', '0')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/--islands must be/),
    });
  });

  it('says what is wrong and fails, rather than guess', async () => {
    await expect(solve('--seconds', 'soon')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/--seconds must be a number/),
    });
    await expect(run(process.execPath, [program, join(folder, 'none.vrp')])).rejects.toMatchObject({ code: 1 });
  });
});
