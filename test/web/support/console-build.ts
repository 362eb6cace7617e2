import { execFile } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Where the built console lies. */
export const consoleFolder = `${root}web/dist`;

const newest = (patterns: readonly string[]): number =>
  Math.max(0, ...globSync(patterns, { cwd: root }).map((file) => statSync(`${root}${file}`).mtimeMs));

const isStale = (): boolean => {
  const built = `${consoleFolder}/index.html`;
  if (!existsSync(built)) return true;
  const sources = [
    'web/src/**/*.*',
    'web/public/*',
    'web/*.{html,ts}',
    'shared/telemetry/quantity.ts',
    'package-lock.json',
  ];
  return newest(sources) > statSync(built).mtimeMs;
};

/**
 * Builds the console when a source is newer than what lies there; in a process of its own, because a test runner's NODE_ENV would
 * make it a build for debugging.
 */
export const ensureConsoleBuilt = async (): Promise<void> => {
  if (!isStale()) return;
  await promisify(execFile)(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'web'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  });
};
