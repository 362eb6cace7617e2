import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IoTClient } from '@aws-sdk/client-iot';
import type { Sensor } from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { iotDeviceProvisioner } from '../../shared/storage/iot/device-provisioner.ts';
import { openStores } from '../../shared/storage/open.ts';
import { certificatesDirectory, cityEnvironment, findRunning, phosachHome, readRunning } from '../home.ts';
import { openPki } from '../pki/pki.ts';
import { type AddOptions, readSensorCommand, type SensorCommand, sensorUsage } from '../sensor/options.ts';
import { registerSensor, retireSensor } from '../sensor/register.ts';

/** `npm run sensor`: the sensors of the running city, or of a city in AWS. See `sensorUsage`. */
const run = async (command: SensorCommand): Promise<void> => {
  switch (command.command) {
    case 'help':
      return console.log(sensorUsage);
    case 'certificate':
      return writeCertificate(command.id);
    case 'list':
      return printSensors(await openRegistry(command.cloud).list('sensor'));
    case 'retire':
      await retireSensor(openRegistry(command.cloud), command.id);
      console.log(`${command.id} is retired: what it sends from now on is refused.`);
      if (command.cloud) console.log(`Certificates made worthless: ${await cloudDevices().revoke(command.id)}`);
      return;
    case 'add':
      return add(command);
  }
};

/** The registry of the running city, or with `--cloud` the one that the environment names. */
const openRegistry = (cloud: boolean): Registry => {
  if (!cloud) Object.assign(process.env, cityEnvironment(readRunning(phosachHome())));
  return openStores(readEnvironment(storesEnvironmentSchema)).registry;
};

const cloudDevices = () => iotDeviceProvisioner(new IoTClient());

const add = async (options: AddOptions): Promise<void> => {
  const { sensor, replaced, createdSite } = await registerSensor(openRegistry(options.cloud), options);
  console.log(`${replaced ? 'Changed' : 'Added'} the ${sensor.kind} sensor ${sensor.id}.`);
  if (createdSite !== undefined) console.log(`Created its site ${createdSite.id} with usual values: correct them.`);
  if (sensor.siteId === undefined) console.log('It observes no site yet: --site says which.');
  if (sensor.devEui !== undefined) return console.log(`Its network server speaks for it (DevEUI ${sensor.devEui}).`);
  if (options.cloud) await writeCloudCertificate(sensor.id);
  else await writeCertificate(sensor.id, sensor.kind);
};

const writeCertificate = async (id: string, kind?: Sensor['kind']): Promise<void> => {
  const home = phosachHome();
  const { keyPath, certificatePath, caPath } = await (await openPki(home)).issueDevice(id);
  console.log(`  key          ${keyPath}\n  certificate  ${certificatePath}\n  authority    ${caPath}`);
  const mqtt = findRunning(home)?.mqtt;
  if (mqtt === undefined || kind === undefined) return;
  const payload = JSON.stringify({ measuredAt: new Date().toISOString(), values: exampleValues[kind] });
  console.log(
    [
      'To send a message:',
      `  mosquitto_pub -h ${mqtt.host} -p ${mqtt.port} --cafile ${caPath} --cert ${certificatePath} --key ${keyPath} \\`,
      `    -i ${id} -t phosach/uplink/${id} -q 1 -m '${payload}'`,
    ].join('\n'),
  );
};

const exampleValues = {
  bin: { fillDistance: 1_200 },
  air: { pm25: 18.5 },
  water: { ph: 7.2 },
} as const satisfies Record<Sensor['kind'], Record<string, number>>;

/** AWS tells a private key once: it is on disk before anything else can go wrong. */
const writeCloudCertificate = async (id: string): Promise<void> => {
  const { credential, certificateArn, endpoint } = await cloudDevices().provision(id);
  console.log(`  endpoint     ${endpoint}:8883\n  certificate  ${certificateArn}`);
  if (credential === undefined) return console.log('It had this certificate before; AWS does not tell its key again.');
  const directory = join(certificatesDirectory(phosachHome()), 'cloud');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const keyPath = join(directory, `${id}.key`);
  const certificatePath = join(directory, `${id}.crt`);
  writeFileSync(keyPath, credential.privateKey, { mode: 0o600 });
  writeFileSync(certificatePath, credential.certificate);
  console.log(`  key          ${keyPath}\n  certificate  ${certificatePath}`);
};

const printSensors = (sensors: readonly Sensor[]): void => {
  const rows = sensors.map(
    ({ id, kind, siteId, status, intervalSeconds, devEui, codec }) =>
      [id, kind, siteId ?? '-', status, `${intervalSeconds} s`, devEui ?? '-', codec ?? '-'] as const,
  );
  const table = [['sensor', 'kind', 'site', 'status', 'interval', 'DevEUI', 'codec'] as const, ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length))) ?? [];
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  console.log(`${sensors.length} sensors`);
};

const readCommand = (): SensorCommand => {
  try {
    return readSensorCommand(process.argv.slice(2));
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nnpm run sensor -- help tells more.`);
  }
};

try {
  await run(readCommand());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
