import type { Registry } from '../../shared/city/registry.ts';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { readCodecCommand } from '../codec/options.ts';
import { runCodecCommand } from '../codec/run-codec-command.ts';
import { cityEnvironment, phosachHome, readRunning } from '../home.ts';

/** The registry of the running city, or with `--cloud` the one that the environment names. */
const openRegistry = (cloud: boolean): Registry => {
  if (!cloud) Object.assign(process.env, cityEnvironment(readRunning(phosachHome())));
  return openStores(readEnvironment(storesEnvironmentSchema)).registry;
};

/** `npm run codec`: codecs that the city brings along. See `codecUsage`. */
try {
  for (const line of await runCodecCommand(readCodecCommand(process.argv.slice(2)), openRegistry)) console.log(line);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
