/** The most promising places for one stop, by an estimate of what they cost; the dear ones fall off the end. */
export type Shortlist = {
  readonly estimate: Float64Array;
  readonly after: Int32Array;
  readonly route: Int32Array;
  readonly siteBefore: Int32Array;
  readonly siteBehind: Int32Array;
  /** 1 where the disposal visits of the route have to be chosen anew. */
  readonly replaces: Uint8Array;
  count: number;
};

const LENGTH = 5;

export const createShortlist = (): Shortlist => ({
  estimate: new Float64Array(LENGTH),
  after: new Int32Array(LENGTH),
  route: new Int32Array(LENGTH),
  siteBefore: new Int32Array(LENGTH),
  siteBehind: new Int32Array(LENGTH),
  replaces: new Uint8Array(LENGTH),
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
  list.replaces[to] = list.replaces[from] as number;
};

/** Puts a place on the list, in order. */
export const listPlace = (
  list: Shortlist,
  estimate: number,
  after: number,
  route: number,
  siteBefore: number,
  siteBehind: number,
  replaces: number,
): void => {
  let at = list.count;
  if (at === LENGTH) at -= 1;
  else list.count += 1;
  for (; at > 0 && (list.estimate[at - 1] as number) > estimate; at -= 1) move(list, at - 1, at);
  list.estimate[at] = estimate;
  list.after[at] = after;
  list.route[at] = route;
  list.siteBefore[at] = siteBefore;
  list.siteBehind[at] = siteBehind;
  list.replaces[at] = replaces;
};
