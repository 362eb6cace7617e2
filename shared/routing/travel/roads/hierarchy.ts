import { createHeap } from './heap.ts';
import { openRemainingGraph, type RemainingGraph } from './remaining-graph.ts';
import type { RoadGraph } from './road-graph.ts';
import { createWitnessSearch } from './witness.ts';

/**
 * A contraction hierarchy (Geisberger, Sanders, Schultes & Delling 2008) over a road graph: nodes taken out one by one, the least
 * important first, with shortcuts that keep all distances among the rest. It stops at a core of few nodes, where contracting on
 * would cost more than it saves (as in Bauer et al. 2010); the core is searched plainly.
 */
export type Hierarchy = {
  readonly nodeCount: number;
  readonly coreSize: number;
  /** 1 for a node of the core. */
  readonly isCore: Uint8Array;
  /** Arcs of the road graph keep their numbers; shortcuts follow. */
  readonly arcTail: Int32Array;
  readonly arcHead: Int32Array;
  readonly arcMilliseconds: Int32Array;
  readonly arcMillimetres: Int32Array;
  /** The two arcs a shortcut stands for; -1 for an arc of the road graph. */
  readonly arcFirst: Int32Array;
  readonly arcSecond: Int32Array;
  /** Arcs from a node to more important ones, or within the core: `outArc[outStart[v]]` … */
  readonly outStart: Int32Array;
  readonly outArc: Int32Array;
  /** Arcs to a node from more important ones; none within the core. */
  readonly inStart: Int32Array;
  readonly inArc: Int32Array;
};

/** The core at most: a search through so many nodes takes well under a millisecond. */
const CORE_NODES = 1_000;
/** Where the next node would leave so many more arcs than it takes, what remains is dense: a core, whatever its size. */
const DENSE = 40;

const orderAndContract = (remaining: RemainingGraph, nodeCount: number): Uint8Array => {
  const level = new Int32Array(nodeCount);
  const taken = new Uint8Array(nodeCount);
  const witness = createWitnessSearch(remaining, nodeCount);
  /** Arcs added less arcs taken, and how deep the hierarchy below is: both keep searches short. */
  const importance = (node: number): number =>
    2 * witness.contract(node, false) + (level[node] as number) - witness.degree(node);
  const queue = createHeap(nodeCount);
  for (let node = 0; node < nodeCount; node += 1) queue.push(node, importance(node));
  while (queue.size() > CORE_NODES) {
    const node = queue.pop();
    const now = importance(node);
    if (queue.size() > 0 && now > queue.leastCost()) {
      queue.push(node, now);
      continue;
    }
    if (now - (level[node] as number) > DENSE) break;
    const arcs = remaining.arcs();
    const raise = (neighbour: number): void => {
      level[neighbour] = Math.max(level[neighbour] as number, (level[node] as number) + 1);
    };
    for (let arc = remaining.firstOut[node] as number; arc >= 0; arc = arcs.nextOut[arc] as number)
      raise(arcs.head[arc] as number);
    for (let arc = remaining.firstIn[node] as number; arc >= 0; arc = arcs.nextIn[arc] as number)
      raise(arcs.tail[arc] as number);
    witness.contract(node, true);
    remaining.isolate(node);
    taken[node] = 1;
  }
  return taken.map((isTaken) => 1 - isTaken);
};

/** Arcs of a node as offsets into one list. */
const listed = (
  nodeCount: number,
  first: Int32Array,
  next: Int32Array,
  isWanted: (node: number) => boolean,
): { readonly start: Int32Array; readonly arc: Int32Array } => {
  const start = new Int32Array(nodeCount + 1);
  const list: number[] = [];
  for (let node = 0; node < nodeCount; node += 1) {
    if (isWanted(node)) for (let arc = first[node] as number; arc >= 0; arc = next[arc] as number) list.push(arc);
    start[node + 1] = list.length;
  }
  return { start, arc: Int32Array.from(list) };
};

export const buildHierarchy = (graph: RoadGraph): Hierarchy => {
  const { nodeCount } = graph;
  const remaining = openRemainingGraph(graph);
  const isCore = orderAndContract(remaining, nodeCount);
  const arcs = remaining.arcs();
  const count = remaining.arcCount();
  // When a node was taken out, its lists were what remained then: all to and from more important nodes.
  const out = listed(nodeCount, remaining.firstOut, arcs.nextOut, () => true);
  const into = listed(nodeCount, remaining.firstIn, arcs.nextIn, (node) => isCore[node] === 0);
  return {
    nodeCount,
    coreSize: isCore.reduce((sum, is) => sum + is, 0),
    isCore,
    arcTail: arcs.tail.slice(0, count),
    arcHead: arcs.head.slice(0, count),
    arcMilliseconds: arcs.milliseconds.slice(0, count),
    arcMillimetres: arcs.millimetres.slice(0, count),
    arcFirst: arcs.first.slice(0, count),
    arcSecond: arcs.second.slice(0, count),
    outStart: out.start,
    outArc: out.arc,
    inStart: into.start,
    inArc: into.arc,
  };
};
