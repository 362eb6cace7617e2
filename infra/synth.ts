import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { ensureConsoleBuilt } from '../tools/build-console.ts';
import { addCity } from './city-app.ts';

/** `npm run synth`: the stack with either reading store, every validation on; a finding ends it with an error. */
const root = join(import.meta.dirname, '..');
const { context } = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));

await ensureConsoleBuilt();
for (const readingStore of ['timestream', 'dynamodb']) {
  const app = new App({
    outdir: join(root, 'cdk.out', readingStore),
    // With everything that a city may choose to have.
    context: {
      ...context,
      readingStore,
      contextOrigins: 'https://ioc.example.vn',
      webhookOrigins: 'https://erp.example.vn',
    },
    analyticsReporting: false,
  });
  const stack = addCity(app);
  app.synth();
  process.stdout.write(`${stack.stackName} with ${readingStore}: cdk.out/${readingStore}\n`);
}
