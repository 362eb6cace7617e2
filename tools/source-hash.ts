import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** A hash over names and contents of all files that match; folders called `dist` or `node_modules` are what is made, not what it is made of. */
export const hashFiles = (patterns: readonly string[]): string => {
  const files = globSync([...patterns], {
    cwd: root,
    exclude: (entry) => entry.name === 'dist' || entry.name === 'node_modules',
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
