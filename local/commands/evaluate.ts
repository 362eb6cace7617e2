import { writeFile } from 'node:fs/promises';
import { evaluateFile } from '../evaluate/evaluate-file.ts';
import { evaluateUsage, readEvaluateOptions } from '../evaluate/options.ts';
import { writeCsv, writeJson } from '../evaluate/write-out.ts';
import { writeText } from '../evaluate/write-text.ts';

/** `npm run evaluate`: what a CSV time series means under limits and indices, without a city. See `evaluateUsage`. */
const run = async (args: readonly string[]): Promise<void> => {
  const options = readEvaluateOptions(args);
  const startedAt = performance.now();
  const findings = await evaluateFile(options);
  const took = performance.now() - startedAt;
  for (const line of writeText(findings)) console.log(line);
  if (options.out !== undefined) {
    await writeFile(options.out.file, options.out.format === 'json' ? writeJson(findings) : writeCsv(findings));
    console.log(`\nWritten to ${options.out.file}`);
  }
  console.log(`\nEvaluated in ${(took / 1_000).toFixed(2)} s`);
};

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (process.argv.length < 3) console.error(`\n${evaluateUsage}`);
  process.exitCode = 1;
}
