import { type Model, UNREACHABLE } from './model.ts';
import type { State } from './state.ts';
import { earliestStart, latestStart } from './windows.ts';

/**
 * For every stop in a route, the earliest time the vehicle can leave it and the latest time its service can start, with disposal
 * visits and breaks left out: necessary for any schedule of the route, and enough to refuse most insertions without one.
 * (M. W. P. Savelsbergh, "The Vehicle Routing Problem with Time Windows: Minimizing Route Duration", 1992.)
 */
export type TimeBounds = { readonly leaves: Float64Array; readonly mustStart: Float64Array };

export const createTimeBounds = (model: Model): TimeBounds => ({
  leaves: new Float64Array(model.stopCount + model.routeSlots),
  mustStart: new Float64Array(model.stopCount + model.routeSlots),
});

/** Brings a route's bounds up to date. */
export const updateTimeBounds = (model: Model, state: State, bounds: TimeBounds, route: number): void => {
  const type = model.types[state.typeOf[route] as number];
  if (type === undefined) return;
  const sentinel = model.stopCount + route;
  let time = type.shiftFrom;
  let place = type.startNode;
  bounds.leaves[sentinel] = time;
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    const arrives = time + (model.duration[place * model.nodeCount + stop] as number);
    time = earliestStart(model, stop, arrives) + (model.service[stop] as number);
    bounds.leaves[stop] = time;
    place = stop;
  }
  time = type.shiftTo;
  place = type.endNode;
  bounds.mustStart[sentinel] = time;
  for (let stop = state.prev[sentinel] as number; stop < model.stopCount; stop = state.prev[stop] as number) {
    const leaves = time - (model.duration[stop * model.nodeCount + place] as number);
    time = latestStart(model, stop, leaves - (model.service[stop] as number));
    bounds.mustStart[stop] = time;
    place = stop;
  }
};

/** False when the stop cannot stand between `after` and its successor whatever the rest of the route does. */
export const fitsInTime = (
  model: Model,
  state: State,
  bounds: TimeBounds,
  stop: number,
  after: number,
  route: number,
): boolean => {
  const type = model.types[state.typeOf[route] as number];
  if (type === undefined) return false;
  const following = state.next[after] as number;
  const from = after < model.stopCount ? after : type.startNode;
  const to = following < model.stopCount ? following : type.endNode;
  const there = model.duration[from * model.nodeCount + stop] as number;
  const on = model.duration[stop * model.nodeCount + to] as number;
  if (there >= UNREACHABLE || on >= UNREACHABLE) return false;
  const starts = earliestStart(model, stop, (bounds.leaves[after] as number) + there);
  return starts + (model.service[stop] as number) + on <= (bounds.mustStart[following] as number);
};
