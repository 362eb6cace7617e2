import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StationFileReport } from '../../events/station-file-event.ts';
import { pathIn, takenFileOf } from './places.ts';

/**
 * Moves a file that the function has taken to `done`, or to `refused` when nothing of it was kept, with the reasons beside it. May be
 * done again, and after a dead letter was sent back: a file that was refused then leaves that folder.
 */
export const putAside = (home: string, { key, kept, reasons }: StationFileReport): void => {
  const file = takenFileOf(key);
  if (file === undefined) return;
  const target = pathIn(home, kept ? 'done' : 'refused', file);
  const other = pathIn(home, kept ? 'refused' : 'done', file);
  const source = [pathIn(home, 'taken', file), other].find(existsSync);
  mkdirSync(dirname(target), { recursive: true });
  // The reasons first: a file is never seen without them.
  if (reasons === undefined) rmSync(`${target}.reasons.txt`, { force: true });
  else writeFileSync(`${target}.reasons.txt`, reasons);
  if (source !== undefined) renameSync(source, target);
  rmSync(`${other}.reasons.txt`, { force: true });
};
