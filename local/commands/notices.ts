import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { cityEnvironment, phosachHome, readRunning } from '../home.ts';
import { changeNotices } from '../notices/change-notices.ts';
import { type NoticesCommand, noticesUsage, readNoticesCommand } from '../notices/options.ts';

/** `npm run notices`: who is told of episodes and alarms, when, and from which values on. See `noticesUsage`. */
const run = async (command: NoticesCommand): Promise<void> => {
  if (command.command === 'help') return console.log(noticesUsage);
  if (!command.cloud) Object.assign(process.env, cityEnvironment(readRunning(phosachHome())));
  const environment = readEnvironment(storesEnvironmentSchema);
  const lines = await changeNotices(openStores(environment).registry, environment.CITY_ID, command);
  for (const line of lines) console.log(line);
};

const readCommand = (): NoticesCommand => {
  try {
    return readNoticesCommand(process.argv.slice(2));
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nnpm run notices -- help tells more.`);
  }
};

try {
  await run(readCommand());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
