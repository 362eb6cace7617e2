import { userInfo } from 'node:os';
import { openStores } from '../../shared/storage/open.ts';
import { chosenCity } from '../chosen-city.ts';
import { importSamples } from '../laboratory/import-samples.ts';
import { type LaboratoryOptions, laboratoryUsage, readLaboratoryOptions } from '../laboratory/options.ts';
import { type ReadSamples, readSamples } from '../laboratory/read-samples.ts';

const check = ({ rows, account }: ReadSamples): boolean => {
  for (const line of account) console.log(line);
  const refused = rows.filter((row) => !row.ok);
  for (const { faults } of refused) {
    for (const { line, column, reason } of faults)
      console.log(`line ${line}${column === '' ? '' : `, ${column}`}: ${reason}`);
  }
  console.log(`${rows.length} samples, ${refused.length} with faults. Dry run: nothing was entered.`);
  return refused.length === 0;
};

/** `npm run laboratory`: enters laboratory results of water. See `laboratoryUsage`. Answers whether all were taken. */
const run = async (options: LaboratoryOptions): Promise<boolean> => {
  if (options.dryRun) return check(await readSamples(options));
  const environment = chosenCity(options.cloud);
  const stores = openStores(environment);
  const city = await stores.registry.get('city', environment.CITY_ID);
  const { rows, account } = await readSamples(options, city?.timeZone);
  for (const line of account) console.log(line);
  const ports = { ...stores, cityId: environment.CITY_ID, clock: Date.now };
  const { lines, ...counts } = await importSamples(rows, options.by ?? userInfo().username, ports);
  for (const line of lines) console.log(line);
  const { entered, corrected, unchanged, refused } = counts;
  console.log(
    `${rows.length} samples: ${entered} entered, ${corrected} corrected, ${unchanged} known already, ${refused} refused.`,
  );
  return refused === 0;
};

try {
  if (!(await run(readLaboratoryOptions(process.argv.slice(2))))) process.exitCode = 2;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (process.argv.length < 3) console.error(`\n${laboratoryUsage}`);
  process.exitCode = 1;
}
