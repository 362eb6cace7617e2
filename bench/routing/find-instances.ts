import { open, readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

const HEAD_BYTES = 65_536;

/** What tells an instance from a README, a solution or a list of best-known values. */
const marks: Readonly<Record<string, RegExp>> = {
  '.vrp': /^DIMENSION\s*:/m,
  '.txt': /^CUSTOMER|^DIMENSION\s*:|vehicle capacity \(yards\)/m,
  '.json': /"locations"\s*:/,
};

const headOf = async (file: string): Promise<string> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(HEAD_BYTES) });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
};

const isInstance = async (file: string): Promise<boolean> => marks[extname(file)]?.test(await headOf(file)) ?? false;

const filesUnder = async (path: string): Promise<string[]> => {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

/**
 * All instances in the folders (and files) given, by what stands in them, in order of their names with numbers as numbers.
 * @throws Error when a folder does not exist.
 */
export const findInstances = async (places: readonly string[]): Promise<string[]> => {
  const found: string[] = [];
  for (const place of places) {
    const files = await filesUnder(place);
    files.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    for (const file of files) if (await isInstance(file)) found.push(file);
  }
  return found;
};
