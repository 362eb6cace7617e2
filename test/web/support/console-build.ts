import { execFile } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** A folder of the tests' own: a synthesis or a dispatcher's build may empty `web/dist` at any time. */
export const consoleFolder = `${root}node_modules/.cache/phosach-console`;

const newest = (patterns: readonly string[]): number =>
  Math.max(0, ...globSync(patterns, { cwd: root }).map((file) => statSync(`${root}${file}`).mtimeMs));

const isStale = (): boolean => {
  const built = `${consoleFolder}/index.html`;
  if (!existsSync(built)) return true;
  const sources = [
    'web/src/**/*.*',
    'web/public/*',
    'web/*.{html,ts}',
    'web/data/*.html',
    'web/crew/*.html',
    'web/public/crew/*',
    'shared/city/*.ts',
    'shared/routing/{crew,exports,travel}/*.ts',
    'shared/telemetry/quantity.ts',
    'shared/waste/{kpis,overflow}/*.ts',
    'package-lock.json',
  ];
  return newest(sources) > statSync(built).mtimeMs;
};

/** Builds the console when a source is newer than what lies there. */
export const ensureConsoleBuilt = async (): Promise<void> => {
  if (!isStale()) return;
  const options = ['build', 'web', '--outDir', consoleFolder, '--emptyOutDir'];
  await promisify(execFile)(process.execPath, ['node_modules/vite/bin/vite.js', ...options], { cwd: root });
};
