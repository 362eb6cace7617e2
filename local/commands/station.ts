import type { Station } from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';
import { mayPublishIndex, stationClassOf } from '../../shared/city/station-class.ts';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { cityEnvironment, findRunning, phosachHome, readRunning } from '../home.ts';
import { type AddStation, readStationCommand, type StationCommand, stationUsage } from '../station/options.ts';
import { registerStation } from '../station/register.ts';
import { grantAccess } from '../station-files/access.ts';

/** `npm run station`: the air and water stations of the running city, or of a city in AWS. See `stationUsage`. */
const run = async (command: StationCommand): Promise<void> => {
  if (command.command === 'help') return console.log(stationUsage);
  if (command.command === 'add') return add(command);
  const stations = await openRegistry(command.cloud).list('station');
  for (const station of stations) console.log(line(station));
  console.log(`${stations.length} stations`);
};

const openRegistry = (cloud: boolean): Registry => {
  if (!cloud) Object.assign(process.env, cityEnvironment(readRunning(phosachHome())));
  return openStores(readEnvironment(storesEnvironmentSchema)).registry;
};

const line = (station: Station): string => {
  const { id, kind, name, fileCode } = station;
  return [id, kind, stationClassOf(station), fileCode ?? '-', name].join('  ');
};

const add = async (options: AddStation): Promise<void> => {
  const { station, replaced } = await registerStation(openRegistry(options.cloud), options);
  console.log(
    `${replaced ? 'Changed' : 'Added'} the ${stationClassOf(station)} ${station.kind} station ${station.id}.`,
  );
  if (!mayPublishIndex(station)) console.log('As a reference station it may publish concentrations, but no index.');
  if (options.fileCode !== undefined && !options.cloud) await tellAccess(options.fileCode);
};

const tellAccess = async (fileCode: string): Promise<void> => {
  const home = phosachHome();
  const { passwordPath, keyPath, publicKeyPath } = await grantAccess(home, fileCode);
  const sftp = findRunning(home)?.sftp;
  if (sftp !== undefined) console.log(`  server    sftp://${fileCode}@${sftp.host}:${sftp.port}`);
  console.log(`  password  ${passwordPath}\n  key       ${keyPath ?? `the one of ${publicKeyPath}`}`);
};

const readCommand = (): StationCommand => {
  try {
    return readStationCommand(process.argv.slice(2));
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nnpm run station -- help tells more.`);
  }
};

try {
  await run(readCommand());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
