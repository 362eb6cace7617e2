import type { Hierarchy } from './hierarchy.ts';
import { createHierarchySearch, type Seed } from './hierarchy-search.ts';

/** Driving times and lengths of the fastest ways from one origin by destination; infinite where there is no way. Used again for the next row. */
type TakeRow = (origin: number, milliseconds: Float64Array, millimetres: Float64Array) => void;

/** What destinations left at nodes, node by node: entries `start[node]` … `start[node + 1]`. */
type Buckets = {
  readonly start: Int32Array;
  readonly destination: Int32Array;
  readonly milliseconds: Int32Array;
  readonly millimetres: Float64Array;
};

const ENTRY = 4;
const FIRST_ENTRIES = 1 << 16;

/** Entries as they come: node, destination, milliseconds, millimetres. */
const entryList = () => {
  let values = new Float64Array(FIRST_ENTRIES * ENTRY);
  let count = 0;
  return {
    add: (node: number, destination: number, ms: number, mm: number): void => {
      if ((count + 1) * ENTRY > values.length) {
        const larger = new Float64Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      const at = count * ENTRY;
      values[at] = node;
      values[at + 1] = destination;
      values[at + 2] = ms;
      values[at + 3] = mm;
      count += 1;
    },
    entries: () => ({ values, count }),
  };
};

/** Entries of one node side by side: whoever comes by reads them in one go, which is most of the work. */
const bucketsOf = (nodeCount: number, { values, count }: { values: Float64Array; count: number }): Buckets => {
  const start = new Int32Array(nodeCount + 1);
  for (let entry = 0; entry < count; entry += 1) {
    const node = values[entry * ENTRY] as number;
    start[node + 1] = (start[node + 1] as number) + 1;
  }
  for (let node = 0; node < nodeCount; node += 1)
    start[node + 1] = (start[node + 1] as number) + (start[node] as number);
  const next = start.slice();
  const destination = new Int32Array(count);
  const milliseconds = new Int32Array(count);
  const millimetres = new Float64Array(count);
  for (let entry = 0; entry < count; entry += 1) {
    const node = values[entry * ENTRY] as number;
    const at = next[node] as number;
    next[node] = at + 1;
    destination[at] = values[entry * ENTRY + 1] as number;
    milliseconds[at] = values[entry * ENTRY + 2] as number;
    millimetres[at] = values[entry * ENTRY + 3] as number;
  }
  return { start, destination, milliseconds, millimetres };
};

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
  const list = entryList();
  const backward = createHierarchySearch(hierarchy, 'backward');
  for (const [destination, seeds] of destinations.entries())
    backward.run(seeds, (node, ms, mm) => {
      list.add(node, destination, ms, mm);
      return undefined;
    });
  const buckets = bucketsOf(hierarchy.nodeCount, list.entries());
  const forward = createHierarchySearch(hierarchy, 'forward');
  const milliseconds = new Float64Array(destinations.length);
  const millimetres = new Float64Array(destinations.length);
  const look = (node: number, ms: number, mm: number): undefined => {
    const end = buckets.start[node + 1] as number;
    for (let entry = buckets.start[node] as number; entry < end; entry += 1) {
      const destination = buckets.destination[entry] as number;
      const there = ms + (buckets.milliseconds[entry] as number);
      if (there >= (milliseconds[destination] as number)) continue;
      milliseconds[destination] = there;
      millimetres[destination] = mm + (buckets.millimetres[entry] as number);
    }
    return undefined;
  };
  for (const [origin, seeds] of origins.entries()) {
    milliseconds.fill(Number.POSITIVE_INFINITY);
    millimetres.fill(Number.POSITIVE_INFINITY);
    forward.run(seeds, look);
    take(origin, milliseconds, millimetres);
  }
};
