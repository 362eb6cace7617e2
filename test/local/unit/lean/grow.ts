import { writeSync } from 'node:fs';
import { getHeapSpaceStatistics } from 'node:v8';
import { isMainThread, resourceLimits, Worker, workerData } from 'node:worker_threads';
import { becomeLean, SMALL_YOUNG_GENERATION } from '../../../../local/lean-process.ts';

/**
 * Keeps what is new for a while, so that the young generation grows as far as it may; answers how large it mostly is, in megabytes.
 * Not how large it ever was: while it is collected, helper threads hold pages of their own beside it, as many as they happen to need.
 */
const grow = (): number => {
  let kept: object[] = [];
  const sizes: number[] = [];
  for (let made = 0; made < 2_000_000; made += 1) {
    kept.push({ made });
    if (kept.length > 200_000) kept = [];
    if (made % 50_000 === 0) {
      const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
      sizes.push(space?.space_size ?? Number.POSITIVE_INFINITY);
    }
  }
  return (sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)] as number) / 1_000_000;
};

const start = (name: string, limits: object): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: name, resourceLimits: limits });
    worker.once('exit', resolve).once('error', reject);
  });

if (isMainThread) {
  becomeLean();
  writeSync(1, `main ${grow()}\n`);
  await start('small', SMALL_YOUNG_GENERATION);
  await start('large', { maxYoungGenerationSizeMb: 48 });
} else {
  writeSync(1, `${workerData} ${grow()} ${resourceLimits.maxYoungGenerationSizeMb}\n`);
}
