import type { Position } from '../../../city/entities.ts';
import { shortMillimetres } from './chains.ts';
import { toE7 } from './osm.ts';
import type { RoadGraph } from './road-graph.ts';

/** A place brought onto the road beside it. */
export type SnappedPlace = {
  readonly chain: number;
  /** Of the chain's length, 0 at its first shape point. */
  readonly fraction: number;
  /** From the place to the road. */
  readonly distanceMillimetres: number;
  readonly longitudeE7: number;
  readonly latitudeE7: number;
  /** The shape point of the chain behind which the place lies. */
  readonly shapeIndex: number;
};

/** About 330 metres. */
const CELL_E7 = 30_000;

type Grid = { readonly cells: Map<number, number[]>; readonly keyOf: (column: number, row: number) => number };

const columnOf = (e7: number): number => Math.floor(e7 / CELL_E7);

/** Every piece of road on which a truck may stop, by the cells its bounding box touches. A piece is the index of its first shape point. */
const gridOf = (graph: RoadGraph): Grid => {
  const cells = new Map<number, number[]>();
  const keyOf = (column: number, row: number): number => (column + 65_536) * 131_072 + (row + 65_536);
  const { chainStart, shapeLongitudeE7: lon, shapeLatitudeE7: lat } = graph;
  for (let chain = 0; chain < graph.chainCount; chain += 1) {
    if (graph.chainIsPlace[chain] === 0) continue;
    for (let at = chainStart[chain] as number; at < (chainStart[chain + 1] as number) - 1; at += 1) {
      const columns = [lon[at] as number, lon[at + 1] as number].map(columnOf).sort((a, b) => a - b);
      const rows = [lat[at] as number, lat[at + 1] as number].map(columnOf).sort((a, b) => a - b);
      for (let column = columns[0] as number; column <= (columns[1] as number); column += 1)
        for (let row = rows[0] as number; row <= (rows[1] as number); row += 1) {
          const key = keyOf(column, row);
          const cell = cells.get(key);
          if (cell) cell.push(at);
          else cells.set(key, [at]);
        }
    }
  }
  return { cells, keyOf };
};

type Foot = { readonly at: number; readonly share: number; readonly millimetres: number };

/** The nearest point of a piece of road: the plane at the place's latitude is exact enough over hundreds of metres. */
const footOn = ({ shapeLongitudeE7, shapeLatitudeE7 }: RoadGraph, at: number, lon: number, lat: number): Foot => {
  const [lonA, latA] = [shapeLongitudeE7[at] as number, shapeLatitudeE7[at] as number];
  const [lonB, latB] = [shapeLongitudeE7[at + 1] as number, shapeLatitudeE7[at + 1] as number];
  const narrowing = Math.cos((lat / 1e7) * (Math.PI / 180));
  const [dx, dy] = [(lonB - lonA) * narrowing, latB - latA];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((lon - lonA) * narrowing * dx + (lat - latA) * dy) / length;
  const share = Math.min(1, Math.max(0, along));
  const millimetres = shortMillimetres(lon, lat, lonA + share * (lonB - lonA), latA + share * (latB - latA));
  return { at, share, millimetres };
};

const chainAt = (chainStart: Int32Array, shapeIndex: number): number => {
  let [low, high] = [0, chainStart.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((chainStart[middle] as number) <= shapeIndex) low = middle;
    else high = middle;
  }
  return low;
};

const placed = (graph: RoadGraph, { at, share, millimetres }: Foot): SnappedPlace => {
  const { chainStart, shapeLongitudeE7: lon, shapeLatitudeE7: lat } = graph;
  const chain = chainAt(chainStart, at);
  let before = 0;
  let whole = 0;
  for (let point = chainStart[chain] as number; point < (chainStart[chain + 1] as number) - 1; point += 1) {
    const [lonA, latA] = [lon[point] as number, lat[point] as number];
    const piece = shortMillimetres(lonA, latA, lon[point + 1] as number, lat[point + 1] as number);
    before += point < at ? piece : point === at ? piece * share : 0;
    whole += piece;
  }
  const [lonA, latA] = [lon[at] as number, lat[at] as number];
  return {
    chain,
    fraction: whole === 0 ? 0 : Math.min(1, before / whole),
    distanceMillimetres: Math.round(millimetres),
    longitudeE7: Math.round(lonA + share * ((lon[at + 1] as number) - lonA)),
    latitudeE7: Math.round(latA + share * ((lat[at + 1] as number) - latA)),
    shapeIndex: at,
  };
};

/** The cells at a distance of `ring` from a cell: the rim of a square. */
function* rimOf(column: number, row: number, ring: number): Generator<readonly [column: number, row: number]> {
  for (let dx = -ring; dx <= ring; dx += 1) {
    const step = Math.abs(dx) === ring ? 1 : Math.max(1, 2 * ring);
    for (let dy = -ring; dy <= ring; dy += step) yield [column + dx, row + dy];
  }
}

/** Brings places onto the nearest road within `mostMetres`; `undefined` where there is none. */
export const createSnapper = (
  graph: RoadGraph,
  mostMetres: number,
): ((place: Position) => SnappedPlace | undefined) => {
  const { cells, keyOf } = gridOf(graph);
  const cellMillimetres = shortMillimetres(0, 0, 0, CELL_E7);
  const nearer = (best: Foot | undefined, pieces: readonly number[], lon: number, lat: number): Foot | undefined =>
    pieces.reduce<Foot | undefined>((nearest, at) => {
      const foot = footOn(graph, at, lon, lat);
      return nearest && nearest.millimetres <= foot.millimetres ? nearest : foot;
    }, best);
  return ({ latitude, longitude }) => {
    const [lon, lat] = [toE7(longitude), toE7(latitude)];
    const [column, row] = [columnOf(lon), columnOf(lat)];
    // Columns are narrower than rows by the cosine of the latitude: as many rings more are looked at.
    const narrowing = Math.max(0.1, Math.cos((latitude * Math.PI) / 180));
    const rings = Math.ceil((mostMetres * 1_000) / (cellMillimetres * narrowing)) + 1;
    let best: Foot | undefined;
    for (let ring = 0; ring <= rings; ring += 1) {
      // Whatever lies in this ring or beyond is at least so far away.
      const least = Math.max(0, ring - 1) * cellMillimetres * narrowing;
      if (best && best.millimetres <= least) break;
      for (const [x, y] of rimOf(column, row, ring)) best = nearer(best, cells.get(keyOf(x, y)) ?? [], lon, lat);
    }
    return best && best.millimetres <= mostMetres * 1_000 ? placed(graph, best) : undefined;
  };
};
