import { type ClosedArea, touchesAny } from '../closed-area.ts';
import { strongComponents } from './components.ts';
import { buildHierarchy } from './hierarchy.ts';
import { fromE7 } from './osm.ts';
import type { RoadGraph } from './road-graph.ts';
import type { RoadNetwork } from './road-network.ts';

/** A network without the roads that cross or lie in closed areas, and the ways out for who is shut in. */
export type ClosedRoads = {
  /**
   * Nodes and arcs of the open network keep their numbers; a closed arc leads nowhere. Behind them stand copies of the nodes that are
   * cut off, on which closed roads may be driven: one gets from a copy to the connected roads, and never onto a copy.
   */
  readonly network: RoadNetwork;
  /** 1 for a chain with a point in a closed area. */
  readonly isClosed: Uint8Array;
  /** Whether a straight piece of road, in units of 1e-7 degrees, has a point in a closed area. */
  readonly touches: (lonA: number, latA: number, lonB: number, latB: number) => boolean;
  /** 1 for a node from which open roads lead to the connected ones; `reached`: to which they lead from there. */
  readonly leaves: Uint8Array;
  readonly reached: Uint8Array;
  /** Where somebody who is shut in goes on from a node: the node itself when open roads lead on, else its copy. */
  readonly wayOut: (node: number) => number;
};

const closedChains = (graph: RoadGraph, touches: ClosedRoads['touches']): Uint8Array => {
  const { chainCount, chainStart, shapeLongitudeE7: lon, shapeLatitudeE7: lat } = graph;
  const isClosed = new Uint8Array(chainCount);
  for (let chain = 0; chain < chainCount; chain += 1) {
    const end = (chainStart[chain + 1] as number) - 1;
    for (let at = chainStart[chain] as number; at < end && isClosed[chain] === 0; at += 1)
      if (touches(lon[at] as number, lat[at] as number, lon[at + 1] as number, lat[at + 1] as number))
        isClosed[chain] = 1;
  }
  return isClosed;
};

/** Ends of open arcs, node by node, as offsets into a list. */
const openEnds = (graph: RoadGraph, isClosed: Uint8Array, from: Int32Array, to: Int32Array) => {
  const start = new Int32Array(graph.nodeCount + 1);
  const isOpen = (arc: number): boolean => isClosed[graph.arcChain[arc] as number] === 0;
  for (let arc = 0; arc < graph.arcCount; arc += 1)
    if (isOpen(arc)) start[(from[arc] as number) + 1] = (start[(from[arc] as number) + 1] as number) + 1;
  for (let node = 0; node < graph.nodeCount; node += 1)
    start[node + 1] = (start[node + 1] as number) + (start[node] as number);
  const end = new Int32Array(start[graph.nodeCount] as number);
  const next = start.slice();
  for (let arc = 0; arc < graph.arcCount; arc += 1) {
    if (!isOpen(arc)) continue;
    const at = next[from[arc] as number] as number;
    end[at] = to[arc] as number;
    next[from[arc] as number] = at + 1;
  }
  return { start, end };
};

type Ends = ReturnType<typeof openEnds>;

/** The nodes of a component and all behind them, along the ends given. */
const spread = (inside: Uint8Array, { start, end }: Ends): Uint8Array => {
  const found = inside.slice();
  const open = [...found.keys()].filter((node) => found[node] === 1);
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (let at = start[node] as number; at < (start[node + 1] as number); at += 1) {
      const next = end[at] as number;
      if (found[next] === 1) continue;
      found[next] = 1;
      open.push(next);
    }
  return found;
};

/** How nodes stand to the component with the most open road in it: the connected roads. */
const connection = (graph: RoadGraph, isClosed: Uint8Array): Pick<ClosedRoads, 'leaves' | 'reached'> => {
  const { nodeCount, arcCount, arcTail, arcHead, arcChain, arcMillimetres } = graph;
  const out = openEnds(graph, isClosed, arcTail, arcHead);
  const component = strongComponents(nodeCount, out.start, out.end);
  const lengths = new Map<number, number>();
  for (let arc = 0; arc < arcCount; arc += 1) {
    const of = component[arcTail[arc] as number] as number;
    if (isClosed[arcChain[arc] as number] === 1 || of !== component[arcHead[arc] as number]) continue;
    lengths.set(of, (lengths.get(of) ?? 0) + (arcMillimetres[arc] as number));
  }
  const [longest] = [...lengths].sort(([, a], [, b]) => b - a)[0] ?? [];
  const inside = Uint8Array.from(component, (of) => (of === longest ? 1 : 0));
  return { leaves: spread(inside, openEnds(graph, isClosed, arcHead, arcTail)), reached: spread(inside, out) };
};

const joined = (first: Int32Array, then: readonly number[]): Int32Array => {
  const both = new Int32Array(first.length + then.length);
  both.set(first);
  both.set(then, first.length);
  return both;
};

/**
 * The roads that are left when areas are closed, with a hierarchy of their own. Measured in docs/travel.md: a city of 100,000
 * crossings takes some seconds.
 */
export const closeRoads = ({ graph, source }: RoadNetwork, areas: readonly ClosedArea[]): ClosedRoads => {
  const touchesInDegrees = touchesAny(areas);
  const touches: ClosedRoads['touches'] = (lonA, latA, lonB, latB) =>
    touchesInDegrees([fromE7(lonA), fromE7(latA)], [fromE7(lonB), fromE7(latB)]);
  const isClosed = closedChains(graph, touches);
  const { leaves, reached } = connection(graph, isClosed);
  const copy = new Int32Array(graph.nodeCount);
  let nodeCount = graph.nodeCount;
  for (let node = 0; node < graph.nodeCount; node += 1) if (leaves[node] === 0) copy[node] = nodeCount++;
  const wayOut = (node: number): number => (leaves[node] === 1 ? node : (copy[node] as number));
  const isArcClosed = (arc: number): boolean => isClosed[graph.arcChain[arc] as number] === 1;
  /** Roads that only who is shut in may drive, arc by arc: from copy to copy, and at last onto an open crossing. */
  const extra = [...graph.arcTail.keys()].filter((arc) => leaves[graph.arcTail[arc] as number] === 0);
  const more = (values: Int32Array | Uint8Array): number[] => extra.map((arc) => values[arc] as number);
  const closed: RoadGraph = {
    ...graph,
    nodeCount,
    arcCount: graph.arcCount + extra.length,
    arcTail: joined(
      graph.arcTail,
      extra.map((arc) => wayOut(graph.arcTail[arc] as number)),
    ),
    // A loop is in no search; its number stays taken.
    arcHead: joined(
      graph.arcHead.map((head, arc) => (isArcClosed(arc) ? (graph.arcTail[arc] as number) : head)),
      extra.map((arc) => wayOut(graph.arcHead[arc] as number)),
    ),
    arcMilliseconds: joined(graph.arcMilliseconds, more(graph.arcMilliseconds)),
    arcMillimetres: joined(graph.arcMillimetres, more(graph.arcMillimetres)),
    arcChain: joined(graph.arcChain, more(graph.arcChain)),
    arcForward: Uint8Array.from([...graph.arcForward, ...more(graph.arcForward)]),
  };
  const closedNetwork = { graph: closed, hierarchy: buildHierarchy(closed), source };
  return { network: closedNetwork, isClosed, touches, leaves, reached, wayOut };
};
