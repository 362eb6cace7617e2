import type { Sensor } from '../city/entities.ts';
import { codecOf } from './codecs/registry.ts';
import type { OpenedUplink } from './open-uplink.ts';
import type { Kept, RawUplink, RawUplinkStore } from './raw-uplinks.ts';
import { isScriptReference } from './scripted-codecs/scripted-codec.ts';
import { type FoundScripts, scriptOf } from './scripted-codecs/scripted-uplinks.ts';

/**
 * What decodes a sensor's frames, as it is kept beside them: `name@version`. A script's version is the hash over it and its mapping;
 * its name stands alone when the registry does not know it, or did not answer.
 */
export const codecStamp = (sensor: Sensor, scripts: FoundScripts): string | undefined => {
  const { codec } = sensor;
  if (codec === undefined) return undefined;
  const version = isScriptReference(codec) ? scriptOf(sensor, scripts)?.version : codecOf(codec).version;
  return version === undefined ? codec : `${codec}@${version}`;
};

/** The frame to be kept; `undefined` of what is none: another envelope, another event, an unknown or retired sensor. */
const rawUplinkOf = (
  uplink: OpenedUplink,
  sensor: Sensor | undefined,
  scripts: FoundScripts,
): RawUplink | undefined => {
  if (uplink.envelope === 'city-json' || sensor === undefined || sensor.status === 'retired') return undefined;
  const { envelope, receivedAt, frame } = uplink;
  if (frame.bytes.length === 0) return undefined;
  const { devEui, fCnt, fPort, heardAt = receivedAt, signal } = frame;
  const codec = codecStamp(sensor, scripts);
  return {
    devEui,
    sensorId: sensor.id,
    network: envelope,
    ...(fCnt !== undefined && { fCnt }),
    ...(fPort !== undefined && { fPort }),
    hex: Buffer.from(frame.bytes).toString('hex'),
    heardAt,
    receivedAt,
    ...(signal !== undefined && { signal }),
    ...(codec !== undefined && { codec }),
  };
};

export type Settled =
  | { readonly ok: true; readonly uplink: OpenedUplink }
  | { readonly ok: false; readonly error: unknown };

const settledAt = (uplink: OpenedUplink, kept: Kept | undefined): Settled => {
  if (kept === undefined || uplink.envelope === 'city-json') return { ok: true, uplink };
  if (!kept.ok) return kept;
  return { ok: true, uplink: { ...uplink, frame: { ...uplink.frame, heardAt: kept.heardAt } } };
};

const keepAll = async (store: RawUplinkStore, uplinks: readonly RawUplink[]): Promise<readonly Kept[]> => {
  if (uplinks.length === 0) return [];
  try {
    return await store.keep(uplinks);
  } catch (error) {
    return uplinks.map(() => ({ ok: false, error }));
  }
};

/**
 * Keeps the frames among these uplinks and answers each uplink, in their order, with the instant that counts for it. Comes before the
 * readings are stored: when that fails, the frame's next delivery finds the instant and makes the same readings.
 */
export const settleInstants = async (
  store: RawUplinkStore,
  uplinks: readonly { readonly uplink: OpenedUplink; readonly sensor: Sensor | undefined }[],
  scripts: FoundScripts,
): Promise<readonly Settled[]> => {
  const raw = uplinks.map(({ uplink, sensor }) => rawUplinkOf(uplink, sensor, scripts));
  const kept = await keepAll(
    store,
    raw.flatMap((uplink) => uplink ?? []),
  );
  let next = 0;
  return uplinks.map(({ uplink }, index) => settledAt(uplink, raw[index] === undefined ? undefined : kept[next++]));
};
