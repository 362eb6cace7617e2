/**
 * A binary heap of node numbers by a cost, which can be lowered while the node is in it. It holds each node once; memory for
 * `capacity` nodes is taken when it is made and none later.
 */
export type Heap = {
  readonly size: () => number;
  /** Adds a node, or lowers its cost. A cost that is not lower changes nothing. */
  readonly push: (node: number, cost: number) => void;
  /** The node of least cost, taken out. The heap must not be empty. */
  readonly pop: () => number;
  readonly leastCost: () => number;
  readonly clear: () => void;
};

export const createHeap = (capacity: number): Heap => {
  const nodes = new Int32Array(capacity);
  const costs = new Float64Array(capacity);
  const position = new Int32Array(capacity).fill(-1);
  let size = 0;

  const rise = (from: number, node: number, cost: number): void => {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = costs[parent] as number;
      if (above <= cost) break;
      const moved = nodes[parent] as number;
      nodes[at] = moved;
      costs[at] = above;
      position[moved] = at;
      at = parent;
    }
    nodes[at] = node;
    costs[at] = cost;
    position[node] = at;
  };

  const sink = (node: number, cost: number): void => {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (costs[child + 1] as number) < (costs[child] as number)) child += 1;
      const below = costs[child] as number;
      if (below >= cost) break;
      const moved = nodes[child] as number;
      nodes[at] = moved;
      costs[at] = below;
      position[moved] = at;
      at = child;
    }
    nodes[at] = node;
    costs[at] = cost;
    position[node] = at;
  };

  return {
    size: () => size,
    push: (node, cost) => {
      const at = position[node] as number;
      if (at < 0) {
        size += 1;
        rise(size - 1, node, cost);
      } else if (cost < (costs[at] as number)) rise(at, node, cost);
    },
    pop: () => {
      const least = nodes[0] as number;
      position[least] = -1;
      size -= 1;
      if (size > 0) sink(nodes[size] as number, costs[size] as number);
      return least;
    },
    leastCost: () => costs[0] as number,
    clear: () => {
      for (let at = 0; at < size; at += 1) position[nodes[at] as number] = -1;
      size = 0;
    },
  };
};
