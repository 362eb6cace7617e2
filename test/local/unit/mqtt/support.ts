import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { type Broker, type BrokerMessage, type BrokerOptions, startBroker } from '../../../../local/mqtt/broker.ts';
import { openPki, type Pki } from '../../../../local/pki/pki.ts';

export type TestBroker = { readonly broker: Broker; readonly pki: Pki; readonly received: BrokerMessage[] };

export const freshPki = (): Promise<Pki> => openPki(mkdtempSync(join(tmpdir(), 'phosach-mqtt-')));

/** A broker on a free port whose messages land in `received`, unless the options say otherwise. */
export const testBroker = async (pki: Pki, options: Partial<BrokerOptions> = {}): Promise<TestBroker> => {
  const received: BrokerMessage[] = [];
  const broker = await startBroker({
    port: 0,
    host: '127.0.0.1',
    pki,
    onMessage: async (message) => {
      received.push(message);
    },
    ...options,
  });
  return { broker, pki, received };
};

/** Connects as the sensor and resolves when the broker has agreed. */
export const connectAs = async (
  { broker, pki }: TestBroker,
  sensorId: string,
  options: IClientOptions = {},
): Promise<MqttClient> => {
  const { certificate, key } = await pki.issueDevice(sensorId);
  return mqtt.connectAsync(
    `mqtts://127.0.0.1:${broker.port}`,
    {
      clientId: sensorId,
      ca: pki.ca,
      cert: certificate,
      key,
      reconnectPeriod: 0,
      connectTimeout: 5_000,
      ...options,
    },
    false,
  );
};

export const closed = (client: MqttClient): Promise<void> =>
  new Promise((resolve) => {
    if (client.connected) client.once('close', () => resolve());
    else resolve();
  });

export const waitUntil = async (condition: () => boolean, timeoutMs = 30_000): Promise<void> => {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

export type Gate = { readonly opened: Promise<void>; readonly open: () => void; readonly fail: (error: Error) => void };

export const gate = (): Gate => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve(), fail: reject };
};
