import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('is less than 150 KB of code bundled, with no package in it', async () => {
  const root = join(import.meta.dirname, '../../../..');
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, 'shared/routing/solver/solve.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    write: false,
  });
  expect(Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'))).toEqual([]);
  expect(outputFiles[0]?.contents.length).toBeLessThan(150_000);
});
