import * as z from 'zod';
import { lorawanNetworks } from './topic-rules.ts';

/** Who wrapped a LoRaWAN device's frame. */
export const lorawanEnvelopes = ['aws-lorawan', ...lorawanNetworks] as const;
export type LorawanEnvelope = (typeof lorawanEnvelopes)[number];

/** What a topic rule or the webhook puts on the uplink queue: one message with the identity that broker or webhook vouches for. */
export const uplinkMessageSchema = z.object({
  /** `city-json` also stands for SenML: what a device says for itself. */
  envelope: z.enum(['city-json', ...lorawanEnvelopes]),
  /** The payload's raw bytes, whatever they are. */
  payloadBase64: z.base64(),
  /** Empty when the rule was called by name (a LoRaWAN destination publishes on no topic), or the message came by webhook. */
  topic: z.string().default(''),
  /** Third topic segment of `phosach/uplink/<sensorId>`; absent for network envelopes, which name the device inside. */
  sensorId: z.string().optional(),
  /** Fourth topic segment of `phosach/network/<network>/<devEui>`. */
  devEui: z.string().optional(),
  /** MQTT client id; IoT Core yields no value (or "N/A") for messages that no client published. */
  clientId: z.string().optional(),
  /** The door it came through, when that was not MQTT: the webhook, which has asked for the sender's secret. */
  door: z.literal('webhook').optional(),
  /** Epoch milliseconds at the broker. */
  receivedAt: z.int().positive(),
});

export type UplinkMessage = z.infer<typeof uplinkMessageSchema>;
