import type { ClosedRoads } from './close-roads.ts';
import type { RoadGraph } from './road-graph.ts';
import { createPlacer, type OpenStretch, type Placer } from './road-network.ts';
import type { createSnapper, SnappedPlace } from './snap.ts';

/** How far along its closed road a truck gets from a place before it comes to a closed area. */
const stretchFrom = (
  { chainStart, shapeLongitudeE7: lon, shapeLatitudeE7: lat }: RoadGraph,
  { touches }: ClosedRoads,
  { chain, shapeIndex, longitudeE7, latitudeE7 }: SnappedPlace,
): OpenStretch => {
  const end = (chainStart[chain + 1] as number) - 1;
  const reach = (from: number, step: 1 | -1, past: number): number => {
    let [x, y] = [longitudeE7, latitudeE7];
    for (let at = from; at !== past; at += step) {
      const [toX, toY] = [lon[at] as number, lat[at] as number];
      if (touches(x, y, toX, toY)) return at - step;
      [x, y] = [toX, toY];
    }
    return past - step;
  };
  return {
    first: reach(shapeIndex, -1, (chainStart[chain] as number) - 1),
    last: reach(shapeIndex + 1, 1, end + 1),
  };
};

/**
 * Brings places onto the roads that are left when areas are closed: onto the very roads of the open network, so that a closure makes no way
 * shorter. To a place that is shut in, in a closed area or where no open road leads on, nobody comes; who stands there drives on open roads where these lead, and
 * elsewhere gets out over closed ones, by the shortest way.
 * @param graph Of the open network, whose nodes and arcs the closed one begins with.
 */
export const createClosedPlacer = (
  graph: RoadGraph,
  closed: ClosedRoads,
  snap: ReturnType<typeof createSnapper>,
): Placer => {
  const { isClosed, leaves, wayOut } = closed;
  const openPlacer = createPlacer({ graph }, snap);
  const placeOn = createPlacer({ graph }, snap, (snapped) =>
    isClosed[snapped.chain] === 1 ? stretchFrom(graph, closed, snapped) : undefined,
  );
  return (place) => {
    const placed = placeOn(place);
    if (placed === undefined || placed.out.some(({ node }) => leaves[node] === 1)) return placed;
    const out = openPlacer(place)?.out ?? [];
    return { ...placed, into: [], wayOut: out.map((seed) => ({ ...seed, node: wayOut(seed.node) })) };
  };
};
