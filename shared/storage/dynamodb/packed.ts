import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod';
import { batchGet, batchWrite, type Item, type Key, type TableOptions } from './items.ts';

/** An item may have 400 KB; what needs several pieces is cut well below. */
const PIECE_BYTES = 350_000;

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Where packed bytes lie: a name made of their content, and in how many items. */
export const packedSchema = z.object({ digest: z.string(), pieces: z.int().positive() });
export type Packed = z.infer<typeof packedSchema>;

const pieceSchema = z.object({ sk: z.string(), bytes: z.instanceof(Uint8Array) });

const pieceKey = (pk: string, digest: string, index: number): Key => ({
  pk,
  sk: `body#${digest}#${String(index).padStart(3, '0')}`,
});

/**
 * Writes bytes, compressed, into as many items of a partition as they need. Whoever writes a reference to them does it afterwards, so
 * that a crash in between leaves what nobody finds.
 */
export const pack = async (
  options: TableOptions,
  pk: string,
  bytes: Uint8Array | string,
  { level = 6, more = {} }: { readonly level?: number; readonly more?: Item } = {},
): Promise<Packed> => {
  const body = await compress(bytes, { level });
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 16);
  const pieces = Math.max(1, Math.ceil(body.length / PIECE_BYTES));
  const put = Array.from({ length: pieces }, (_, index) => ({
    ...more,
    ...pieceKey(pk, digest, index),
    bytes: body.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
  }));
  await batchWrite(options, { put });
  return { digest, pieces };
};

/** The bytes again; `undefined` when none or not all of their pieces are there any more. */
export const unpack = async (
  options: TableOptions,
  pk: string,
  { digest, pieces }: Packed,
): Promise<Buffer | undefined> => {
  const keys = Array.from({ length: pieces }, (_, index) => pieceKey(pk, digest, index));
  const items = (await batchGet(options, keys)).map((item) => pieceSchema.parse(item));
  if (items.length !== pieces) return undefined;
  items.sort((a, b) => (a.sk < b.sk ? -1 : 1));
  return decompress(Buffer.concat(items.map(({ bytes }) => bytes)));
};
