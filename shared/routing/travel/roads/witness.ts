import { createHeap } from './heap.ts';
import type { RemainingGraph } from './remaining-graph.ts';

/** A search that looked at so many nodes and found no way round has found none: the shortcut may be superfluous, never wrong. */
const MOST_SETTLED_WHEN_WEIGHED = 24;
const MOST_SETTLED_WHEN_TAKEN = 120;

export type WitnessSearch = {
  /** The shortcuts that taking out a node needs; added when asked for. Answers their number. */
  readonly contract: (node: number, isTaken: boolean) => number;
  /** Arcs at a node. */
  readonly degree: (node: number) => number;
};

export const createWitnessSearch = (remaining: RemainingGraph, nodeCount: number): WitnessSearch => {
  const { firstOut, firstIn } = remaining;
  const heap = createHeap(nodeCount);
  const reached = new Int32Array(nodeCount);
  const distance = new Int32Array(nodeCount);
  let round = 0;

  /** Distances from a node to those near it, not over `without`, as far as `most`. */
  const search = (from: number, without: number, most: number, settle: number): void => {
    const { head, milliseconds, nextOut } = remaining.arcs();
    round += 1;
    heap.clear();
    reached[from] = round;
    distance[from] = 0;
    heap.push(from, 0);
    for (let settled = 0; settled < settle && heap.size() > 0 && heap.leastCost() <= most; settled += 1) {
      const node = heap.pop();
      for (let arc = firstOut[node] as number; arc >= 0; arc = nextOut[arc] as number) {
        const to = head[arc] as number;
        if (to === without) continue;
        const there = (distance[node] as number) + (milliseconds[arc] as number);
        if (reached[to] === round && (distance[to] as number) <= there) continue;
        reached[to] = round;
        distance[to] = there;
        heap.push(to, there);
      }
    }
  };

  const slowestOut = (node: number): number => {
    const { milliseconds, nextOut } = remaining.arcs();
    let most = 0;
    for (let arc = firstOut[node] as number; arc >= 0; arc = nextOut[arc] as number)
      most = Math.max(most, milliseconds[arc] as number);
    return most;
  };

  return {
    contract: (node, isTaken) => {
      const settle = isTaken ? MOST_SETTLED_WHEN_TAKEN : MOST_SETTLED_WHEN_WEIGHED;
      const slowest = slowestOut(node);
      let shortcuts = 0;
      // The lists may grow into new arrays while shortcuts are added: they are asked for anew at each use.
      for (let into = firstIn[node] as number; into >= 0; into = remaining.arcs().nextIn[into] as number) {
        const from = remaining.arcs().tail[into] as number;
        const first = remaining.arcs().milliseconds[into] as number;
        search(from, node, first + slowest, settle);
        for (let out = firstOut[node] as number; out >= 0; out = remaining.arcs().nextOut[out] as number) {
          const to = remaining.arcs().head[out] as number;
          const over = first + (remaining.arcs().milliseconds[out] as number);
          if (to === from || (reached[to] === round && (distance[to] as number) <= over)) continue;
          shortcuts += 1;
          if (isTaken) remaining.addShortcut(into, out);
        }
      }
      return shortcuts;
    },
    degree: (node) => {
      const { nextIn, nextOut } = remaining.arcs();
      let arcs = 0;
      for (let arc = firstOut[node] as number; arc >= 0; arc = nextOut[arc] as number) arcs += 1;
      for (let arc = firstIn[node] as number; arc >= 0; arc = nextIn[arc] as number) arcs += 1;
      return arcs;
    },
  };
};
