import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build, stop } from 'esbuild';
import { bundleSettings } from './bundle-settings.ts';
import { hashFiles, root } from './source-hash.ts';

const cache = join(root, 'node_modules', '.cache', 'phosach-functions');

const bundle = async (name: string, folder: string): Promise<void> => {
  await build({
    entryPoints: [join(root, 'functions', name, 'handler.ts')],
    outfile: join(folder, `${name}.mjs`),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: bundleSettings.target,
    mainFields: bundleSettings.mainFields,
    banner: { js: bundleSettings.banner },
    minify: true,
    logLevel: 'warning',
  });
};

/**
 * Bundles every function as the CDK does for Lambda (but readable, for stack traces), unless bundles of the same sources are there;
 * answers their folder. A bundled function needs half the memory and a third of the start-up time of one loaded file by file.
 * @throws Error when the bundler refuses.
 */
export const ensureFunctionsBuilt = async (): Promise<string> => {
  const folder = join(
    cache,
    hashFiles(['functions/**/*.ts', 'shared/**/*.ts', 'events/**/*.ts', 'tools/*.ts', 'package-lock.json']).slice(
      0,
      16,
    ),
  );
  if (existsSync(folder)) return folder;
  removeOld();
  const draft = mkdtempSync(join(root, 'node_modules', '.functions-'));
  const names = globSync('functions/*/handler.ts', { cwd: root }).map((file) => basename(dirname(file)));
  await Promise.all(names.map((name) => bundle(name, draft)));
  await stop();
  publish(draft, folder);
  return folder;
};

const DAY_MS = 86_400_000;

/** A city of another version of the sources may still be starting its functions from a build of today. */
const removeOld = (): void => {
  for (const build of globSync('*', { cwd: cache }).map((name) => join(cache, name))) {
    if (Date.now() - statSync(build).mtimeMs > DAY_MS) rmSync(build, { recursive: true, force: true });
  }
};

/** Whole or not at all: another start may be building the same. */
const publish = (draft: string, folder: string): void => {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
};
