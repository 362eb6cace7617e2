import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles, root } from './source-hash.ts';

const output = join(root, 'web', 'dist');
const stampFile = join(output, '.sources');

/** Runs the bundler in a process of its own, so that the city does not keep its memory. */
const build = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const child = spawn(process.execPath, [vite, 'build', 'web', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The console did not build (exit ${code})`)),
    );
  });

/**
 * Builds the console into `web/dist` unless what lies there was made from the same sources; answers the folder.
 * @throws Error when the bundler refuses.
 */
export const ensureConsoleBuilt = async (): Promise<string> => {
  // Its own files, the domain it shares, the locked dependencies.
  const hash = hashFiles(['web/**/*', 'shared/**/*.ts', 'package-lock.json']);
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== hash) {
    await build();
    writeFileSync(stampFile, hash);
  }
  return output;
};

/** Vitest's global set-up: the browser tests and the synthesis tests find a console that is up to date. */
export const setup = async (): Promise<void> => {
  await ensureConsoleBuilt();
};
