import type { Hierarchy } from './hierarchy.ts';
import { createHierarchySearch, type Seed } from './hierarchy-search.ts';

/** Driving times and lengths of the fastest ways from one origin by destination; infinite where there is no way. Used again for the next row. */
type TakeRow = (origin: number, milliseconds: Float64Array, millimetres: Float64Array) => void;

/**
 * Fastest ways between many places (Knopp, Sanders, Schultes, Schulz & Wagner 2007): each destination leaves its distance in a
 * bucket at every node its backward search reaches, each origin's forward search looks into the buckets it comes by. Calls `take`
 * with one row after another.
 * @param origins For each origin the nodes a truck can reach from it along its road; `destinations` likewise towards it.
 */
export const manyToMany = (
  hierarchy: Hierarchy,
  origins: readonly (readonly Seed[])[],
  destinations: readonly (readonly Seed[])[],
  take: TakeRow,
): void => {
  const bucketAt = new Int32Array(hierarchy.nodeCount).fill(-1);
  const next: number[] = [];
  const destinationOf: number[] = [];
  const bucketMilliseconds: number[] = [];
  const bucketMillimetres: number[] = [];
  const backward = createHierarchySearch(hierarchy, 'backward');
  for (const [destination, seeds] of destinations.entries())
    backward.run(seeds, (node, ms, mm) => {
      next.push(bucketAt[node] as number);
      bucketAt[node] = next.length - 1;
      destinationOf.push(destination);
      bucketMilliseconds.push(ms);
      bucketMillimetres.push(mm);
      return undefined;
    });
  const forward = createHierarchySearch(hierarchy, 'forward');
  const milliseconds = new Float64Array(destinations.length);
  const millimetres = new Float64Array(destinations.length);
  for (const [origin, seeds] of origins.entries()) {
    milliseconds.fill(Number.POSITIVE_INFINITY);
    millimetres.fill(Number.POSITIVE_INFINITY);
    forward.run(seeds, (node, ms, mm) => {
      for (let entry = bucketAt[node] as number; entry >= 0; entry = next[entry] as number) {
        const destination = destinationOf[entry] as number;
        const there = ms + (bucketMilliseconds[entry] as number);
        if (there >= (milliseconds[destination] as number)) continue;
        milliseconds[destination] = there;
        millimetres[destination] = mm + (bucketMillimetres[entry] as number);
      }
      return undefined;
    });
    take(origin, milliseconds, millimetres);
  }
};
