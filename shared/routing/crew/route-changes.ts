/** A stop of a truck's route, as far as a crew notices that it changed. */
export type RouteStop = {
  readonly kind: string;
  readonly id?: string | undefined;
  readonly name: string;
};

/** What is different in a route that was planned anew. */
export type RouteChanges = {
  readonly added: readonly RouteStop[];
  /** Without those that the crew has reported: what is done leaves a plan without anybody missing it. */
  readonly removed: readonly RouteStop[];
  /** The bins that are in both come in another order. */
  readonly isReordered: boolean;
};

const binsOf = (stops: readonly RouteStop[]): ReadonlyMap<string, RouteStop> =>
  new Map(stops.flatMap((stop) => (stop.kind === 'bin' && stop.id !== undefined ? [[stop.id, stop]] : [])));

/**
 * What a crew must be told when its route changed while it was away; `undefined` when nothing did that it would notice.
 * @param reported ids of bins that the crew has reported already.
 */
export const routeChanges = (
  before: readonly RouteStop[],
  after: readonly RouteStop[],
  reported: ReadonlySet<string>,
): RouteChanges | undefined => {
  const [old, now] = [binsOf(before), binsOf(after)];
  const added = [...now].filter(([id]) => !old.has(id)).map(([, stop]) => stop);
  const removed = [...old].filter(([id]) => !now.has(id) && !reported.has(id)).map(([, stop]) => stop);
  const common = (one: ReadonlyMap<string, RouteStop>, other: ReadonlyMap<string, RouteStop>) =>
    [...one.keys()].filter((id) => other.has(id) && !reported.has(id));
  const order = common(now, old);
  const isReordered = common(old, now).some((id, index) => order[index] !== id);
  return added.length + removed.length > 0 || isReordered ? { added, removed, isReordered } : undefined;
};
