import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores, type Stores } from '../../shared/storage/open.ts';
import { redecode } from '../../shared/telemetry/redecode.ts';
import type { RedecodeOutcome } from '../../shared/telemetry/redecode-outcome.ts';
import { scriptedUplinks } from '../../shared/telemetry/scripted-codecs/scripted-uplinks.ts';
import { CityNotRunningError, cityEnvironment, phosachHome, readRunning } from '../home.ts';
import { type RedecodeArguments, readRedecodeArguments, redecodeUsage, UsageError } from '../redecode/options.ts';

const openCity = (): Stores => {
  if (process.env.TABLE_NAME === undefined) {
    Object.assign(process.env, cityEnvironment(readRunning(phosachHome())));
  }
  return openStores(readEnvironment(storesEnvironmentSchema));
};

const describe = ({ uplinks, refused, same, corrected, withdrawn, ...outcome }: RedecodeOutcome): string =>
  [
    `${uplinks} frames (${refused} refused), ${same} readings the same, ${corrected} corrected, ${withdrawn} withdrawn`,
    ...(outcome.requalified > 0 ? [`${outcome.requalified} beside them judged anew`] : []),
    ...(outcome.rejected > 0 ? [`${outcome.rejected} too old for the store`] : []),
    ...(outcome.outdated > 0 ? [`${outcome.outdated} frames were read by another codec or version before`] : []),
  ].join(', ');

const run = async (options: RedecodeArguments): Promise<void> => {
  const { sensorId, codec, from, to, dryRun } = options;
  const { registry, ...stores } = openCity();
  const sensors = sensorId === undefined ? await registry.list('sensor') : await registry.getMany('sensor', [sensorId]);
  if (sensorId !== undefined && sensors.length === 0) throw new UsageError(`There is no sensor ${sensorId}`);
  const decodable = sensors
    .map((sensor) => (codec === undefined ? sensor : { ...sensor, codec }))
    .filter((sensor) => sensor.devEui !== undefined && sensor.codec !== undefined);
  if (sensorId !== undefined && decodable.length === 0) {
    throw new UsageError(`The sensor ${sensorId} has no DevEui or no codec`);
  }
  const scripted = scriptedUplinks(registry, Date.now);
  for (const sensor of decodable) {
    const onRefused = ({ heardAt }: { readonly heardAt: number }, reason: string): void =>
      console.error(`${sensor.id}, frame of ${new Date(heardAt).toISOString()} stays as it was: ${reason}`);
    const outcome = await redecode({ ...stores, scripted, clock: Date.now }, { sensor, from, to, dryRun, onRefused });
    console.log(`${sensor.id} by ${sensor.codec}: ${describe(outcome)}${dryRun ? ' (nothing was changed)' : ''}`);
  }
};

try {
  const options = readRedecodeArguments(process.argv.slice(2), Date.now());
  if (options === undefined) console.log(redecodeUsage);
  else await run(options);
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${redecodeUsage}`);
  else console.error(error instanceof CityNotRunningError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
