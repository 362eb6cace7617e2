import { openStores } from '../../shared/storage/open.ts';
import { chosenCity } from '../chosen-city.ts';
import { changeBrokers } from '../context/change-brokers.ts';
import { type ContextCommand, contextUsage, readContextCommand } from '../context/options.ts';
import { runCommand } from '../run-command.ts';

/** `npm run context`: context brokers that are told of bins and stations. See `contextUsage`. */
const run = async (command: ContextCommand): Promise<void> => {
  if (command.command === 'help') return console.log(contextUsage);
  const environment = chosenCity(command.cloud);
  const lines = await changeBrokers(openStores(environment), environment.CITY_ID, command);
  for (const line of lines) console.log(line);
};

await runCommand('context', readContextCommand, run);
