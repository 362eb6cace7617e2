/**
 * Strongly connected components of a directed graph (Tarjan 1972), without recursion. Answers each node's component.
 * @param out The heads of node `v`'s arcs are `head[out[v]]` … `head[out[v + 1] - 1]`.
 */
export const strongComponents = (nodeCount: number, out: Int32Array, head: Int32Array): Int32Array => {
  const component = new Int32Array(nodeCount).fill(-1);
  const found = new Int32Array(nodeCount).fill(-1);
  const low = new Int32Array(nodeCount);
  const next = new Int32Array(nodeCount);
  const open = new Int32Array(nodeCount);
  const path = new Int32Array(nodeCount);
  let [openCount, order, components] = [0, 0, 0];
  const enter = (node: number): void => {
    found[node] = low[node] = order++;
    next[node] = out[node] as number;
    open[openCount++] = node;
  };
  const close = (root: number): void => {
    let node: number;
    do {
      node = open[--openCount] as number;
      component[node] = components;
    } while (node !== root);
    components += 1;
  };
  const lower = (node: number, to: number): void => {
    low[node] = Math.min(low[node] as number, to);
  };
  /** The next node behind `node` that nobody has entered, or -1 when all its arcs were followed. */
  const nextBehind = (node: number): number => {
    while ((next[node] as number) < (out[node + 1] as number)) {
      const to = head[next[node] as number] as number;
      next[node] = (next[node] as number) + 1;
      if ((found[to] as number) < 0) return to;
      if ((component[to] as number) < 0) lower(node, found[to] as number);
    }
    return -1;
  };
  for (let root = 0; root < nodeCount; root += 1) {
    if ((found[root] as number) >= 0) continue;
    let depth = 0;
    path[0] = root;
    enter(root);
    while (depth >= 0) {
      const node = path[depth] as number;
      const to = nextBehind(node);
      if (to >= 0) {
        depth += 1;
        path[depth] = to;
        enter(to);
        continue;
      }
      if (low[node] === found[node]) close(node);
      depth -= 1;
      if (depth >= 0) lower(path[depth] as number, low[node] as number);
    }
  }
  return component;
};
