import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export type CommandResult = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs one of the commands beside the city, as `npm run` would, against the city in `home`. */
export const runCommand = async (home: string, file: string, args: readonly string[]): Promise<CommandResult> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', file), ...args], {
    env: { ...process.env, PHOSACH_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk.toString()));
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, stdout: out.join(''), stderr: err.join('') };
};
