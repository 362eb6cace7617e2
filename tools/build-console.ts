import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const output = join(root, 'web', 'dist');
const stampFile = join(output, '.sources');

/** A hash of all that the console is made of: its own files, the domain it shares, the locked dependencies. */
const hashSources = (): string => {
  const files = globSync(['web/**/*', 'shared/**/*.ts', 'package-lock.json'], {
    cwd: root,
    exclude: (entry) => entry.name === 'dist',
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
};

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
  const hash = hashSources();
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
