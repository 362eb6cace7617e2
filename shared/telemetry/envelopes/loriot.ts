import * as z from 'zod';
import { refuse } from '../refusal.ts';
import {
  bestSignal,
  type EnvelopeReader,
  epochMsSchema,
  euiSchema,
  fCntSchema,
  field,
  fPortSchema,
  frameOf,
  gatewaySchema,
  hexSchema,
  noFrame,
  refuseShape,
} from './lorawan-frame.ts';

const messageSchema = z.object({ cmd: z.string().max(40), EUI: euiSchema });

const uplinkSchema = gatewaySchema.extend({
  ts: epochMsSchema.optional(),
  fcnt: fCntSchema.optional(),
  port: fPortSchema.optional(),
  data: hexSchema.nullish(),
  gws: z.array(gatewaySchema).optional().catch(undefined),
});

/**
 * LORIOT, "Application output: uplink data message". `rx` comes at once with the first gateway's signal, `gw` a second later with all
 * gateways of the same frame; a city may have either or both switched on. Other commands (`txd`, `cq`, ...) become nothing.
 */
export const readLoriot: EnvelopeReader = (payload) => {
  const message = messageSchema.safeParse(payload);
  if (!message.success) return refuseShape(message.error);
  const { cmd, EUI: devEui } = message.data;
  if (cmd !== 'rx' && cmd !== 'gw') return noFrame(devEui);
  const parsed = uplinkSchema.safeParse(payload);
  if (!parsed.success) return refuseShape(parsed.error);
  const { ts, fcnt, port, data, gws = [], rssi, snr } = parsed.data;
  if (!data && field(payload, 'encdata') !== undefined) {
    return refuse('undecodable-frame', '$.encdata: the frame is still encrypted; give LORIOT the application key');
  }
  return frameOf({
    devEui,
    bytes: data ?? undefined,
    fPort: port,
    fCnt: fcnt,
    heardAt: ts,
    signal: bestSignal([...gws, { rssi, snr }]),
  });
};
