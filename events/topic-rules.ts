/**
 * The IoT Core topic rules, as data: the CDK deploys them, the local rule engine runs them, tests read them.
 *
 * Rule SQL selects and never computes. `encode(*, 'base64')` carries the payload as the raw bytes that the device sent, so that
 * a payload which is not JSON reaches the queue (and the dead-letter queue) whole, instead of failing inside the rule, where
 * no error action would see it. (Literals stand inside `lower()`: AWS's guide promises functions only for payloads that are not JSON.) The device's identity comes from the topic and from `clientid()`, never from the payload.
 */
export type TopicRule = {
  /** Letters, digits and underscores: what IoT Core allows. */
  readonly name: string;
  readonly description: string;
  /** AWS IoT SQL, version 2016-03-23. */
  readonly sql: string;
};

export const IOT_SQL_VERSION = '2016-03-23';

/** Where a device with its own certificate publishes: `phosach/uplink/<sensorId>`. */
export const UPLINK_TOPIC_PREFIX = 'phosach/uplink';

/** Where AWS IoT Core for LoRaWAN's uplinks appear when they are published rather than handed to the rule by name. */
const AWS_LORAWAN_TOPIC = 'phosach/network/aws-lorawan';

/** LoRaWAN networks whose servers publish on `phosach/network/<network>/<devEui>`, or call the webhook. */
export const lorawanNetworks = ['chirpstack', 'tts', 'loriot', 'thingpark'] as const;

/** Where network servers publish their envelopes. */
export const NETWORK_TOPIC_PREFIX = 'phosach/network';

export const deviceUplinkRule: TopicRule = {
  name: 'phosach_device_uplink',
  description: 'Readings from devices with a certificate of their own, as plain city JSON',
  sql: `SELECT lower('city-json') AS envelope, encode(*, 'base64') AS payloadBase64, topic() AS topic, topic(3) AS sensorId, clientid() AS clientId, timestamp() AS receivedAt FROM '${UPLINK_TOPIC_PREFIX}/+'`,
};

export const lorawanUplinkRule: TopicRule = {
  name: 'phosach_lorawan_uplink',
  description: 'Uplinks of AWS IoT Core for LoRaWAN, handed over by its destination',
  sql: `SELECT lower('aws-lorawan') AS envelope, encode(*, 'base64') AS payloadBase64, topic() AS topic, clientid() AS clientId, timestamp() AS receivedAt FROM '${AWS_LORAWAN_TOPIC}'`,
};

/** One rule for all networks: the topic says whose envelope it is, and a network that we do not know is refused behind the queue. */
export const networkUplinkRule: TopicRule = {
  name: 'phosach_network_uplink',
  description: 'Uplinks of LoRaWAN network servers, in their own envelopes',
  sql: `SELECT topic(3) AS envelope, encode(*, 'base64') AS payloadBase64, topic() AS topic, topic(4) AS devEui, clientid() AS clientId, timestamp() AS receivedAt FROM '${NETWORK_TOPIC_PREFIX}/+/+'`,
};

export const uplinkRules: readonly TopicRule[] = [deviceUplinkRule, lorawanUplinkRule, networkUplinkRule];
