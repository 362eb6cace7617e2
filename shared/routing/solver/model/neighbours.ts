/** Ruin looks this far for routes near its seed; recreate looks at the nearer part. */
const MOST_NEIGHBOURS = 200;

/** The nearest other stops of every stop by the way there and back, nearest first; ties by number. */
export const nearestStops = (
  distance: Float64Array,
  stopCount: number,
  placeCount: number,
): { readonly stops: Int32Array; readonly count: number } => {
  const count = Math.max(0, Math.min(stopCount - 1, MOST_NEIGHBOURS));
  const stops = new Int32Array(stopCount * count);
  // Typed arrays sort floats natively, with a comparison function ten times slower: it sorts the few that matter.
  const keys = new Float64Array(stopCount);
  const bothWays = new Float64Array(stopCount);
  const order = new Int32Array(stopCount);
  for (let stop = 0; stop < stopCount; stop += 1) {
    for (let other = 0; other < stopCount; other += 1) {
      const way = (distance[stop * placeCount + other] as number) + (distance[other * placeCount + stop] as number);
      bothWays[other] = other === stop ? -1 : way;
    }
    keys.set(bothWays);
    keys.sort();
    const furthest = keys[count] as number;
    let found = 0;
    for (let other = 0; other < stopCount; other += 1) {
      if (other !== stop && (bothWays[other] as number) <= furthest) {
        order[found] = other;
        found += 1;
      }
    }
    const nearest = order.subarray(0, found);
    nearest.sort((a, b) => (bothWays[a] as number) - (bothWays[b] as number) || a - b);
    stops.set(nearest.subarray(0, count), stop * count);
  }
  return { stops, count };
};
