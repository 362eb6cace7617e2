import type { Position } from '../../../city/entities.ts';
import type { Line } from '../travel-times.ts';
import type { Hierarchy } from './hierarchy.ts';
import { createHierarchySearch } from './hierarchy-search.ts';
import { fromE7 } from './osm.ts';
import type { RoadGraph } from './road-graph.ts';
import {
  alongOneRoad,
  createPlacer,
  type PlaceOnRoad,
  type Placer,
  type RoadNetwork,
  type RoadSeed,
} from './road-network.ts';
import { createSnapper } from './snap.ts';

/** The arcs of the road graph that an arc stands for, in order. */
const unpacked = ({ arcFirst, arcSecond }: Hierarchy, arcs: readonly number[]): readonly number[] => {
  const open = [...arcs].reverse();
  const plain: number[] = [];
  while (open.length > 0) {
    const arc = open.pop() as number;
    const first = arcFirst[arc] as number;
    if (first < 0) plain.push(arc);
    else open.push(arcSecond[arc] as number, first);
  }
  return plain;
};

/** The shape of a chain from one fraction of it to another, which may lie before. */
const shapeBetween = (graph: RoadGraph, chain: number, isForward: boolean): Line => {
  const points: [number, number][] = [];
  for (let at = graph.chainStart[chain] as number; at < (graph.chainStart[chain + 1] as number); at += 1)
    points.push([fromE7(graph.shapeLongitudeE7[at] as number), fromE7(graph.shapeLatitudeE7[at] as number)]);
  return isForward ? points : points.reverse();
};

const pointOf = ({ snapped }: PlaceOnRoad): readonly [number, number] => [
  fromE7(snapped.longitudeE7),
  fromE7(snapped.latitudeE7),
];

/** Shape points of a place's chain that lie behind it (in the direction of travel) or before it. */
const partOf = (graph: RoadGraph, { snapped }: PlaceOnRoad, isForward: boolean, part: 'behind' | 'before'): Line => {
  const start = graph.chainStart[snapped.chain] as number;
  const whole = shapeBetween(graph, snapped.chain, true);
  const cut = snapped.shapeIndex - start + 1;
  const [head, tail] = [whole.slice(0, cut), whole.slice(cut)];
  if (part === 'behind') return isForward ? head : tail.toReversed();
  return isForward ? tail : head.toReversed();
};

const withoutRepeats = (line: Line): Line =>
  line.filter(([longitude, latitude], at) => {
    const before = line[at - 1];
    return before === undefined || before[0] !== longitude || before[1] !== latitude;
  });

/**
 * The lines that a truck drives between places, fastest ways as `roadTravelTimes` counts them; `undefined` for a leg that no road
 * connects or whose ends are off the map.
 */
export const createRouter = (
  network: RoadNetwork,
  placeOn: Placer = createPlacer(network, createSnapper(network.graph, 1_000)),
): ((from: Position, to: Position) => Line | undefined) => {
  const { graph, hierarchy } = network;
  const forward = createHierarchySearch(hierarchy, 'forward');
  const backward = createHierarchySearch(hierarchy, 'backward');

  /** The arcs of the fastest way over crossings, with the nodes it begins and ends at. */
  const overCrossings = (out: readonly RoadSeed[], into: readonly RoadSeed[]) => {
    const back = new Map<number, number>();
    backward.run(into, (node, ms) => {
      back.set(node, ms);
      return undefined;
    });
    let [best, meeting] = [Number.POSITIVE_INFINITY, -1];
    forward.run(out, (node, ms) => {
      if (ms >= best) return true;
      const rest = back.get(node);
      if (rest !== undefined && ms + rest < best) [best, meeting] = [ms + rest, node];
      return undefined;
    });
    if (meeting < 0) return undefined;
    const up: number[] = [];
    let first = meeting;
    for (let arc = forward.arcInto(first); arc >= 0; arc = forward.arcInto(first)) {
      up.push(arc);
      first = hierarchy.arcTail[arc] as number;
    }
    const down: number[] = [];
    let last = meeting;
    for (let arc = backward.arcInto(last); arc >= 0; arc = backward.arcInto(last)) {
      down.push(arc);
      last = hierarchy.arcHead[arc] as number;
    }
    return { milliseconds: best, arcs: unpacked(hierarchy, [...up.reverse(), ...down]), first, last, out };
  };

  const runsForward = (seeds: readonly RoadSeed[], node: number): boolean =>
    graph.arcForward[seeds.find((seed) => seed.node === node)?.arc ?? 0] === 1;

  return (from, to) => {
    const [origin, destination] = [placeOn(from), placeOn(to)];
    if (origin === undefined || destination === undefined) return undefined;
    const open = overCrossings(origin.out, destination.into);
    const direct = alongOneRoad(origin, destination);
    if (direct && direct.milliseconds <= (open?.milliseconds ?? Number.POSITIVE_INFINITY)) {
      const [a, b] = [origin.snapped, destination.snapped];
      const inside = shapeBetween(graph, a.chain, true).slice(
        Math.min(a.shapeIndex, b.shapeIndex) - (graph.chainStart[a.chain] as number) + 1,
        Math.max(a.shapeIndex, b.shapeIndex) - (graph.chainStart[a.chain] as number) + 1,
      );
      const between = a.fraction <= b.fraction ? inside : inside.toReversed();
      return withoutRepeats([pointOf(origin), ...between, pointOf(destination)]);
    }
    const way = open ?? overCrossings(origin.wayOut ?? [], destination.into);
    if (way === undefined) return undefined;
    return withoutRepeats([
      pointOf(origin),
      ...partOf(graph, origin, runsForward(way.out, way.first), 'before'),
      ...way.arcs.flatMap((arc) => shapeBetween(graph, graph.arcChain[arc] as number, graph.arcForward[arc] === 1)),
      ...partOf(graph, destination, runsForward(destination.into, way.last), 'behind'),
      pointOf(destination),
    ]);
  };
};
