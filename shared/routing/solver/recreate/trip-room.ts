import { type Model, siteAt } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { TripLoads } from '../schedule/trips.ts';
import type { State } from '../state/state.ts';

/** Whether a route's vehicle could ever take the stop: a filter that needs no place. */
export const mayTake = (model: Model, state: State, stop: number, route: number): boolean => {
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  return (
    type.serves[stop] === 1 &&
    (state.size[route] as number) < type.maxStops &&
    (state.litres[route] as number) + (model.litres[stop] as number) <= type.maxLitres
  );
};

/** Whether the site at the end of the trip that `node` is on takes the stop's stream as well. */
const isTakenAtEnd = (model: Model, state: State, { tripEnd }: TripLoads, node: number, stream: number): boolean => {
  const site = siteAt(model, state.siteAfter[tripEnd[node] as number] as number);
  return site === undefined || (site.accepts & stream) !== 0;
};

/** Whether the trip that `node` is on has room for the stop, and nothing on board that must not meet it. A sentinel stands for what is on board at the start. */
export const joins = (
  model: Model,
  state: State,
  loads: TripLoads,
  type: VehicleType,
  stop: number,
  node: number,
): boolean => {
  if ((loads.tripLitres[node] as number) + (model.litres[stop] as number) > type.litres) return false;
  if ((loads.tripKg[node] as number) + (model.kg[stop] as number) > type.kg) return false;
  if ((loads.tripUnits[node] as number) + (model.units[stop] as number) > type.units) return false;
  const streams = loads.tripStreams[node] as number;
  if ((streams & (model.conflicts[stop] as number)) !== 0) return false;
  const stream = model.stream[stop] as number;
  return (streams & stream) !== 0 || model.sites.length === 0 || isTakenAtEnd(model, state, loads, node, stream);
};

/** The same for a place with no disposal visit on the way; a day without stops has no trip to join where what is loaded must be emptied. */
export const joinsBetween = (
  model: Model,
  state: State,
  loads: TripLoads,
  type: VehicleType,
  stop: number,
  after: number,
): boolean => {
  const following = state.next[after] as number;
  const isEmptyDay = after >= model.stopCount && following >= model.stopCount;
  if (isEmptyDay && model.sites.length > 0) return false;
  return joins(model, state, loads, type, stop, after < model.stopCount || isEmptyDay ? after : following);
};
