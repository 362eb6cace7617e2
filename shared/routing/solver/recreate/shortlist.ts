/** The most promising places for one stop, by an estimate of what they cost; the dear ones fall off the end. */
export type Shortlist = {
  readonly estimate: Float64Array;
  readonly after: Int32Array;
  readonly route: Int32Array;
  readonly siteBefore: Int32Array;
  readonly siteBehind: Int32Array;
  /** How the route empties then: `AS_IT_DOES`, `ANEW`, `EARLIER` or `LATER`. */
  readonly manner: Uint8Array;
  /** The disposal visit that moves, if it empties earlier or later: behind which node it was, and is then, and where. */
  readonly movedFrom: Int32Array;
  readonly movedTo: Int32Array;
  readonly movedSite: Int32Array;
  readonly movedFees: Float64Array;
  count: number;
};

const LENGTH = 5;

/** Disposal visits stay but for those beside the stop; are all chosen anew; or one of them comes earlier or later. */
export const AS_IT_DOES = 0;
export const ANEW = 1;
export const EARLIER = 2;
export const LATER = 3;

export const createShortlist = (): Shortlist => ({
  estimate: new Float64Array(LENGTH),
  after: new Int32Array(LENGTH),
  route: new Int32Array(LENGTH),
  siteBefore: new Int32Array(LENGTH),
  siteBehind: new Int32Array(LENGTH),
  manner: new Uint8Array(LENGTH),
  movedFrom: new Int32Array(LENGTH),
  movedTo: new Int32Array(LENGTH),
  movedSite: new Int32Array(LENGTH),
  movedFees: new Float64Array(LENGTH),
  count: 0,
});

/** Whether a place of this estimate would stand on the list. */
export const isWorthListing = ({ count, estimate }: Shortlist, candidate: number): boolean =>
  count < LENGTH || candidate < (estimate[LENGTH - 1] as number);

const move = (list: Shortlist, from: number, to: number): void => {
  list.estimate[to] = list.estimate[from] as number;
  list.after[to] = list.after[from] as number;
  list.route[to] = list.route[from] as number;
  list.siteBefore[to] = list.siteBefore[from] as number;
  list.siteBehind[to] = list.siteBehind[from] as number;
  list.manner[to] = list.manner[from] as number;
  list.movedFrom[to] = list.movedFrom[from] as number;
  list.movedTo[to] = list.movedTo[from] as number;
  list.movedSite[to] = list.movedSite[from] as number;
  list.movedFees[to] = list.movedFees[from] as number;
};

/** Puts a place on the list, in order. Answers where it stands. */
export const listPlace = (
  list: Shortlist,
  estimate: number,
  after: number,
  route: number,
  siteBefore: number,
  siteBehind: number,
  manner: number,
): number => {
  let at = list.count;
  if (at === LENGTH) at -= 1;
  else list.count += 1;
  for (; at > 0 && (list.estimate[at - 1] as number) > estimate; at -= 1) move(list, at - 1, at);
  list.estimate[at] = estimate;
  list.after[at] = after;
  list.route[at] = route;
  list.siteBefore[at] = siteBefore;
  list.siteBehind[at] = siteBehind;
  list.manner[at] = manner;
  return at;
};
