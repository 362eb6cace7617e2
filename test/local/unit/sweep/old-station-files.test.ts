import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { folderPath, makeFolders, newArrival, pathIn } from '../../../../local/station-files/places.ts';
import { deleteOldStationFiles } from '../../../../local/sweep/old-station-files.ts';

const home = mkdtempSync(join(tmpdir(), 'phosach-home-'));
afterEach(() => rmSync(home, { recursive: true, force: true }));

const OLD = Date.UTC(2025, 0, 1);
const NEW = Date.UTC(2026, 10, 1);

const put = (path: string): string => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'x');
  return path;
};

it('deletes old files that are done or refused with their reasons, and leaves all others', () => {
  makeFolders(home);
  const file = (folder: 'taken' | 'done' | 'refused', at: number) =>
    put(pathIn(home, folder, { code: 'BD_BAUB_KHIBBA', arrival: newArrival(at), name: 'BD_BAUB_KHIBBA_20250101.txt' }));
  const refused = file('refused', OLD);
  const old = [file('done', OLD), refused, put(`${refused}.reasons.txt`)];
  const kept = [
    file('done', NEW),
    file('refused', NEW),
    file('taken', OLD),
    put(join(folderPath(home, 'done'), 'notes.txt')),
    put(join(folderPath(home, 'done'), 'BD_BAUB_KHIBBA', 'archive.txt')),
  ];
  expect(deleteOldStationFiles(home, Date.UTC(2026, 0, 1))).toBe(2);
  expect(old.filter(existsSync)).toEqual([]);
  expect(kept.filter(existsSync)).toEqual(kept);
});
