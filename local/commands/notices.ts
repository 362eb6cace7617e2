import { openStores } from '../../shared/storage/open.ts';
import { chosenCity } from '../chosen-city.ts';
import { changeNotices } from '../notices/change-notices.ts';
import { type NoticesCommand, noticesUsage, readNoticesCommand } from '../notices/options.ts';
import { runCommand } from '../run-command.ts';

/** `npm run notices`: who is told of episodes and alarms, when, and from which values on. See `noticesUsage`. */
const run = async (command: NoticesCommand): Promise<void> => {
  if (command.command === 'help') return console.log(noticesUsage);
  const environment = chosenCity(command.cloud);
  const lines = await changeNotices(openStores(environment).registry, environment.CITY_ID, command);
  for (const line of lines) console.log(line);
};

await runCommand('notices', readNoticesCommand, run);
