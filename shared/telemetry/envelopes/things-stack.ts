import * as z from 'zod';
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

const messageSchema = z.object({ end_device_ids: z.object({ dev_eui: euiSchema }) });

const uplinkSchema = z.object({
  received_at: isoInstantSchema.optional(),
  uplink_message: z.object({
    f_port: fPortSchema.optional(),
    f_cnt: fCntSchema.default(0),
    frm_payload: base64Schema.nullish(),
    received_at: isoInstantSchema.optional(),
    rx_metadata: z.array(gatewaySchema).optional().catch(undefined),
  }),
});

/** Its event stream wraps the message in `data`, its storage integration in `result`. */
const wrappers = ['data', 'result'] as const;

/** The message itself; `undefined` when this is none of The Things Stack's. */
export const findMessage = (payload: unknown): unknown =>
  [payload, ...wrappers.map((name) => field(payload, name))].find(
    (candidate) => field(candidate, 'end_device_ids') !== undefined,
  );

/**
 * The Things Stack v3, "Data formats": `ApplicationUp` with `uplink_message`, by webhook, MQTT or storage integration. Its other
 * messages (join_accept, downlink_*, location_solved, ...) become nothing. Fields that are zero are left away: no `f_cnt` is 0.
 * The instant is the network server's, which comes before the application server's.
 */
export const readThingsStack: EnvelopeReader = (payload) => {
  const message = findMessage(payload) ?? payload;
  const device = messageSchema.safeParse(message);
  if (!device.success) return refuseShape(device.error);
  const devEui = device.data.end_device_ids.dev_eui;
  const kinds = Object.keys(message as object).filter((name) =>
    /^(?:join_accept|downlink_|location_|service_)/.test(name),
  );
  if (kinds.length > 0 && field(message, 'uplink_message') === undefined) return noFrame(devEui);
  const parsed = uplinkSchema.safeParse(message);
  if (!parsed.success) return refuseShape(parsed.error);
  const { uplink_message: uplink, received_at: atApplication } = parsed.data;
  return frameOf({
    devEui,
    bytes: uplink.frm_payload ?? undefined,
    fPort: uplink.f_port,
    fCnt: uplink.f_cnt,
    heardAt: uplink.received_at ?? atApplication,
    signal: bestSignal(uplink.rx_metadata ?? []),
  });
};
