import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSandboxThread } from '../../shared/sandbox/sandbox-thread.ts';
import type { Measurement } from '../../shared/telemetry/codecs/measurement.ts';
import { accept, type Result, refuse } from '../../shared/telemetry/refusal.ts';
import { decodeScripted } from '../../shared/telemetry/scripted-codecs/decode-scripted.ts';
import type { Sandbox } from '../../shared/telemetry/scripted-codecs/sandbox.ts';
import {
  type ScriptedCodec,
  type ScriptReference,
  scriptedCodecSchema,
  scriptId,
} from '../../shared/telemetry/scripted-codecs/scripted-codec.ts';
import { readCodecFiles } from '../codec/run-codec-command.ts';

/** What a frame says by a codec that a city brought along. Never throws: what is wrong is the answer. */
export type ScriptDecoder = (
  reference: ScriptReference,
  frame: { readonly bytes: Uint8Array; readonly fPort: number; readonly receivedAt: number },
) => Promise<Result<readonly Measurement[]>>;

/** Finds a script by its name; `undefined` when there is none. @throws Error in words for the person at the keyboard. */
export type FindScript = (id: string) => Promise<ScriptedCodec | undefined>;

/** Scripts of a folder: `NAME.js` with its mapping `NAME.json` beside it. */
export const scriptsInFolder =
  (folder: string): FindScript =>
  async (id) => {
    // A name with a path in it would leave the folder.
    if (!scriptedCodecSchema.shape.id.safeParse(id).success) return undefined;
    const files = { script: join(folder, `${id}.js`), mapping: join(folder, `${id}.json`) };
    return existsSync(files.script) ? readCodecFiles(id, files) : undefined;
  };

/** Runs scripts in the sandbox; each is looked up once. */
export const scriptDecoder = (find: FindScript, sandbox: Sandbox = openSandboxThread()): ScriptDecoder => {
  const known = new Map<string, Promise<ScriptedCodec | undefined>>();
  return async (reference, frame) => {
    const id = scriptId(reference);
    const found = known.get(id) ?? find(id);
    known.set(id, found);
    try {
      const codec = await found;
      if (codec === undefined) return refuse('undecodable-frame', `$.codec: there is no codec ${reference}`);
      const [result] = await decodeScripted(sandbox, [{ codec, ...frame }]);
      if (result === undefined) return refuse('undecodable-frame', `codec ${reference} gives no answer`);
      return result.ok ? accept(result.value.measurements) : result;
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      return refuse('undecodable-frame', `$.codec: ${reference}: ${words}`);
    }
  };
};
