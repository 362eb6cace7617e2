import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { certificatesDirectory, type RunningCity } from '../../local/home.ts';

/** A device as a city's installer would set it up: its three files and the broker's address, nothing else. */
export const connectDevice = (home: string, running: RunningCity, sensorId: string): Promise<MqttClient> => {
  const directory = certificatesDirectory(home);
  return connectAsync(`mqtts://${running.mqtt.host}:${running.mqtt.port}`, {
    clientId: sensorId,
    ca: readFileSync(join(directory, 'ca.crt')),
    key: readFileSync(join(directory, `${sensorId}.key`)),
    cert: readFileSync(join(directory, `${sensorId}.crt`)),
    reconnectPeriod: 0,
  });
};

/** Asks until the answer satisfies; the last answer when time is up, so that the assertion shows it. */
export const eventually = async <T>(
  ask: () => Promise<T>,
  isEnough: (answer: T) => boolean,
  timeoutMs = 30_000,
): Promise<T> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
