import * as z from 'zod';
import { refuse } from '../refusal.ts';
import {
  bestSignal,
  type EnvelopeReader,
  euiSchema,
  fCntSchema,
  field,
  fPortSchema,
  frameOf,
  gatewaySchema,
  hexSchema,
  isoInstantSchema,
  noFrame,
  refuseShape,
} from './lorawan-frame.ts';

const signalSchema = z.object({ LrrRSSI: gatewaySchema.shape.rssi, LrrSNR: gatewaySchema.shape.snr });

const uplinkSchema = signalSchema.extend({
  DevEUI: euiSchema,
  Time: isoInstantSchema.optional(),
  FPort: fPortSchema.optional(),
  FCntUp: fCntSchema.optional(),
  payload_hex: hexSchema.nullish(),
  Lrrs: z
    .object({ Lrr: z.array(signalSchema) })
    .optional()
    .catch(undefined),
});

const documentSchema = z.object({ DevEUI_uplink: uplinkSchema });

const eventSchema = z.object({ DevEUI: euiSchema });

/**
 * ThingPark (Actility), "LRC-AS tunnel interface": `DevEUI_uplink`. Its other documents (`DevEUI_downlink_Sent`, `DevEUI_location`,
 * `DevEUI_notification`, ...) become nothing.
 */
export const readThingpark: EnvelopeReader = (payload) => {
  const uplink = field(payload, 'DevEUI_uplink');
  if (uplink === undefined) {
    const name = Object.keys(typeof payload === 'object' ? (payload ?? {}) : {}).find((key) =>
      key.startsWith('DevEUI_'),
    );
    const event = eventSchema.safeParse(name === undefined ? undefined : field(payload, name));
    return event.success ? noFrame(event.data.DevEUI) : refuse('invalid-payload', '$.DevEUI_uplink: not there');
  }
  const parsed = documentSchema.safeParse(payload);
  if (!parsed.success) return refuseShape(parsed.error);
  const { DevEUI, Time, FPort, FCntUp, payload_hex, Lrrs, LrrRSSI, LrrSNR } = parsed.data.DevEUI_uplink;
  const gateways = [...(Lrrs?.Lrr ?? []), { LrrRSSI, LrrSNR }];
  return frameOf({
    devEui: DevEUI,
    bytes: payload_hex ?? undefined,
    fPort: FPort,
    fCnt: FCntUp,
    heardAt: Time,
    signal: bestSignal(gateways.map((gateway) => ({ rssi: gateway.LrrRSSI, snr: gateway.LrrSNR }))),
  });
};
