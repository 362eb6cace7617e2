import type { Model } from './model/model.ts';

/**
 * Routes by the savings of driving from one stop to another instead of home in between: G. Clarke and J. W. Wright,
 * "Scheduling of Vehicles from a Central Depot to a Number of Delivery Points", Operations Research 12 (1964) 568–581, the
 * parallel version over near neighbours. Looks at the capacity of one vehicle type alone.
 */
const NEIGHBOURS_LOOKED_AT = 100;

export type Merge = { readonly saving: number; readonly from: number; readonly to: number };

/** Pairs of stops by what driving from one straight to the other saves, most first, for vehicles that start and end where this type does. */
export const rankMerges = (model: Model, typeIndex: number): readonly Merge[] => {
  const type = model.types[typeIndex];
  if (type === undefined) return [];
  const { startPlace, endPlace } = type;
  const { distance, placeCount, neighbourCount, neighbours } = model;
  const merges: Merge[] = [];
  for (let from = 0; from < model.stopCount; from += 1) {
    for (let index = 0; index < Math.min(NEIGHBOURS_LOOKED_AT, neighbourCount); index += 1) {
      const to = neighbours[from * neighbourCount + index] as number;
      const saving =
        (distance[from * placeCount + endPlace] as number) +
        (distance[startPlace * placeCount + to] as number) -
        (distance[from * placeCount + to] as number);
      if (saving > 0) merges.push({ saving, from, to });
    }
  }
  return merges.sort((a, b) => b.saving - a.saving || a.from - b.from || a.to - b.to);
};

/** Orders of stops, one per route, each within the type's capacity. */
export const savingsRoutes = (
  model: Model,
  typeIndex: number,
  merges: readonly Merge[],
): readonly (readonly number[])[] => {
  const type = model.types[typeIndex];
  if (type === undefined) return [];
  const routes = Array.from({ length: model.stopCount }, (_, stop) => [stop]);
  const routeOf = Int32Array.from({ length: model.stopCount }, (_, stop) => stop);
  const litres = Float64Array.from(model.litres);
  const kg = Float64Array.from(model.kg);
  const units = Float64Array.from(model.units);
  for (const { from, to } of merges) {
    const first = routeOf[from] as number;
    const second = routeOf[to] as number;
    const head = routes[first] as number[];
    const tail = routes[second] as number[];
    if (first === second || head.at(-1) !== from || tail[0] !== to) continue;
    if ((litres[first] as number) + (litres[second] as number) > type.mostLitres) continue;
    if ((kg[first] as number) + (kg[second] as number) > type.kg) continue;
    if ((units[first] as number) + (units[second] as number) > type.units) continue;
    for (const stop of tail) {
      head.push(stop);
      routeOf[stop] = first;
    }
    litres[first] = (litres[first] as number) + (litres[second] as number);
    kg[first] = (kg[first] as number) + (kg[second] as number);
    units[first] = (units[first] as number) + (units[second] as number);
    routes[second] = [];
  }
  return routes.filter((route) => route.length > 0);
};
