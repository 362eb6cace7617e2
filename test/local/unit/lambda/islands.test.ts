import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateCity } from '../../../../bench/routing/generate-city.ts';
import { startLambdaRuntime } from '../../../../local/lambda/runtime.ts';
import { launchThread } from '../../../../shared/islands/island-thread.ts';
import { bundleSettings } from '../../../../tools/bundle-settings.ts';

const root = join(import.meta.dirname, '../../../..');
const problem = generateCity({ bins: 20, seed: 1, shift: 'day' });

let folder: string;

/** One ES module, as Lambda and the local city load it. */
const bundle = async (name: string, entry: string): Promise<URL> => {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: bundleSettings.target,
    mainFields: bundleSettings.mainFields,
    banner: { js: bundleSettings.banner },
    logLevel: 'silent',
  });
  return pathToFileURL(outfile);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phosach-islands-'));
});

afterAll(() => rm(folder, { recursive: true }));

describe('islands of a bundled function', () => {
  it('start from the function’s bundle, and end before anything of the handler is evaluated', async () => {
    // The handler refuses to load without its environment, which nobody has set here.
    const url = await bundle('plan-collections', "export { handler } from './functions/plan-collections/handler.ts';");
    await expect(import(url.href)).rejects.toThrow(/Environment variables at fault/);
    const { answer } = launchThread(url)({ problem, options: { seed: 1, iterations: 50 } });
    expect(await answer).toMatchObject({ iterations: 50, routes: expect.any(Array) });
  });

  it('run in the isolates of the local city, which are threads themselves', async () => {
    const url = await bundle(
      'islands',
      `import { solveOnIslands } from './shared/islands/solve-on-islands.ts';
       export const handler = async ({ problem }) => solveOnIslands(problem, { seed: 1, iterations: 50, islands: 3 });`,
    );
    const runtime = startLambdaRuntime(
      {
        islands: {
          handlerUrl: url.href,
          environment: {},
          timeoutSeconds: 30,
          maxConcurrency: 1,
          keepWarm: false,
          heapMb: 256,
        },
      },
      folder,
    );
    try {
      expect(await runtime.invoke('islands', { problem })).toMatchObject({ iterations: 150 });
    } finally {
      await runtime.stop();
    }
  });
});
