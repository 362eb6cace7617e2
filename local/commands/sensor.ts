import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Sensor } from '../../shared/city/entities.ts';
import { renewSensor } from '../../shared/provisioning/answer-request.ts';
import { type Provisioned, type ProvisionPorts, provisionSensor } from '../../shared/provisioning/provision-sensor.ts';
import { retireSensor } from '../../shared/provisioning/retire-sensor.ts';
import { openIotThings } from '../../shared/storage/iot/things.ts';
import { chosenRegistry } from '../chosen-city.ts';
import { certificatesDirectory, findRunning, phosachHome, readRunning } from '../home.ts';
import { openPki } from '../pki/pki.ts';
import { openRevocations } from '../pki/revocations.ts';
import { localThings } from '../pki/things.ts';
import { runCommand } from '../run-command.ts';
import { credentialFiles, keepInFolder } from '../sensor/credential-files.ts';
import { importSensors, readCsrFile } from '../sensor/import-sensors.ts';
import { describeKept, overWhatIsKnown } from '../sensor/kept-fields.ts';
import { type AddOptions, readSensorCommand, type SensorCommand, sensorUsage } from '../sensor/options.ts';

/** `npm run sensor`: the sensors of the running city, or of a city in AWS. See `sensorUsage`. */
const run = async (command: SensorCommand): Promise<void> => {
  switch (command.command) {
    case 'help':
      return console.log(sensorUsage);
    case 'certificate':
      return writeCertificate(command.id);
    case 'list':
      return printSensors(await chosenRegistry(command.cloud).list('sensor'));
    case 'retire': {
      const { certificates } = await retireSensor(await openPorts(command.cloud), command.id);
      console.log(`${command.id} is retired: what it sends from now on is refused.`);
      return console.log(`Certificates revoked and deleted: ${certificates}`);
    }
    case 'renew': {
      const ports = await openPorts(command.cloud);
      return report(await renewSensor(ports, command.id, csrOf(command)), command.cloud);
    }
    case 'add':
      return add(command);
    case 'import':
      return importFile(command);
  }
};

/** The registry of the running city, or with `--cloud` the one that the environment names. */
/** Registries of sensors and of things, and the folder that new keys are written to. */
const openPorts = async (cloud: boolean): Promise<ProvisionPorts> => {
  const home = phosachHome();
  const registry = chosenRegistry(cloud);
  const keep = keepInFolder(credentialsDirectory(cloud));
  if (cloud) return { registry, keep, things: openIotThings() };
  const { mqtt } = readRunning(home);
  return { registry, keep, things: localThings(home, await openPki(home), `${mqtt.host}:${mqtt.port}`) };
};

const credentialsDirectory = (cloud: boolean): string => {
  const directory = certificatesDirectory(phosachHome());
  return cloud ? join(directory, 'cloud') : directory;
};

const csrOf = ({ csr }: { readonly csr?: string }): string | undefined => {
  if (csr === undefined) return undefined;
  const read = readCsrFile(csr);
  if (!read.ok) throw new Error(`--csr: ${read.reason}`);
  return read.pem;
};

const add = async (options: AddOptions): Promise<void> => {
  const { position, cloud, claim } = options;
  const ports = await openPorts(cloud);
  const previous = await ports.registry.get('sensor', options.sensor.id);
  const { sensor, kept } = overWhatIsKnown(options.sensor, options.named, previous);
  report(await provisionSensor(ports, { sensor, position, claim, csr: csrOf(options) }), cloud);
  if (Object.keys(kept).length > 0) console.log(`Stays as it was: ${describeKept(kept)}.`);
};

const words = { added: 'Added', changed: 'Changed', unchanged: 'Nothing to change at' } as const;

const report = ({ sensor, change, createdSite, device, left }: Provisioned, cloud: boolean): void => {
  console.log(`${words[change]} the ${sensor.kind} sensor ${sensor.id}.`);
  if (createdSite !== undefined) console.log(`Created its site ${createdSite.id} with usual values: correct them.`);
  if (sensor.siteId === undefined) console.log('It observes no site yet: --site says which.');
  if (device === undefined) {
    const lorawan = `Its network server speaks for it (DevEUI ${sensor.devEui}).`;
    const claim = `It may claim its certificate by the serial number ${sensor.serialNumber ?? sensor.id}.`;
    console.log(sensor.devEui === undefined ? claim : lorawan);
    return;
  }
  const { keyPath, certificatePath } = credentialFiles(credentialsDirectory(cloud), sensor.id);
  console.log(`  endpoint     ${device.endpoint}`);
  if (cloud && device.kept) {
    console.log(`  certificate  ${device.certificateArn}`);
    console.log('It had this certificate before, and its key is not told again: sensor -- renew replaces it.');
  } else {
    // A device that made its key itself keeps it to itself.
    if (existsSync(keyPath)) console.log(`  key          ${keyPath}`);
    console.log(`  certificate  ${certificatePath}`);
  }
  if (!cloud) showHowToSend(sensor.id, sensor.kind, keyPath, certificatePath);
  for (const { what, reason } of left) console.error(`Left behind: ${what} (${reason}). Doing it again is safe.`);
  if (left.length > 0) process.exitCode = 1;
};

const importFile = async (command: Extract<SensorCommand, { readonly command: 'import' }>): Promise<void> => {
  const { file, dryRun, cloud, claim } = command;
  const summary = await importSensors(await openPorts(cloud), {
    file,
    dryRun,
    claim,
    onLine: ({ line, fields }, outcome) => console.log(`line ${line}: ${fields.id} ${outcome}`),
  });
  for (const { line, field, reason } of summary.faults) console.error(`line ${line}, ${field}: ${reason}`);
  const atFault = new Set(summary.faults.map(({ line }) => line)).size;
  if (dryRun) console.log(`${summary.lines} lines, ${atFault} at fault; nothing was changed`);
  else {
    const { lines, added, changed, unchanged, skipped } = summary;
    console.log(
      `${lines} lines: ${added} added, ${changed} changed, ${unchanged} unchanged, ${atFault} at fault, ${skipped} not tried`,
    );
    console.log(`Keys and certificates are in ${credentialsDirectory(cloud)}`);
  }
  if (summary.faults.length > 0 || summary.skipped > 0) process.exitCode = 1;
};

const writeCertificate = async (id: string): Promise<void> => {
  const { certificate, keyPath, certificatePath, caPath } = await (await openPki(phosachHome())).issueDevice(id);
  const thumbprint = new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase();
  if (openRevocations(phosachHome()).isRevoked(thumbprint)) {
    throw new Error(`The certificate of ${id} is revoked: npm run sensor -- add ${id} makes another`);
  }
  console.log(`  key          ${keyPath}\n  certificate  ${certificatePath}\n  authority    ${caPath}`);
};

const showHowToSend = (id: string, kind: Sensor['kind'], keyPath: string, certificatePath: string): void => {
  const caPath = join(certificatesDirectory(phosachHome()), 'ca.crt');
  console.log(`  authority    ${caPath}`);
  const mqtt = findRunning(phosachHome())?.mqtt;
  if (mqtt === undefined) return;
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

await runCommand('sensor', readSensorCommand, run);
