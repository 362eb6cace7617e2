import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { certificatesDirectory, readRunning } from '../local/home.ts';

/** The load of `bench/ingest.ts`: each sensor a TLS client with its own certificate, a bounded number of unacknowledged messages each. */
const [home = '', messagesText = '', windowText = '', sensorList = ''] = process.argv.slice(2);
const total = Number(messagesText);
const windowSize = Number(windowText);
const sensorIds = sensorList.split(',');
const { mqtt } = readRunning(home);
const directory = certificatesDirectory(home);
const ca = readFileSync(join(directory, 'ca.crt'));

const connect = (sensorId: string): Promise<MqttClient> =>
  connectAsync(`mqtts://${mqtt.host}:${mqtt.port}`, {
    clientId: sensorId,
    ca,
    key: readFileSync(join(directory, `${sensorId}.key`)),
    cert: readFileSync(join(directory, `${sensorId}.crt`)),
    reconnectPeriod: 0,
  });

let sent = 0;
const firstInstant = Date.now() - total;

/** One of the sensor's lanes: publishes, waits for the acknowledgement, publishes again. */
const lane = async (client: MqttClient, sensorId: string): Promise<void> => {
  while (sent < total) {
    const measuredAt = firstInstant + sent;
    sent += 1;
    const body = JSON.stringify({ measuredAt, values: { fillDistance: 400 + (measuredAt % 1_500) } });
    await client.publishAsync(`phosach/uplink/${sensorId}`, body, { qos: 1 });
  }
};

const clients: MqttClient[] = [];
for (const sensorId of sensorIds) clients.push(await connect(sensorId));
const startedAt = performance.now();
await Promise.all(
  clients.flatMap((client, index) => Array.from({ length: windowSize }, () => lane(client, sensorIds[index] ?? ''))),
);
const acknowledgedMs = performance.now() - startedAt;
await Promise.all(clients.map((client) => client.endAsync()));
process.stdout.write(JSON.stringify({ acknowledgedMs }));
