import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { RoadFileError } from './osm.ts';

/**
 * The blocks of an OpenStreetMap PBF file (wiki.openstreetmap.org/wiki/PBF_Format): a length, a header that names the kind, a
 * blob. Field numbers below are those of fileformat.proto and osmformat.proto.
 */
export type PbfBlock = {
  readonly kind: string;
  /** Reads the data, and tells of the place when it cannot be read. */
  readonly read: <T>(reader: (data: Uint8Array) => T) => T;
};

/** More is forbidden by the format, and a file that claims it is broken. */
const MAX_HEADER_BYTES = 64 * 1024;
const MAX_BLOB_BYTES = 32 * 1024 * 1024;

type BlobHeader = { kind: string; bytes: number };
type Blob = { raw?: Uint8Array; zlib?: Uint8Array; other?: number };

const headerOf = (bytes: Uint8Array): BlobHeader =>
  new PbfReader(bytes).readFields<BlobHeader>(
    (tag, header, pbf) => {
      if (tag === 1) header.kind = pbf.readString();
      else if (tag === 3) header.bytes = pbf.readVarint();
    },
    { kind: '', bytes: 0 },
  );

const contentOf = (bytes: Uint8Array, offset: number): Uint8Array => {
  const blob = new PbfReader(bytes).readFields<Blob>((tag, found, pbf) => {
    if (tag === 1) found.raw = pbf.readBytes();
    else if (tag === 3) found.zlib = pbf.readBytes();
    else if (tag >= 4) found.other = tag;
  }, {});
  if (blob.raw) return blob.raw;
  if (blob.zlib) return inflateSync(blob.zlib, { maxOutputLength: MAX_BLOB_BYTES });
  throw new RoadFileError(`byte ${offset}: this block is compressed in a way that is not supported (only zlib is)`);
};

/**
 * The blocks one after the other, each decompressed when it is asked for.
 * @throws RoadFileError naming the byte at which the file is not as the format says.
 */
export function* pbfBlocks(file: Uint8Array): Generator<PbfBlock> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  while (at < file.length) {
    const start = at;
    const broken = (what: string): RoadFileError => new RoadFileError(`byte ${start}: not OpenStreetMap PBF: ${what}`);
    if (at + 4 > file.length) throw broken('the file ends in a length');
    const headerBytes = view.getUint32(at);
    at += 4;
    if (headerBytes > MAX_HEADER_BYTES || at + headerBytes > file.length) throw broken('a header longer than may be');
    const block = readOrFail(() => headerOf(file.subarray(at, at + headerBytes)), broken);
    at += headerBytes;
    if (block.bytes > MAX_BLOB_BYTES || at + block.bytes > file.length) throw broken('a block longer than the file');
    const blob = file.subarray(at, at + block.bytes);
    at += block.bytes;
    const data = readOrFail(() => contentOf(blob, start), broken);
    yield { kind: block.kind, read: (reader) => readOrFail(() => reader(data), broken) };
  }
}

/** What a library says of broken bytes, told with their place. */
const readOrFail = <T>(read: () => T, broken: (what: string) => RoadFileError): T => {
  try {
    return read();
  } catch (error) {
    throw error instanceof RoadFileError ? error : broken(error instanceof Error ? error.message : String(error));
  }
};
