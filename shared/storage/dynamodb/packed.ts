import { gunzipSync, gzipSync } from 'node:zlib';

/** JSON as compressed bytes: a third of the size, so a third of what a write costs. */
export const packed = (value: unknown): Uint8Array => gzipSync(JSON.stringify(value), { level: 6 });

/** @throws Error when the bytes are none of ours. */
export const unpacked = (bytes: unknown): unknown => {
  if (!(bytes instanceof Uint8Array)) throw new Error('A packed attribute that is no bytes');
  return JSON.parse(gunzipSync(bytes).toString('utf8'));
};
