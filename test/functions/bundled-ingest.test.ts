import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { openSandboxThread } from '../../shared/sandbox/sandbox-thread.ts';
import { bundleSettings } from '../../tools/bundle-settings.ts';
import { airScript } from '../shared/telemetry/scripted-codecs/scripts.ts';

const root = join(import.meta.dirname, '../..');

/** Bundled into one ES module, as it is deployed: the thread of the scripts has to find itself in it. */
describe('ingest-uplinks deployed as one file', () => {
  let folder: string;
  let bundle: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'phosach-bundle-'));
    bundle = join(folder, 'ingest-uplinks.mjs');
    await build({
      // The handler's own imports and order, and the sandbox's door, which the handler keeps to itself.
      stdin: {
        contents:
          "export { handler } from './functions/ingest-uplinks/handler.ts'; export { openSandboxThread } from './shared/sandbox/sandbox-thread.ts';",
        resolveDir: root,
        loader: 'ts',
      },
      outfile: bundle,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      target: bundleSettings.target,
      mainFields: bundleSettings.mainFields,
      banner: { js: bundleSettings.banner },
      logLevel: 'silent',
    });
    const environment = {
      CITY_ID: 'tdm',
      TABLE_NAME: 'phosach',
      READING_STORE: 'dynamodb',
      READINGS_TABLE_NAME: 'readings',
      REFUSED_QUEUE_URL: 'http://localhost/refused',
      EPISODE_QUEUE_URL: 'http://localhost/episodes',
      AWS_REGION: 'ap-southeast-2',
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('runs scripts in a thread that starts from the bundle and goes no further in it than the sandbox', async () => {
    const { openSandboxThread: open }: { openSandboxThread: typeof openSandboxThread } = await import(
      pathToFileURL(bundle).href
    );
    // The thread has no environment: had it gone on to the handler, that would have missed its variables and ended it.
    const call = { script: airScript, version: '1', bytes: Uint8Array.of(1, 44, 1, 5, 80), fPort: 2, receivedAt: 0 };
    expect(await open().run([call])).toEqual([
      { ok: true, data: { air: { pm25: 30, temp: '26.1' }, battery: 80 }, warnings: [] },
    ]);
  });
});
