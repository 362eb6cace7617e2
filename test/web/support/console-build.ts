import { existsSync, globSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const webFolder = `${root}web`;

/** Where the built console lies. */
export const consoleFolder = `${webFolder}/dist`;

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

/** Builds the console when a source is newer than what lies there. */
export const ensureConsoleBuilt = async (): Promise<void> => {
  if (isStale()) await build({ root: webFolder, configFile: `${webFolder}/vite.config.ts`, logLevel: 'warn' });
};
