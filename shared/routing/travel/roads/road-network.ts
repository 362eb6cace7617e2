import type { Position } from '../../../city/entities.ts';
import type { Hierarchy } from './hierarchy.ts';
import type { Seed } from './hierarchy-search.ts';
import type { RoadGraph } from './road-graph.ts';
import { createSnapper, type SnappedPlace } from './snap.ts';

/** A city's roads, ready to be asked. */
export type RoadNetwork = {
  readonly graph: RoadGraph;
  readonly hierarchy: Hierarchy;
  /** What the roads are and whose, for a plan to say: `OpenStreetMap 2025-05-14, 823 crossings`. */
  readonly source: string;
};

/** An arc between a place and the crossing at its end. */
export type RoadSeed = Seed & { readonly arc: number };

/** A place on the road, and the ways onto the network from it and off the network to it. */
export type PlaceOnRoad = {
  readonly snapped: SnappedPlace;
  readonly out: readonly RoadSeed[];
  readonly into: readonly RoadSeed[];
  /** What the whole chain costs as drawn and against; undefined where that is not allowed. */
  readonly forward: { readonly milliseconds: number; readonly millimetres: number } | undefined;
  readonly backward: { readonly milliseconds: number; readonly millimetres: number } | undefined;
};

/** Arcs of each chain as offsets into one list. */
const arcsByChain = ({ arcChain, arcCount, chainCount }: RoadGraph) => {
  const start = new Int32Array(chainCount + 1);
  for (const chain of arcChain) start[chain + 1] = (start[chain + 1] as number) + 1;
  for (let chain = 0; chain < chainCount; chain += 1)
    start[chain + 1] = (start[chain + 1] as number) + (start[chain] as number);
  const list = new Int32Array(arcCount);
  const next = start.slice();
  for (const [arc, chain] of arcChain.entries()) {
    const at = next[chain] as number;
    list[at] = arc;
    next[chain] = at + 1;
  }
  return (chain: number): Int32Array => list.subarray(start[chain], start[chain + 1]);
};

const cheapestByNode = (seeds: readonly RoadSeed[]): readonly RoadSeed[] => {
  const best = new Map<number, RoadSeed>();
  for (const seed of seeds) {
    const known = best.get(seed.node);
    if (known === undefined || seed.milliseconds < known.milliseconds) best.set(seed.node, seed);
  }
  return [...best.values()];
};

/**
 * Brings places onto the roads of a network. A truck may leave a place in either allowed direction of its road and comes to it by
 * either; it may turn round at crossings.
 */
export const createPlacer = (
  { graph }: RoadNetwork,
  mostMetres: number,
): ((place: Position) => PlaceOnRoad | undefined) => {
  const snap = createSnapper(graph, mostMetres);
  const arcsOf = arcsByChain(graph);
  const share = (arc: number, part: number, node: number): RoadSeed => ({
    arc,
    node,
    milliseconds: Math.round((graph.arcMilliseconds[arc] as number) * part),
    millimetres: Math.round((graph.arcMillimetres[arc] as number) * part),
  });
  return (place) => {
    const snapped = snap(place);
    if (snapped === undefined) return undefined;
    const arcs = [...arcsOf(snapped.chain)];
    const driven = (arc: number): number => (graph.arcForward[arc] === 1 ? snapped.fraction : 1 - snapped.fraction);
    const whole = (forward: 0 | 1): PlaceOnRoad['forward'] => {
      const arc = arcs.find((candidate) => graph.arcForward[candidate] === forward);
      return arc === undefined ? undefined : share(arc, 1, 0);
    };
    return {
      snapped,
      out: cheapestByNode(arcs.map((arc) => share(arc, 1 - driven(arc), graph.arcHead[arc] as number))),
      into: cheapestByNode(arcs.map((arc) => share(arc, driven(arc), graph.arcTail[arc] as number))),
      forward: whole(1),
      backward: whole(0),
    };
  };
};

export type Way = { readonly milliseconds: number; readonly millimetres: number };

/** From one place to another further along the same road without a crossing between them; `undefined` where the direction is not allowed. */
export const alongOneRoad = (from: PlaceOnRoad, to: PlaceOnRoad): Way | undefined => {
  if (from.snapped.chain !== to.snapped.chain) return undefined;
  const ahead = to.snapped.fraction - from.snapped.fraction;
  const whole = ahead >= 0 ? (from.forward ?? (ahead === 0 ? from.backward : undefined)) : from.backward;
  return (
    whole && {
      milliseconds: Math.round(whole.milliseconds * Math.abs(ahead)),
      millimetres: Math.round(whole.millimetres * Math.abs(ahead)),
    }
  );
};
