import * as z from 'zod';

/** What a topic rule puts on the uplink queue: one MQTT message with the identity that the broker vouches for. */
export const uplinkMessageSchema = z.object({
  envelope: z.enum(['city-json', 'aws-lorawan']),
  /** The payload's raw bytes, whatever they are. */
  payloadBase64: z.base64(),
  /** Empty when the rule was called by name: a LoRaWAN destination publishes on no topic. */
  topic: z.string().default(''),
  /** Third topic segment of `phosach/uplink/<sensorId>`; absent for network envelopes, which name the device inside. */
  sensorId: z.string().optional(),
  /** MQTT client id; IoT Core yields no value (or "N/A") for messages that no client published. */
  clientId: z.string().optional(),
  /** Epoch milliseconds at the broker. */
  receivedAt: z.int().positive(),
});

export type UplinkMessage = z.infer<typeof uplinkMessageSchema>;
