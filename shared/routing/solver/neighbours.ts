/** Ruin looks this far for routes near its seed; recreate looks at the nearer part. */
const MOST_NEIGHBOURS = 200;

/** The nearest other stops of every stop by the way there and back, nearest first; ties by index. */
export const nearestStops = (
  distance: Float64Array,
  stopCount: number,
  nodeCount: number,
): { readonly nodes: Int32Array; readonly count: number } => {
  const count = Math.max(0, Math.min(stopCount - 1, MOST_NEIGHBOURS));
  const nodes = new Int32Array(stopCount * count);
  const bothWays = new Float64Array(stopCount);
  const order = new Int32Array(stopCount);
  for (let stop = 0; stop < stopCount; stop += 1) {
    for (let other = 0; other < stopCount; other += 1) {
      order[other] = other;
      bothWays[other] = (distance[stop * nodeCount + other] as number) + (distance[other * nodeCount + stop] as number);
    }
    bothWays[stop] = -1;
    order.sort((a, b) => (bothWays[a] as number) - (bothWays[b] as number) || a - b);
    nodes.set(order.subarray(1, count + 1), stop * count);
  }
  return { nodes, count };
};
