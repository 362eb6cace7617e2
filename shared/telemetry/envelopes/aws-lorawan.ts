import * as z from 'zod';
import { accept, type Result, refuse } from '../refusal.ts';

/** A device's frame with the network's envelope taken off. */
export type LorawanFrame = {
  /** 16 hexadecimal digits, lower case. */
  readonly devEui: string;
  /** The application payload; empty when the device only answered the network. */
  readonly bytes: Uint8Array;
  /** The LoRaWAN port; absent when the network does not say. */
  readonly fPort?: number;
  /** When the network heard it, UTC epoch milliseconds; absent when the network does not say. */
  readonly heardAt?: number;
};

/** The service writes some numbers as strings (`"DataRate": "0"`). */
const numeric = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

/**
 * AWS IoT Core for LoRaWAN, "View format of uplink messages sent from LoRaWAN devices" (AWS IoT Wireless developer guide). Its own
 * sample spells `Fport` where the API says `FPort`, and shows a DevEui of 15 digits: a leading zero was lost.
 */
const uplinkSchema = z.object({
  PayloadData: z.base64().nullish(),
  WirelessMetadata: z.object({
    LoRaWAN: z.object({
      DevEui: z.string().regex(/^[0-9a-fA-F]{15,16}$/, '15 or 16 hexadecimal digits'),
      FPort: numeric.optional(),
      Fport: numeric.optional(),
      Timestamp: z.iso.datetime({ offset: true }).optional(),
    }),
  }),
});

/** `$.a.b[0]`, the way a person finds the place. */
const jsonPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, step) => text + (typeof step === 'number' ? `[${step}]` : `.${String(step)}`), '$');

/** Takes AWS IoT Core for LoRaWAN's envelope off one uplink. Gateways and radio metadata are left aside. */
export const readAwsLorawan = (payload: unknown): Result<LorawanFrame> => {
  const parsed = uplinkSchema.safeParse(payload);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse('invalid-payload', `${jsonPath(issue?.path ?? [])}: ${issue?.message ?? 'not an uplink'}`);
  }
  const { DevEui, FPort, Fport, Timestamp } = parsed.data.WirelessMetadata.LoRaWAN;
  const bytes = Buffer.from(parsed.data.PayloadData ?? '', 'base64');
  // Port 0 carries MAC commands, and a frame without port carries no payload (LoRaWAN 1.0.4, 4.3.2).
  const port = FPort ?? Fport;
  if (bytes.length === 0 && port !== undefined && port > 0) {
    return refuse('undecodable-frame', `byte 0: an empty frame on port ${port}`);
  }
  return accept({
    devEui: DevEui.toLowerCase().padStart(16, '0'),
    bytes,
    ...(port !== undefined && { fPort: port }),
    ...(Timestamp !== undefined && { heardAt: Date.parse(Timestamp) }),
  });
};
