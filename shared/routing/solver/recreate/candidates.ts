/**
 * Places one stop could go to, with what they are reckoned to cost before anybody has asked for room and time there. They are asked in that
 * order, until none left can be cheaper than what was found.
 */
export type Candidates = {
  readonly estimate: Float64Array;
  readonly after: Int32Array;
  readonly route: Int32Array;
  readonly siteBefore: Int32Array;
  readonly siteBehind: Int32Array;
  /** How the route empties then: `AS_IT_DOES`, `ANEW`, `EARLIER` or `LATER`; or what is to be found out: `UNASKED`, `FULL`. */
  readonly manner: Uint8Array;
  /** The disposal visit that moves, if it empties earlier or later: behind which node it was, and is then, and where. */
  readonly movedFrom: Int32Array;
  readonly movedTo: Int32Array;
  readonly movedSite: Int32Array;
  readonly movedFees: Float64Array;
  /** Entries, those taken off among them; and so many of them have come into the heap. */
  count: number;
  gathered: number;
  /** Entries left to be asked, none below one that is dearer. */
  readonly heap: Int32Array;
  left: number;
  /** The least estimates of those for which all disposal visits of a route have to be chosen anew, in order. */
  readonly anew: Float64Array;
  /** Visits are not chosen anew for a place reckoned at as much as this; and whether there was such a place. */
  mostAnew: number;
  isOneTooDear: boolean;
};

/** Disposal visits stay but for those beside the stop; are all chosen anew; or one of them comes earlier or later. */
export const AS_IT_DOES = 0;
export const ANEW = 1;
export const EARLIER = 2;
export const LATER = 3;
/** Nobody has asked yet whether the trip has room. */
export const UNASKED = 4;
/** It has none: another way to empty is to be found. */
export const FULL = 5;

/** Choosing all disposal visits of a route anew takes as long as a step, and seldom helps: so often for a stop. */
const MOST_ANEW = 5;

export const createCandidates = (most: number): Candidates => ({
  estimate: new Float64Array(most),
  after: new Int32Array(most),
  route: new Int32Array(most),
  siteBefore: new Int32Array(most),
  siteBehind: new Int32Array(most),
  manner: new Uint8Array(most),
  movedFrom: new Int32Array(most),
  movedTo: new Int32Array(most),
  movedSite: new Int32Array(most),
  movedFees: new Float64Array(most),
  count: 0,
  gathered: 0,
  heap: new Int32Array(most),
  left: 0,
  anew: new Float64Array(MOST_ANEW).fill(Number.POSITIVE_INFINITY),
  mostAnew: Number.POSITIVE_INFINITY,
  isOneTooDear: false,
});

/** Lists a place; answers its entry. */
export const listCandidate = (
  candidates: Candidates,
  estimate: number,
  after: number,
  route: number,
  siteBefore: number,
  siteBehind: number,
  manner: number,
): number => {
  const at = candidates.count;
  candidates.estimate[at] = estimate;
  candidates.after[at] = after;
  candidates.route[at] = route;
  candidates.siteBefore[at] = siteBefore;
  candidates.siteBehind[at] = siteBehind;
  candidates.manner[at] = manner;
  candidates.count = at + 1;
  return at;
};

/** The same for a place of which nothing else is known yet. */
export const listUnasked = (candidates: Candidates, estimate: number, after: number, route: number): void => {
  const at = candidates.count;
  candidates.estimate[at] = estimate;
  candidates.after[at] = after;
  candidates.route[at] = route;
  candidates.manner[at] = UNASKED;
  candidates.count = at + 1;
};

/** Whether a place where all disposal visits have to be chosen anew is among the few most promising of these. */
export const isWorthChoosingAnew = ({ anew }: Candidates, estimate: number): boolean =>
  estimate < (anew[MOST_ANEW - 1] as number);

/** Whether a place was among these, and others that are more promising have taken its place. */
export const isOutdone = ({ anew }: Candidates, estimate: number): boolean =>
  estimate > (anew[MOST_ANEW - 1] as number);

/** Counts a place that is among these; another falls out for it. */
export const countAnew = ({ anew }: Candidates, estimate: number): void => {
  let at = MOST_ANEW - 1;
  for (; at > 0 && (anew[at - 1] as number) > estimate; at -= 1) anew[at] = anew[at - 1] as number;
  anew[at] = estimate;
};

/** Lets an entry sink in the heap from a position on to where nothing below it is cheaper. */
const sink = ({ heap, estimate }: Candidates, from: number, size: number, entry: number): void => {
  const cost = estimate[entry] as number;
  let hole = from;
  for (;;) {
    let below = 2 * hole + 1;
    if (below >= size) break;
    let lower = estimate[heap[below] as number] as number;
    const other = below + 1;
    if (other < size && (estimate[heap[other] as number] as number) < lower) {
      below = other;
      lower = estimate[heap[other] as number] as number;
    }
    if (cost <= lower) break;
    heap[hole] = heap[below] as number;
    hole = below;
  }
  heap[hole] = entry;
};

/** Puts what has been listed since into the heap of those to be asked: the first time all at once, then one by one. */
const gather = (candidates: Candidates): void => {
  const { heap, estimate, count } = candidates;
  if (candidates.left === 0) {
    const size = count - candidates.gathered;
    for (let at = 0; at < size; at += 1) heap[at] = candidates.gathered + at;
    for (let at = (size >> 1) - 1; at >= 0; at -= 1) sink(candidates, at, size, heap[at] as number);
    candidates.left = size;
  } else {
    for (let entry = candidates.gathered; entry < count; entry += 1) {
      const cost = estimate[entry] as number;
      let hole = candidates.left;
      candidates.left += 1;
      while (hole > 0) {
        const above = (hole - 1) >> 1;
        if ((estimate[heap[above] as number] as number) <= cost) break;
        heap[hole] = heap[above] as number;
        hole = above;
      }
      heap[hole] = entry;
    }
  }
  candidates.gathered = count;
};

/** Takes the most promising place off the list and answers its entry; −1 when all left are reckoned at `most` or more. */
export const takeCheapest = (candidates: Candidates, most: number): number => {
  if (candidates.gathered < candidates.count) gather(candidates);
  const { heap, estimate, left } = candidates;
  const entry = heap[0] as number;
  if (left === 0 || (estimate[entry] as number) >= most) return -1;
  const size = left - 1;
  candidates.left = size;
  if (size > 0) sink(candidates, 0, size, heap[size] as number);
  return entry;
};

export const clearCandidates = (candidates: Candidates): void => {
  candidates.count = 0;
  candidates.gathered = 0;
  candidates.left = 0;
  candidates.anew.fill(Number.POSITIVE_INFINITY);
  candidates.isOneTooDear = false;
};
