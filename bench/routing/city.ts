import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { generateCity } from './generate-city.ts';

/**
 * `node bench/routing/city.ts --out FILE [--bins 2000] [--trucks 25] [--seed 1] [--shift night|day]`: writes the yardstick city as
 * a collection problem in JSON; the same arguments give the same file.
 */
const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      bins: { type: 'string', default: '2000' },
      trucks: { type: 'string' },
      seed: { type: 'string', default: '1' },
      shift: { type: 'string', default: 'night' },
    },
  });
  const { out, shift } = values;
  const bins = Number(values.bins);
  const trucks = values.trucks === undefined ? undefined : Number(values.trucks);
  const seed = Number(values.seed);
  if (out === undefined)
    throw new Error('Where to? city --out FILE [--bins N] [--trucks N] [--seed K] [--shift night|day]');
  if (shift !== 'night' && shift !== 'day') throw new Error('--shift is night or day');
  if (![bins, trucks ?? 3, seed].every((value) => Number.isInteger(value) && value >= 0))
    throw new Error('--bins, --trucks and --seed are whole numbers');
  await writeFile(out, JSON.stringify(generateCity({ bins, seed, shift, ...(trucks !== undefined && { trucks }) })));
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
