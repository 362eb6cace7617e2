import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundleSettings } from '../../tools/bundle-settings.ts';
import { callerOf } from '../support/api-gateway.ts';

const root = join(import.meta.dirname, '../..');

/** Bundled into one ES module, as it is deployed: some packages load from source and break only there. */
describe('Deployed as one file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'phosach-bundle-'));
    const environment = {
      CITY_ID: 'tdm',
      TABLE_NAME: 'phosach',
      READING_STORE: 'dynamodb',
      READINGS_TABLE_NAME: 'readings',
      PLAN_QUEUE_URL: 'http://localhost/plans',
      EPISODE_QUEUE_URL: 'http://localhost/episodes',
      CREW_PHOTO_BUCKET: 'photos',
      AWS_REGION: 'ap-southeast-2',
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  });
  const bundled = async (entry: string) => {
    const outfile = join(folder, `${entry.replaceAll('/', '-')}.mjs`);
    await build({
      entryPoints: [join(root, entry)],
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
    return import(pathToFileURL(outfile).href);
  };
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['operations-api', '/api/v1'],
    ['open-data-api', '/open/v1'],
    ['features-api', '/ogc'],
    ['ngsi-ld-api', '/ngsi-ld/v1'],
    ['reports-api', '/api/v1/reports'],
    ['registry-api', '/api/v1/registry'],
  ])('%s loads and describes itself', async (name, basePath) => {
    const { handler } = await bundled(`functions/${name}/handler.ts`);
    const answer = await callerOf(handler)({ url: `${basePath}/openapi.json` });
    expect(JSON.parse(answer.body)).toMatchObject({ openapi: '3.1.0', servers: [{ url: basePath }] });
  });

  it('the printer has its fonts and data with it', async () => {
    const { printPdf } = await bundled('shared/printing/print-pdf.ts');
    const svg = '<svg viewBox="0 0 50 10"><text x="0" y="8" font-family="Roboto">ặ</text></svg>';
    const bytes = await printPdf({ content: ['Bụi PM2,5', { svg }] });
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('sensorthings-api loads and lists its sets', async () => {
    const { handler } = await bundled('functions/sensorthings-api/handler.ts');
    const answer = await callerOf(handler)({ url: '/sta/v1.1' });
    expect(JSON.parse(answer.body).value).toHaveLength(8);
  });
});
