import type { UplinkMessage } from '../../../events/uplink-message.ts';
import type { QueuedUplink } from '../../../shared/telemetry/ingest.ts';

let messages = 0;

/** A queue message with this body, under an id of its own. */
export const queuedBody = (body: string): QueuedUplink => ({ messageId: `message-${++messages}`, body });

export const queued = (message: UplinkMessage): QueuedUplink => queuedBody(JSON.stringify(message));

/** What the device rule makes of a payload that a sensor published under its own name. */
export const deviceUplink = (
  sensorId: string,
  payload: string | Buffer | object,
  receivedAt: number,
  fields: Partial<UplinkMessage> = {},
): QueuedUplink => {
  const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  return queued({
    envelope: 'city-json',
    payloadBase64: Buffer.from(bytes).toString('base64'),
    topic: `phosach/uplink/${sensorId}`,
    sensorId,
    clientId: sensorId,
    receivedAt,
    ...fields,
  });
};

/** What the LoRaWAN rule makes of a frame, given in hexadecimal. */
export const lorawanUplink = (devEui: string, hex: string, receivedAt: number, heardAt?: string): QueuedUplink => {
  const payload = {
    WirelessDeviceId: 'b1f5b0c4-9a51-4a54-8ab6-1f6b5a0f7c01',
    PayloadData: Buffer.from(hex, 'hex').toString('base64'),
    WirelessMetadata: { LoRaWAN: { DevEui: devEui, FPort: 85, ...(heardAt && { Timestamp: heardAt }) } },
  };
  return queued({
    envelope: 'aws-lorawan',
    payloadBase64: Buffer.from(JSON.stringify(payload)).toString('base64'),
    topic: 'phosach/network/aws-lorawan',
    clientId: 'N/A',
    receivedAt,
  });
};

/** What the network rule makes of a ChirpStack envelope around a frame, given in hexadecimal. */
export const chirpstackUplink = (
  frame: { readonly devEui: string; readonly fCnt: number; readonly hex: string; readonly heardAt: number },
  fields: Partial<UplinkMessage> = {},
): QueuedUplink => {
  const payload = {
    deviceInfo: { devEui: frame.devEui },
    time: new Date(frame.heardAt).toISOString(),
    fCnt: frame.fCnt,
    fPort: 85,
    data: Buffer.from(frame.hex, 'hex').toString('base64'),
  };
  return queued({
    envelope: 'chirpstack',
    payloadBase64: Buffer.from(JSON.stringify(payload)).toString('base64'),
    topic: `phosach/network/chirpstack/${frame.devEui}`,
    devEui: frame.devEui,
    clientId: 'network-server',
    receivedAt: frame.heardAt + 500,
    ...fields,
  });
};
