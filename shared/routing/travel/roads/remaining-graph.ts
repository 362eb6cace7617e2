import type { RoadGraph } from './road-graph.ts';

/**
 * The graph while nodes are being taken out of it: arcs of the road graph and shortcuts, in lists by tail and by head. An arc
 * that is taken out of the lists keeps its number, since shortcuts may consist of it.
 */
export type RemainingGraph = {
  readonly firstOut: Int32Array;
  readonly firstIn: Int32Array;
  /** These grow: ask for them again after `addShortcut`. */
  readonly arcs: () => GrowingArcs;
  readonly arcCount: () => number;
  /** A shortcut over two arcs, in place of a slower arc between the same nodes. */
  readonly addShortcut: (first: number, second: number) => void;
  /** Takes the arcs of a node out of its neighbours' lists; the node's own lists stay. */
  readonly isolate: (node: number) => void;
};

export type GrowingArcs = {
  tail: Int32Array;
  head: Int32Array;
  milliseconds: Int32Array;
  millimetres: Int32Array;
  /** The two arcs of a shortcut; -1 for an arc of the road graph. */
  first: Int32Array;
  second: Int32Array;
  nextOut: Int32Array;
  nextIn: Int32Array;
};

const columns = ['tail', 'head', 'milliseconds', 'millimetres', 'first', 'second', 'nextOut', 'nextIn'] as const;

const grown = (array: Int32Array): Int32Array => {
  const larger = new Int32Array(Math.max(16, array.length * 2));
  larger.set(array);
  return larger;
};

/** Takes an arc out of the list of its tail (or of its head). */
const unlink = (firsts: Int32Array, next: Int32Array, node: number, arc: number): void => {
  let at = firsts[node] as number;
  if (at === arc) {
    firsts[node] = next[arc] as number;
    return;
  }
  while ((next[at] as number) !== arc) at = next[at] as number;
  next[at] = next[arc] as number;
};

const emptyArcs = (capacity: number): GrowingArcs => {
  const column = (): Int32Array => new Int32Array(capacity);
  return {
    tail: column(),
    head: column(),
    milliseconds: column(),
    millimetres: column(),
    first: column(),
    second: column(),
    nextOut: column(),
    nextIn: column(),
  };
};

export const openRemainingGraph = (graph: RoadGraph): RemainingGraph => {
  const firstOut = new Int32Array(graph.nodeCount).fill(-1);
  const firstIn = new Int32Array(graph.nodeCount).fill(-1);
  const arcs = emptyArcs(2 * graph.arcCount);
  let count = 0;

  /** Gives an arc the next number, in no list yet. */
  const number = (tail: number, head: number, ms: number, mm: number, first: number, second: number): void => {
    if (count === arcs.tail.length) for (const column of columns) arcs[column] = grown(arcs[column]);
    arcs.tail[count] = tail;
    arcs.head[count] = head;
    arcs.milliseconds[count] = ms;
    arcs.millimetres[count] = mm;
    arcs.first[count] = first;
    arcs.second[count] = second;
    count += 1;
  };

  /** Takes a slower arc between the same nodes out of the lists; false where one as quick stands there. */
  const makesWay = (tail: number, head: number, ms: number): boolean => {
    for (let known = firstOut[tail] as number; known >= 0; known = arcs.nextOut[known] as number) {
      if (arcs.head[known] !== head) continue;
      if ((arcs.milliseconds[known] as number) <= ms) return false;
      unlink(firstOut, arcs.nextOut, tail, known);
      unlink(firstIn, arcs.nextIn, head, known);
      break;
    }
    return true;
  };

  const link = (arc: number): void => {
    const [tail, head] = [arcs.tail[arc] as number, arcs.head[arc] as number];
    arcs.nextOut[arc] = firstOut[tail] as number;
    arcs.nextIn[arc] = firstIn[head] as number;
    firstOut[tail] = arc;
    firstIn[head] = arc;
  };

  // Arcs keep their numbers, so that a path of them is one of the road graph: loops and slower twins get one and no place in the lists.
  for (let arc = 0; arc < graph.arcCount; arc += 1) {
    const [tail, head] = [graph.arcTail[arc] as number, graph.arcHead[arc] as number];
    const ms = graph.arcMilliseconds[arc] as number;
    number(tail, head, ms, graph.arcMillimetres[arc] as number, -1, -1);
    if (tail !== head && makesWay(tail, head, ms)) link(arc);
  }

  return {
    firstOut,
    firstIn,
    arcs: () => arcs,
    arcCount: () => count,
    addShortcut: (first, second) => {
      const [tail, head] = [arcs.tail[first] as number, arcs.head[second] as number];
      const ms = (arcs.milliseconds[first] as number) + (arcs.milliseconds[second] as number);
      if (!makesWay(tail, head, ms)) return;
      const mm = (arcs.millimetres[first] as number) + (arcs.millimetres[second] as number);
      number(tail, head, ms, mm, first, second);
      link(count - 1);
    },
    isolate: (node) => {
      for (let arc = firstOut[node] as number; arc >= 0; arc = arcs.nextOut[arc] as number)
        unlink(firstIn, arcs.nextIn, arcs.head[arc] as number, arc);
      for (let arc = firstIn[node] as number; arc >= 0; arc = arcs.nextIn[arc] as number)
        unlink(firstOut, arcs.nextOut, arcs.tail[arc] as number, arc);
    },
  };
};
