import { createHeap } from './heap.ts';
import type { Hierarchy } from './hierarchy.ts';

/** A node with what it costs to get from a place to it (or from it to a place). */
export type Seed = { readonly node: number; readonly milliseconds: number; readonly millimetres: number };

/**
 * A search in one direction over a hierarchy. Forwards it goes up into the core and through it; backwards it goes up against the
 * arcs and ends at the core: a shortest path goes up, through the core and down.
 */
export type HierarchySearch = {
  /** Calls `settled` with every node that is reached, nearest first; `true` ends the search. */
  readonly run: (
    seeds: readonly Seed[],
    settled: (node: number, milliseconds: number, millimetres: number) => boolean | undefined,
  ) => void;
  /** After a run: the arc over which a node was reached; -1 where the search began. */
  readonly arcInto: (node: number) => number;
};

export const createHierarchySearch = (hierarchy: Hierarchy, direction: 'forward' | 'backward'): HierarchySearch => {
  const { nodeCount, arcMilliseconds, arcMillimetres } = hierarchy;
  const isForward = direction === 'forward';
  const start = isForward ? hierarchy.outStart : hierarchy.inStart;
  const list = isForward ? hierarchy.outArc : hierarchy.inArc;
  const ends = isForward ? hierarchy.arcHead : hierarchy.arcTail;
  const heap = createHeap(nodeCount);
  const reached = new Int32Array(nodeCount);
  const milliseconds = new Float64Array(nodeCount);
  const millimetres = new Float64Array(nodeCount);
  const over = new Int32Array(nodeCount);
  let round = 0;

  const reach = (node: number, ms: number, mm: number, arc: number): void => {
    if (reached[node] === round && (milliseconds[node] as number) <= ms) return;
    reached[node] = round;
    milliseconds[node] = ms;
    millimetres[node] = mm;
    over[node] = arc;
    heap.push(node, ms);
  };

  return {
    run: (seeds, settled) => {
      round += 1;
      heap.clear();
      for (const seed of seeds) reach(seed.node, seed.milliseconds, seed.millimetres, -1);
      while (heap.size() > 0) {
        const node = heap.pop();
        const ms = milliseconds[node] as number;
        const mm = millimetres[node] as number;
        if (settled(node, ms, mm)) return;
        const end = start[node + 1] as number;
        for (let at = start[node] as number; at < end; at += 1) {
          const arc = list[at] as number;
          reach(ends[arc] as number, ms + (arcMilliseconds[arc] as number), mm + (arcMillimetres[arc] as number), arc);
        }
      }
    },
    arcInto: (node) => over[node] as number,
  };
};
