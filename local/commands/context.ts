import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { changeBrokers } from '../context/change-brokers.ts';
import { type ContextCommand, contextUsage, readContextCommand } from '../context/options.ts';
import { cityEnvironment, phosachHome, readRunning } from '../home.ts';

/** `npm run context`: context brokers that are told of bins and stations. See `contextUsage`. */
const run = async (command: ContextCommand): Promise<void> => {
  if (command.command === 'help') return console.log(contextUsage);
  if (!command.cloud) Object.assign(process.env, cityEnvironment(readRunning(phosachHome())));
  const environment = readEnvironment(storesEnvironmentSchema);
  const lines = await changeBrokers(openStores(environment), environment.CITY_ID, command);
  for (const line of lines) console.log(line);
};

const readCommand = (): ContextCommand => {
  try {
    return readContextCommand(process.argv.slice(2));
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nnpm run context -- help tells more.`);
  }
};

try {
  await run(readCommand());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
