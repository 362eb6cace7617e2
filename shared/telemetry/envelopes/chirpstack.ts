import * as z from 'zod';
import { refuse } from '../refusal.ts';
import {
  base64Schema,
  bestSignal,
  type EnvelopeReader,
  euiSchema,
  fCntSchema,
  field,
  fPortSchema,
  frameOf,
  gatewaySchema,
  isoInstantSchema,
  noFrame,
  refuseShape,
} from './lorawan-frame.ts';

/** Version 4 names the device in `deviceInfo`; version 3 and gateways that imitate it (Milesight UG) beside everything else. */
const deviceSchema = z.union([
  z.object({ deviceInfo: z.object({ devEui: euiSchema }) }).transform(({ deviceInfo }) => deviceInfo.devEui),
  z.object({ devEUI: euiSchema }).transform(({ devEUI }) => devEUI),
]);

/** Milesight's gateways leave a dash away: `2020-0327T12:39:05.547336Z`. */
const timeSchema = z
  .string()
  .transform((text) => text.replace(/^(\d{4})-(\d{2})(\d{2})T/, '$1-$2-$3T'))
  .pipe(isoInstantSchema);

const uplinkSchema = z.object({
  time: timeSchema.nullish(),
  fCnt: fCntSchema.default(0),
  fPort: fPortSchema.optional(),
  data: base64Schema.nullish(),
  rxInfo: z
    .array(gatewaySchema.extend({ loRaSNR: z.number().optional().catch(undefined) }))
    .optional()
    .catch(undefined),
});

/**
 * ChirpStack v4, "Integrations: event types", `UplinkEvent` as JSON. Its other events (join, status, ack, txack, log, location)
 * carry neither port nor frame counter and become nothing. A counter that is left away is 0, protobuf's way of writing it.
 */
export const readChirpstack: EnvelopeReader = (payload) => {
  const device = deviceSchema.safeParse(payload);
  if (!device.success) return refuse('invalid-payload', '$.deviceInfo.devEui: 16 hexadecimal digits');
  const isUplink = ['data', 'fPort', 'rxInfo'].some((name) => field(payload, name) !== undefined);
  if (!isUplink) return noFrame(device.data);
  const parsed = uplinkSchema.safeParse(payload);
  if (!parsed.success) return refuseShape(parsed.error);
  const { time, fCnt, fPort, data, rxInfo = [] } = parsed.data;
  return frameOf({
    devEui: device.data,
    bytes: data ?? undefined,
    fPort,
    fCnt,
    heardAt: time ?? undefined,
    signal: bestSignal(rxInfo.map(({ rssi, snr, loRaSNR }) => ({ rssi, snr: snr ?? loRaSNR }))),
  });
};
