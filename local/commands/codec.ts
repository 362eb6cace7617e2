import { chosenRegistry } from '../chosen-city.ts';
import { readCodecCommand } from '../codec/options.ts';
import { runCodecCommand } from '../codec/run-codec-command.ts';

/** `npm run codec`: codecs that the city brings along. See `codecUsage`. */
try {
  for (const line of await runCodecCommand(readCodecCommand(process.argv.slice(2)), chosenRegistry)) console.log(line);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
