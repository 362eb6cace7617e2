import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Registry } from '../../shared/city/registry.ts';
import { openSandboxThread } from '../../shared/sandbox/sandbox-thread.ts';
import { quantities } from '../../shared/telemetry/quantity.ts';
import { decodeScripted } from '../../shared/telemetry/scripted-codecs/decode-scripted.ts';
import type { Sandbox } from '../../shared/telemetry/scripted-codecs/sandbox.ts';
import {
  isScriptReference,
  type ScriptedCodec,
  scriptedCodec,
  scriptId,
} from '../../shared/telemetry/scripted-codecs/scripted-codec.ts';
import { type CodecCommand, codecUsage } from './options.ts';

const readMapping = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** @throws Error that names the file and every field at fault. */
export const readCodecFiles = (
  id: string,
  files: { readonly script: string; readonly mapping: string },
): ScriptedCodec => {
  try {
    return scriptedCodec(id, readFileSync(files.script, 'utf8'), readMapping(files.mapping));
  } catch (error) {
    if (error instanceof z.ZodError) throw new Error(`${files.mapping}:\n${z.prettifyError(error)}`);
    throw error;
  }
};

const found = async (registry: Registry, id: string): Promise<ScriptedCodec> => {
  const codec = await registry.get('codec', id);
  if (codec === undefined) throw new Error(`There is no codec ${id}`);
  return codec;
};

const usersOf = async (registry: Registry, id: string): Promise<readonly string[]> =>
  (await registry.list('sensor')).flatMap(({ id: sensorId, codec }) =>
    codec !== undefined && isScriptReference(codec) && scriptId(codec) === id ? [sensorId] : [],
  );

/** A script that cannot even be loaded is not taken: no frame of it would ever be read. An empty frame tells; its errors are its own. */
const checkLoads = async (sandbox: Sandbox, { script, version }: ScriptedCodec): Promise<void> => {
  const [answer] = await sandbox.run([{ script, version, bytes: new Uint8Array(), fPort: 1, receivedAt: 0 }]);
  const isHopeless = answer?.ok === false && /SyntaxError|no decodeUplink/.test(answer.reason);
  if (isHopeless) throw new Error(`The script cannot be used: ${answer.reason}`);
};

/**
 * Does what the command says, and answers the lines to print.
 * @throws Error in words for the person at the keyboard.
 */
export const runCodecCommand = async (
  command: CodecCommand,
  openRegistry: (cloud: boolean) => Registry,
  sandbox: Sandbox = openSandboxThread(),
): Promise<readonly string[]> => {
  switch (command.command) {
    case 'help':
      return [codecUsage];
    case 'list': {
      const codecs = await openRegistry(command.cloud).list('codec');
      const lines = codecs.map(({ id, version, script, mapping }) => {
        const kept = [...new Set(Object.values(mapping.values).map(({ quantity }) => quantity))];
        return `${id}  version ${version}  ${Buffer.byteLength(script)} bytes  ${kept.join(' ')}`;
      });
      return [...lines, `${codecs.length} codecs`];
    }
    case 'remove': {
      const registry = openRegistry(command.cloud);
      await found(registry, command.id);
      const users = await usersOf(registry, command.id);
      if (users.length > 0) throw new Error(`Sensors use it: ${users.slice(0, 10).join(', ')}`);
      await registry.remove('codec', command.id);
      return [`Removed the codec ${command.id}.`];
    }
    case 'add': {
      const codec = readCodecFiles(command.id, command);
      await checkLoads(sandbox, codec);
      const registry = openRegistry(command.cloud);
      const previous = await registry.get('codec', codec.id);
      await registry.put('codec', codec);
      const what = previous === undefined ? 'Added' : previous.version === codec.version ? 'Unchanged:' : 'Replaced';
      return [`${what} the codec ${codec.id}, version ${codec.version}. Sensors use it as --codec script:${codec.id}.`];
    }
    case 'test': {
      const { id, files, bytes, fPort } = command;
      const codec = files ? readCodecFiles(id, files) : await found(openRegistry(command.cloud), id);
      const [result] = await decodeScripted(sandbox, [{ codec, bytes, fPort, receivedAt: Date.now() }]);
      if (result === undefined) throw new Error('The sandbox gives no answer');
      if (!result.ok) throw new Error(result.reason);
      const { measurements, warnings } = result.value;
      return [
        ...measurements.map(({ quantity, value, missing, measuredAt }) => {
          const said = value === null ? `missing (${missing ?? 'missing'})` : `${value} ${quantities[quantity].unit}`;
          return `${quantity}: ${said}${measuredAt === undefined ? '' : ` at ${new Date(measuredAt).toISOString()}`}`;
        }),
        ...warnings.map((warning) => `warning: ${JSON.stringify(warning)}`),
        `${measurements.length} values`,
      ];
    }
  }
};
