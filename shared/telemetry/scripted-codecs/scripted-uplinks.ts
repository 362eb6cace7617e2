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
export type ScriptedUplinks = (batch: readonly AddressedUplink[]) => Promise<readonly (ScriptedReading | undefined)[]>;

/** How long a codec that was found may be out of date: its mended script takes this long to count. */
const TTL_MS = 30_000;

/**
 * Decodes those of a batch of uplinks whose sensors' codecs are scripts: `undefined` for all others. The codecs come from the
 * registry in one call for all, and are remembered for a while.
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

  return async (batch) => {
    const places = batch.flatMap(({ uplink, sensor }, index) => {
      const { frame, receivedAt } = uplink;
      const reference = sensor?.status === 'active' ? sensor.codec : undefined;
      if (reference === undefined || !isScriptReference(reference)) return [];
      // Without payload or port there is nothing to run a script for; `readingsOf` knows what becomes of it.
      if (frame?.fPort === undefined || frame.bytes.length === 0) return [];
      return [
        {
          index,
          id: scriptId(reference),
          bytes: frame.bytes,
          fPort: frame.fPort,
          receivedAt: frame.heardAt ?? receivedAt,
        },
      ];
    });
    const readings: (ScriptedReading | undefined)[] = batch.map(() => undefined);
    if (places.length === 0) return readings;
    try {
      const codecs = await codecsOf(new Set(places.map(({ id }) => id)));
      const frames = places.flatMap((place): readonly (ScriptedFrame & { readonly index: number })[] => {
        const codec = codecs.get(place.id);
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
};
