import { connect } from 'mqtt';
import { UPLINK_TOPIC_PREFIX } from '../../events/topic-rules.ts';

/** What a sensor needs to join: the city's authority, and its own certificate and key, all PEM. */
export type SensorCredential = { readonly ca: string; readonly certificate: string; readonly key: string };

export type SensorClientOptions = {
  readonly host: string;
  readonly port: number;
  readonly sensorId: string;
  readonly credential: SensorCredential;
  readonly log?: (event: string, detail: Readonly<Record<string, unknown>>) => void;
};

/** A sensor's end of the line. */
export type SensorClient = {
  /**
   * Resolves when the broker has acknowledged the message. While the line is down the message waits, and it is sent again
   * after a reconnection until it is acknowledged.
   * @throws Error when the client is closed first.
   */
  readonly publish: (payload: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/**
 * Connects a sensor as any device would: MQTT 3.1.1 over TLS with its own certificate, client id = sensor id, QoS 1. A lost line
 * is tried again after half a second, then twice as long each time up to 30 s, with jitter so that a city does not come back
 * all at once. Also when the broker refuses it: somebody may register the sensor later.
 */
export const connectSensor = ({ host, port, sensorId, credential, log }: SensorClientOptions): SensorClient => {
  const topic = `${UPLINK_TOPIC_PREFIX}/${sensorId}`;
  const client = connect({
    protocol: 'mqtts',
    host,
    port,
    clientId: sensorId,
    ca: credential.ca,
    cert: credential.certificate,
    key: credential.key,
    keepalive: 120,
    connectTimeout: 20_000,
    reconnectPeriod: FIRST_RETRY_MS,
    reconnectOnConnackError: true,
    resubscribe: false,
  });
  client.on('connect', () => {
    client.options.reconnectPeriod = FIRST_RETRY_MS;
  });
  client.on('close', () => {
    const longer = Math.min(LONGEST_RETRY_MS, 2 * (client.options.reconnectPeriod ?? FIRST_RETRY_MS));
    client.options.reconnectPeriod = Math.round(longer * (0.75 + 0.25 * Math.random()));
  });
  client.on('error', (error) => log?.('connection-failed', { sensorId, error: error.message }));
  // The library forgets what it never sent when it ends, and would leave its caller waiting.
  const waiting = new Set<(reason: Error) => void>();
  return {
    publish: (payload) =>
      new Promise((resolve, reject) => {
        waiting.add(reject);
        client.publish(topic, payload, { qos: 1 }, (error) => {
          waiting.delete(reject);
          if (error) reject(error);
          else resolve();
        });
      }),
    close: async () => {
      for (const reject of waiting) reject(new Error(`${sensorId} left before the city acknowledged its message`));
      await client.endAsync(true);
    },
  };
};
