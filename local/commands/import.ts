import { readFile } from 'node:fs/promises';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { cityEnvironment, phosachHome, type RunningCity, readRunning } from '../home.ts';
import { sendAssumedReadings } from '../import/assumed-readings.ts';
import { type ImportOptions, importUsage, readImportOptions } from '../import/options.ts';
import { type BinImport, readBins } from '../import/read-bins.ts';
import { registerBins } from '../import/register-bins.ts';
import { openPki } from '../pki/pki.ts';
import { connectSensor } from '../simulator/client.ts';

/** `npm run import`: registers the bins of a GeoJSON file in the running city. See `importUsage`. */
const run = async (options: ImportOptions): Promise<void> => {
  const read = readBins(parseJson(await readFile(options.file, 'utf8')), options.columns);
  tellWhatWasRead(read, options);
  if (options.dryRun) return console.log('Dry run: nothing was registered.');
  const home = phosachHome();
  const city = options.cloud ? undefined : readRunning(home);
  if (city !== undefined) Object.assign(process.env, cityEnvironment(city));
  const environment = readEnvironment(storesEnvironmentSchema);
  checkCityId(environment.CITY_ID, options.cityId);
  const { registry } = openStores(environment);
  const done = await registerBins(registry, read.bins, options, environment.CITY_ID);
  console.log(`Registered ${done.created} bins, replaced ${done.replaced}, in ${environment.CITY_ID}.`);
  if (done.sensors > 0) console.log(`Registered ${done.sensors} level sensors, one a bin.`);
  if (done.added.length > 0) console.log(`Assumed, to be corrected: ${done.added.join(', ')}.`);
  if (city !== undefined && options.assumedFill.size > 0) await sendReadings(home, city, read, options);
};

const sendReadings = async (
  home: string,
  city: RunningCity,
  read: BinImport,
  options: ImportOptions,
): Promise<void> => {
  const pki = await openPki(home);
  const connect = async (sensorId: string) =>
    connectSensor({
      ...city.mqtt,
      sensorId,
      credential: { ca: pki.ca, ...(await pki.issueDevice(sensorId)) },
      log: (event, detail) => console.error(event, detail),
    });
  const sent = await sendAssumedReadings(read.bins, options.assumedFill, connect, Date.now());
  console.log(`Sent ${sent} invented readings through MQTT (--assume-fill): they are no measurements.`);
};

const tellWhatWasRead = ({ bins, refused, assumed }: BinImport, { columns }: ImportOptions): void => {
  for (const { index, id, reason } of refused) console.log(`Refused feature ${index} (${id}): ${reason}`);
  console.log(`${bins.length + refused.length} features: ${bins.length} bins, ${refused.length} refused.`);
  for (const stream of ['other', 'food', 'recyclable'] as const) {
    const count = bins.filter((bin) => bin.stream === stream).length;
    if (count > 0) console.log(`  ${stream}: ${count}`);
  }
  if (assumed.capacity > 0) {
    console.log(`  without a capacity: ${assumed.capacity}, taken as ${columns.defaultCapacityLitres} litres`);
  }
  if (assumed.stream > 0) console.log(`  without a known stream: ${assumed.stream}, taken as ${columns.defaultStream}`);
};

/** The functions read the profile of the city they were started for; one of another id would be seen by nobody. */
const checkCityId = (cityId: string, wanted: string | undefined): void => {
  if (wanted === undefined || entityIdSchema.parse(wanted) === cityId) return;
  throw new Error(`This city is ${cityId}: start another with PHOSACH_DEMO=off PHOSACH_CITY=${wanted} npm start`);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`Not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

try {
  await run(readImportOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (process.argv.length < 3) console.error(`\n${importUsage}`);
  process.exitCode = 1;
}
