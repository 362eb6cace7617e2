import type { Station } from '../../shared/city/entities.ts';
import { mayPublishIndex, stationClassOf } from '../../shared/city/station-class.ts';
import { chosenRegistry } from '../chosen-city.ts';
import { findRunning, phosachHome } from '../home.ts';
import { runCommand } from '../run-command.ts';
import { type AddStation, readStationCommand, type StationCommand, stationUsage } from '../station/options.ts';
import { registerStation } from '../station/register.ts';
import { grantAccess } from '../station-files/access.ts';

/** `npm run station`: the air and water stations of the running city, or of a city in AWS. See `stationUsage`. */
const run = async (command: StationCommand): Promise<void> => {
  if (command.command === 'help') return console.log(stationUsage);
  if (command.command === 'add') return add(command);
  const stations = await chosenRegistry(command.cloud).list('station');
  for (const station of stations) console.log(line(station));
  console.log(`${stations.length} stations`);
};

const line = (station: Station): string => {
  const { id, kind, name, fileCode } = station;
  return [id, kind, stationClassOf(station), fileCode ?? '-', name].join('  ');
};

const add = async (options: AddStation): Promise<void> => {
  const { station, replaced } = await registerStation(chosenRegistry(options.cloud), options);
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

await runCommand('station', readStationCommand, run);
