import { type Model, siteAt, UNREACHABLE } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';

/**
 * Seconds at the wheel on a route as it stands, by the node a leg begins at; endless where there is no way. A matrix has its figures for
 * neighbours on a route far apart in memory, and whoever follows a route waits for each of them.
 */
export type Legs = {
  /** From a node on: to where the vehicle empties behind it, or else to the next node. */
  readonly away: Float64Array;
  /** From where it empties behind a node to the next node. */
  readonly fromSite: Float64Array;
};

export const createLegs = (nodes: number): Legs => ({
  away: new Float64Array(nodes),
  fromSite: new Float64Array(nodes),
});

/** How long a vehicle drives from one place to another, in seconds; endless where there is no way. */
export const secondsBetween = (model: Model, type: VehicleType, from: number, to: number): number => {
  const way = model.duration[from * model.placeCount + to] as number;
  return way >= UNREACHABLE ? Number.POSITIVE_INFINITY : way * type.pace;
};

/** Writes the legs from a node to the next one. */
export const writeLegs = (
  model: Model,
  state: State,
  { away, fromSite }: Legs,
  type: VehicleType,
  node: number,
): void => {
  const following = state.next[node] as number;
  const from = node < model.stopCount ? node : type.startPlace;
  const to = following < model.stopCount ? following : type.endPlace;
  const site = siteAt(model, state.siteAfter[node] as number);
  away[node] = secondsBetween(model, type, from, site === undefined ? to : site.place);
  if (site !== undefined) fromSite[node] = secondsBetween(model, type, site.place, to);
};
