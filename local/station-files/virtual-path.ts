import { join } from 'node:path';

const MAX_SEGMENTS = 8;
const MAX_SEGMENT_BYTES = 200;

/** What a station sees as its path, beginning with `/`, and where it lies on disk. */
export type VirtualPath = { readonly virtual: string; readonly real: string };

/**
 * A client's path within the folder that is all it sees. `undefined` for one that leads out of it (`..` above the top), or has
 * characters or a length that no file here needs. Pure; that no link leads out is for the caller to see.
 */
export const resolveVirtualPath = (root: string, path: string): VirtualPath | undefined => {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (segments.pop() === undefined) return undefined;
      continue;
    }
    if (/[\0\\\p{Cc}]/u.test(segment) || Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) return undefined;
    segments.push(segment);
  }
  if (segments.length > MAX_SEGMENTS) return undefined;
  return { virtual: `/${segments.join('/')}`, real: join(root, ...segments) };
};
