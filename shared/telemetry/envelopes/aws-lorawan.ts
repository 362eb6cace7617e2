import * as z from 'zod';
import {
  base64Schema,
  bestSignal,
  type EnvelopeReader,
  fCntSchema,
  fPortSchema,
  frameOf,
  isoInstantSchema,
  refuseShape,
} from './lorawan-frame.ts';

const numberOrNothing = z.number().optional().catch(undefined);

/**
 * AWS IoT Core for LoRaWAN, "View format of uplink messages sent from LoRaWAN devices" (AWS IoT Wireless developer guide). Its own
 * sample spells `Fport` where the API says `FPort`, and shows a DevEui of 15 digits: a leading zero was lost.
 */
const uplinkSchema = z.object({
  PayloadData: base64Schema.nullish(),
  WirelessMetadata: z.object({
    LoRaWAN: z.object({
      DevEui: z.string().regex(/^[0-9a-fA-F]{15,16}$/, '15 or 16 hexadecimal digits'),
      FPort: fPortSchema.optional(),
      Fport: fPortSchema.optional(),
      FCnt: fCntSchema.optional(),
      Timestamp: isoInstantSchema.optional(),
      Gateways: z
        .array(z.object({ Rssi: numberOrNothing, Snr: numberOrNothing }))
        .optional()
        .catch(undefined),
    }),
  }),
});

/** Takes AWS IoT Core for LoRaWAN's envelope off one uplink. */
export const readAwsLorawan: EnvelopeReader = (payload) => {
  const parsed = uplinkSchema.safeParse(payload);
  if (!parsed.success) return refuseShape(parsed.error);
  const { DevEui, FPort, Fport, FCnt, Timestamp, Gateways = [] } = parsed.data.WirelessMetadata.LoRaWAN;
  return frameOf({
    devEui: DevEui.toLowerCase().padStart(16, '0'),
    bytes: parsed.data.PayloadData ?? undefined,
    fPort: FPort ?? Fport,
    fCnt: FCnt,
    heardAt: Timestamp,
    signal: bestSignal(Gateways.map(({ Rssi, Snr }) => ({ rssi: Rssi, snr: Snr }))),
  });
};
