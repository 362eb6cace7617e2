import type { OsmExtract } from './osm.ts';
import { type RoadUse, roadUse, type TruckClass } from './truck-access.ts';

/** A road between two crossings, as drawn: of one way, with its use. */
export type Chain = {
  readonly way: number;
  readonly from: number;
  readonly to: number;
  readonly longitudeE7: readonly number[];
  readonly latitudeE7: readonly number[];
  readonly use: RoadUse;
  readonly millimetres: number;
};

/** Mean radius of the Earth (IUGG 1980), millimetres. */
const EARTH_RADIUS_MM = 6_371_008_800;
const RADIANS_PER_E7 = Math.PI / 180 / 1e7;

/** Millimetres between two points that are near each other: the sphere as a plane at their latitude. */
export const shortMillimetres = (lonA: number, latA: number, lonB: number, latB: number): number => {
  const dy = (latB - latA) * RADIANS_PER_E7;
  const dx = (lonB - lonA) * RADIANS_PER_E7 * Math.cos(((latA + latB) / 2) * RADIANS_PER_E7);
  return EARTH_RADIUS_MM * Math.hypot(dx, dy);
};

type Road = { readonly id: number; readonly nodes: readonly number[]; readonly use: RoadUse };

const roadsOf = ({ ways, nodes }: OsmExtract, truck: TruckClass): readonly Road[] =>
  ways.flatMap(({ id, nodes: drawn, tags }) => {
    const use = roadUse(tags, truck);
    if (use === undefined) return [];
    // An extract's edge cuts ways: each piece of nodes that are there is a road.
    const pieces: number[][] = [[]];
    for (const node of drawn) {
      const piece = pieces.at(-1) as number[];
      if (!nodes.has(node)) {
        if (piece.length > 0) pieces.push([]);
      } else if (piece.at(-1) !== node) piece.push(node);
    }
    return pieces.filter((piece) => piece.length > 1).map((piece) => ({ id, nodes: piece, use }));
  });

/**
 * The roads of an extract that a truck may use, cut where they meet: at every node that more than one road passes, or that one
 * passes twice. Lengths are sums over the shape.
 */
export const chainsOf = (extract: OsmExtract, truck: TruckClass): readonly Chain[] => {
  const roads = roadsOf(extract, truck);
  const passes = new Map<number, number>();
  for (const { nodes } of roads) {
    for (const [index, node] of nodes.entries()) {
      const isEnd = index === 0 || index === nodes.length - 1;
      passes.set(node, (passes.get(node) ?? 0) + (isEnd ? 2 : 1));
    }
  }
  const chains: Chain[] = [];
  const add = ({ id, use }: Road, piece: readonly number[]): void => {
    const places = piece.map((node) => extract.nodes.get(node) as readonly [number, number]);
    const [longitudeE7, latitudeE7] = [places.map(([longitude]) => longitude), places.map(([, latitude]) => latitude)];
    let millimetres = 0;
    for (let at = 1; at < places.length; at += 1) {
      const [[lonA, latA], [lonB, latB]] = [places[at - 1], places[at]] as [[number, number], [number, number]];
      millimetres += shortMillimetres(lonA, latA, lonB, latB);
    }
    const [from, to] = [piece[0] as number, piece.at(-1) as number];
    chains.push({ way: id, from, to, longitudeE7, latitudeE7, use, millimetres: Math.max(1, Math.round(millimetres)) });
  };
  for (const road of roads) {
    let start = 0;
    for (let at = 1; at < road.nodes.length; at += 1) {
      if ((passes.get(road.nodes[at] as number) ?? 0) < 2) continue;
      add(road, road.nodes.slice(start, at + 1));
      start = at;
    }
  }
  return chains;
};
