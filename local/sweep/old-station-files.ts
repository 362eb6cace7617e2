import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { arrivedAt, folderPath, takenFileAt } from '../station-files/places.ts';

const REASONS = '.reasons.txt';

/**
 * Deletes station files that arrived before an instant (UTC epoch milliseconds) and are done or refused, their reasons with them, and
 * answers how many. What has no name that the city gave it stays: somebody else put it there.
 */
export const deleteOldStationFiles = (home: string, before: number): number => {
  let deleted = 0;
  for (const folder of ['done', 'refused'] as const) {
    const root = folderPath(home, folder);
    for (const { parentPath, name } of readdirSync(root, { recursive: true, withFileTypes: true }).filter(isFile)) {
      const code = parentPath.slice(root.length + 1);
      const file = takenFileAt(code, name.endsWith(REASONS) ? name.slice(0, -REASONS.length) : name);
      if (file === undefined || !(arrivedAt(file) < before)) continue;
      rmSync(join(parentPath, name), { force: true });
      if (!name.endsWith(REASONS)) deleted += 1;
    }
  }
  return deleted;
};

const isFile = (entry: { readonly isFile: () => boolean }): boolean => entry.isFile();
