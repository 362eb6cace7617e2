import { openStores } from '../../shared/storage/open.ts';
import { showInstant } from '../../shared/telemetry/refusal.ts';
import { chosenCity } from '../chosen-city.ts';
import { exportStation } from '../export-tt10/export-station.ts';
import { type ExportOptions, exportUsage, readExportOptions } from '../export-tt10/options.ts';

/** `npm run export:tt10`: stored readings as station files of TT 10/2021. See `exportUsage`. */
const run = async (options: ExportOptions): Promise<void> => {
  const environment = chosenCity(options.cloud);
  const { registry, readings } = openStores(environment);
  const city = await registry.get('city', environment.CITY_ID);
  if (city === undefined) throw new Error(`The registry has no city ${environment.CITY_ID}`);
  const summary = await exportStation({ registry, readings, timeZone: city.timeZone }, options);
  console.log(`${summary.files} files in ${options.out}, ${summary.readings - summary.omitted.length} lines.`);
  for (const { entry, reason } of summary.omitted) {
    console.error(`Not written (${reason}): ${entry.quantity} ${entry.value} at ${showInstant(entry.measuredAt)}`);
  }
};

try {
  const options = readExportOptions(process.argv.slice(2));
  if (options === undefined) console.log(exportUsage);
  else await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (process.argv.length < 3) console.error(`\n${exportUsage}`);
  process.exitCode = 1;
}
