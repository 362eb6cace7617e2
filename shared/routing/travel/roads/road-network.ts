import type { Position } from '../../../city/entities.ts';
import type { Hierarchy } from './hierarchy.ts';
import type { Seed } from './hierarchy-search.ts';
import type { RoadGraph } from './road-graph.ts';
import type { createSnapper, SnappedPlace } from './snap.ts';

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
  /** Where somebody is shut in by closed roads: the ways over these, to where `out` does not lead. */
  readonly wayOut?: readonly RoadSeed[];
  /** What the whole chain costs as drawn and against; undefined where that is not allowed. */
  readonly forward: { readonly milliseconds: number; readonly millimetres: number } | undefined;
  readonly backward: { readonly milliseconds: number; readonly millimetres: number } | undefined;
  /** On a road that is closed somewhere: how far along it a truck gets. Absent where the road is open. */
  readonly stretch?: OpenStretch | undefined;
};

/**
 * The shape points of a closed road to which it is open from a place, the farthest against its drawing and with it; the place lies before
 * `first` and behind `last` while it reaches none.
 */
export type OpenStretch = { readonly first: number; readonly last: number };

/** Brings a place onto the road beside it. */
export type Placer = (place: Position) => PlaceOnRoad | undefined;

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
 * either; it may turn round at crossings and where it stops.
 * @param stretchOf How far along its road a truck gets from a place; `undefined` for a road that is open.
 */
export const createPlacer = (
  { graph }: Pick<RoadNetwork, 'graph'>,
  snap: ReturnType<typeof createSnapper>,
  stretchOf: (snapped: SnappedPlace) => OpenStretch | undefined = () => undefined,
): Placer => {
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
    const stretch = stretchOf(snapped);
    const isOpenTo = (end: 'first' | 'last'): boolean =>
      stretch === undefined ||
      (end === 'first'
        ? stretch.first === graph.chainStart[snapped.chain]
        : stretch.last === (graph.chainStart[snapped.chain + 1] as number) - 1);
    const isForward = (arc: number): boolean => graph.arcForward[arc] === 1;
    const mayLeave = (arc: number): boolean => isOpenTo(isForward(arc) ? 'last' : 'first');
    const mayCome = (arc: number): boolean => isOpenTo(isForward(arc) ? 'first' : 'last');
    const driven = (arc: number): number => (graph.arcForward[arc] === 1 ? snapped.fraction : 1 - snapped.fraction);
    const whole = (forward: 0 | 1): PlaceOnRoad['forward'] => {
      const arc = arcs.find((candidate) => graph.arcForward[candidate] === forward);
      return arc === undefined ? undefined : share(arc, 1, 0);
    };
    return {
      snapped,
      out: cheapestByNode(
        arcs.filter(mayLeave).map((arc) => share(arc, 1 - driven(arc), graph.arcHead[arc] as number)),
      ),
      into: cheapestByNode(arcs.filter(mayCome).map((arc) => share(arc, driven(arc), graph.arcTail[arc] as number))),
      forward: whole(1),
      backward: whole(0),
      stretch,
    };
  };
};

export type Way = { readonly milliseconds: number; readonly millimetres: number };

/** Whether the road between two places on it is open. */
const isOpenBetween = (from: PlaceOnRoad, to: PlaceOnRoad): boolean => {
  if (from.stretch === undefined || to.stretch === undefined) return true;
  const [a, b] = from.snapped.fraction <= to.snapped.fraction ? [from, to] : [to, from];
  if (a.snapped.fraction === b.snapped.fraction) return true;
  const [ahead, behind] = [(a.stretch as OpenStretch).last, (b.stretch as OpenStretch).first];
  const { shapeIndex } = b.snapped;
  // On one piece of its shape, who reaches the piece's end comes by the other.
  if (a.snapped.shapeIndex === shapeIndex) return ahead > shapeIndex || behind <= shapeIndex;
  return ahead >= shapeIndex && behind <= shapeIndex;
};

/** From one place to another further along the same road without a crossing between them; `undefined` where the direction is not allowed. */
export const alongOneRoad = (from: PlaceOnRoad, to: PlaceOnRoad): Way | undefined => {
  if (from.snapped.chain !== to.snapped.chain || !isOpenBetween(from, to)) return undefined;
  const ahead = to.snapped.fraction - from.snapped.fraction;
  const whole = ahead >= 0 ? (from.forward ?? (ahead === 0 ? from.backward : undefined)) : from.backward;
  return (
    whole && {
      milliseconds: Math.round(whole.milliseconds * Math.abs(ahead)),
      millimetres: Math.round(whole.millimetres * Math.abs(ahead)),
    }
  );
};
