import type { Hierarchy } from './hierarchy.ts';
import { RoadFileError } from './osm.ts';
import type { RoadGraph } from './road-graph.ts';
import type { RoadNetwork } from './road-network.ts';

/**
 * A prepared road network as bytes: `PHOSACH ROADS 1\n`, the length of a JSON head (4 bytes, little-endian), the head, then the
 * arrays it lists, each from a multiple of 8 bytes on. Reading makes views on the bytes and copies nothing.
 */
const MAGIC = new TextEncoder().encode('PHOSACH ROADS 1\n');

const graphArrays = [
  'arcTail',
  'arcHead',
  'arcMilliseconds',
  'arcMillimetres',
  'arcChain',
  'arcForward',
  'chainIsPlace',
  'chainStart',
  'shapeLongitudeE7',
  'shapeLatitudeE7',
] as const satisfies readonly (keyof RoadGraph)[];
const hierarchyArrays = [
  'isCore',
  'arcTail',
  'arcHead',
  'arcMilliseconds',
  'arcMillimetres',
  'arcFirst',
  'arcSecond',
  'outStart',
  'outArc',
  'inStart',
  'inArc',
] as const satisfies readonly (keyof Hierarchy)[];

type Listed = { readonly bytesPerElement: number; readonly length: number };
type Head = {
  readonly source: string;
  readonly nodeCount: number;
  readonly arcCount: number;
  readonly chainCount: number;
  readonly coreSize: number;
  readonly arrays: readonly Listed[];
};

const aligned = (offset: number): number => Math.ceil(offset / 8) * 8;

const arraysOf = ({ graph, hierarchy }: RoadNetwork): readonly (Int32Array | Uint8Array)[] => [
  ...graphArrays.map((name) => graph[name]),
  ...hierarchyArrays.map((name) => hierarchy[name]),
];

/** The bytes of a network, for a file or an object store. */
export const writeRoadNetwork = (network: RoadNetwork): Uint8Array => {
  const arrays = arraysOf(network);
  const { nodeCount, arcCount, chainCount } = network.graph;
  const head: Head = {
    source: network.source,
    nodeCount,
    arcCount,
    chainCount,
    coreSize: network.hierarchy.coreSize,
    arrays: arrays.map(({ BYTES_PER_ELEMENT: bytesPerElement, length }) => ({ bytesPerElement, length })),
  };
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const first = aligned(MAGIC.length + 4 + headBytes.length);
  const file = new Uint8Array(arrays.reduce((offset, array) => aligned(offset + array.byteLength), first));
  file.set(MAGIC);
  new DataView(file.buffer).setUint32(MAGIC.length, headBytes.length, true);
  file.set(headBytes, MAGIC.length + 4);
  let offset = first;
  for (const array of arrays) {
    file.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset = aligned(offset + array.byteLength);
  }
  return file;
};

const headOf = (file: Uint8Array): { readonly head: Head; readonly first: number } => {
  if (MAGIC.some((byte, at) => file[at] !== byte))
    throw new RoadFileError('not a prepared road network of this version');
  const length = new DataView(file.buffer, file.byteOffset).getUint32(MAGIC.length, true);
  const start = MAGIC.length + 4;
  const head: Head = JSON.parse(new TextDecoder().decode(file.subarray(start, start + length)));
  return { head, first: aligned(start + length) };
};

/**
 * The network in bytes that `writeRoadNetwork` made.
 * @throws RoadFileError when they are something else or cut off.
 */
export const readRoadNetwork = (given: Uint8Array): RoadNetwork => {
  // Views of whole numbers need bytes that begin at a multiple of their size.
  const file = given.byteOffset % 8 === 0 ? given : given.slice();
  if (file.length < MAGIC.length + 4) throw new RoadFileError('not a prepared road network: too short');
  const { head, first } = headOf(file);
  let offset = first;
  const arrays = head.arrays.map(({ bytesPerElement, length }) => {
    const start = file.byteOffset + offset;
    if (offset + bytesPerElement * length > file.length)
      throw new RoadFileError('the prepared road network is cut off');
    offset = aligned(offset + bytesPerElement * length);
    return bytesPerElement === 1
      ? new Uint8Array(file.buffer, start, length)
      : new Int32Array(file.buffer, start, length);
  });
  const named = (names: readonly string[], from: number) =>
    Object.fromEntries(names.map((name, at) => [name, arrays[from + at]]));
  const { source, nodeCount, arcCount, chainCount, coreSize } = head;
  // The names and kinds of the arrays are those that `writeRoadNetwork` of this version lists.
  const graph = { nodeCount, arcCount, chainCount, ...named(graphArrays, 0) } as unknown as RoadGraph;
  const hierarchy = { nodeCount, coreSize, ...named(hierarchyArrays, graphArrays.length) } as unknown as Hierarchy;
  return { source, graph, hierarchy };
};
