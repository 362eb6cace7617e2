import type { Sensor } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import type { Measurement } from '../codecs/measurement.ts';
import type { LorawanFrame } from '../envelopes/lorawan-frame.ts';
import { accept, type Result, refuse } from '../refusal.ts';
import { decodeScripted, type ScriptedFrame } from './decode-scripted.ts';
import { sandboxInThisThread } from './run-calls.ts';
import type { Sandbox } from './sandbox.ts';
import { isScriptReference, type ScriptedCodec, scriptId } from './scripted-codec.ts';

/** An uplink as far as it is opened, and the sensor that sent it, where it is known. */
export type AddressedUplink = {
  readonly uplink: { readonly receivedAt: number; readonly frame?: LorawanFrame };
  readonly sensor: Sensor | undefined;
};

/** What a script's frame says. @throws whatever kept the registry or the sandbox from answering: ask again later. */
export type ScriptedReading = () => Result<readonly Measurement[]>;

/** What the scripts say of a batch of uplinks, in its order. */
/** The scripts of a batch as the registry holds them now, by name; or why it did not say. */
export type FoundScripts =
  | { readonly ok: true; readonly codecs: ReadonlyMap<string, ScriptedCodec> }
  | { readonly ok: false; readonly error: unknown };

export type ScriptedUplinks = {
  /** The scripts that these sensors have for a codec. Never throws. */
  readonly find: (sensors: readonly (Sensor | undefined)[]) => Promise<FoundScripts>;
  /** What the scripts found say of those uplinks whose sensors have one: `undefined` for all others. */
  readonly decode: (
    batch: readonly AddressedUplink[],
    scripts: FoundScripts,
  ) => Promise<readonly (ScriptedReading | undefined)[]>;
};

/** The script of a sensor; `undefined` when it has none, or it is not known. */
export const scriptOf = (sensor: Sensor, scripts: FoundScripts): ScriptedCodec | undefined =>
  scripts.ok && sensor.codec !== undefined && isScriptReference(sensor.codec)
    ? scripts.codecs.get(scriptId(sensor.codec))
    : undefined;

/** How long a codec that was found may be out of date: its mended script takes this long to count. */
const TTL_MS = 30_000;

/**
 * Runs the codecs that the city brought along. They come from the registry in one call for all, and are remembered for a while.
 */
export const scriptedUplinks = (
  registry: Registry,
  clock: () => number,
  sandbox: Sandbox = sandboxInThisThread(),
): ScriptedUplinks => {
  const remembered = new Map<string, { readonly codec: ScriptedCodec; readonly until: number }>();

  const codecsOf = async (ids: ReadonlySet<string>): Promise<ReadonlyMap<string, ScriptedCodec>> => {
    const now = clock();
    const unknown = [...ids].filter((id) => !((remembered.get(id)?.until ?? 0) > now));
    for (const id of unknown) remembered.delete(id);
    const fetched = unknown.length === 0 ? [] : await registry.getMany('codec', unknown);
    for (const codec of fetched) remembered.set(codec.id, { codec, until: now + TTL_MS });
    return new Map([...ids].flatMap((id) => remembered.get(id)?.codec ?? []).map((codec) => [codec.id, codec]));
  };

  return {
    find: async (sensors) => {
      const references = sensors.flatMap((sensor) => sensor?.codec ?? []).filter(isScriptReference);
      if (references.length === 0) return { ok: true, codecs: new Map() };
      try {
        return { ok: true, codecs: await codecsOf(new Set(references.map(scriptId))) };
      } catch (error) {
        return { ok: false, error };
      }
    },
    decode: (batch, scripts) => decodeBatch(sandbox, batch, scripts),
  };
};

/** Without payload or port there is nothing to run a script for; `readingsOf` knows what becomes of it. */
const placesOf = (batch: readonly AddressedUplink[]) =>
  batch.flatMap(({ uplink: { frame, receivedAt }, sensor }, index) => {
    const reference = sensor?.status === 'active' ? sensor.codec : undefined;
    if (reference === undefined || !isScriptReference(reference)) return [];
    if (frame?.fPort === undefined || frame.bytes.length === 0) return [];
    const { bytes, fPort, heardAt = receivedAt } = frame;
    return [{ index, id: scriptId(reference), bytes, fPort, receivedAt: heardAt }];
  });

const decodeBatch = async (
  sandbox: Sandbox,
  batch: readonly AddressedUplink[],
  scripts: FoundScripts,
): Promise<readonly (ScriptedReading | undefined)[]> => {
  const places = placesOf(batch);
  const readings: (ScriptedReading | undefined)[] = batch.map(() => undefined);
  if (places.length === 0) return readings;
  try {
    if (!scripts.ok) throw scripts.error;
    const frames = places.flatMap((place): readonly (ScriptedFrame & { readonly index: number })[] => {
      const codec = scripts.codecs.get(place.id);
      const missing = refuse('undecodable-frame', `codec script:${place.id} is not in the registry`);
      if (codec === undefined) readings[place.index] = () => missing;
      return codec === undefined ? [] : [{ ...place, codec }];
    });
    const results = await decodeScripted(sandbox, frames);
    for (const [order, { index }] of frames.entries()) {
      const result = results[order];
      if (result !== undefined) readings[index] = () => (result.ok ? accept(result.value.measurements) : result);
    }
  } catch (error) {
    for (const { index } of places) {
      readings[index] ??= () => {
        throw error;
      };
    }
  }
  return readings;
};
