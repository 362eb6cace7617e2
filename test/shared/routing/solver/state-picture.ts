import { expect } from 'vitest';
import type { Model } from '../../../../shared/routing/solver/model/model.ts';
import type { State } from '../../../../shared/routing/solver/state/state.ts';
import { absentStops, nodesOf, openRoutes } from './drawn-states.ts';

/** All that makes a solution, apart from the order in which open routes and absent stops are listed. */
export const picture = (model: Model, state: State) => ({
  routes: openRoutes(state)
    .sort((a, b) => a - b)
    .map((route) => {
      const nodes = nodesOf(model, state, route);
      return {
        route,
        nodes,
        ways: nodes.map((node) => state.wayOn[node]),
        previous: nodes.map((node) => state.prev[node]),
        start: state.siteAfter[model.stopCount + route],
        figures: [state.typeOf, state.startOf, state.endOf, state.size, state.metres, state.routeCost].map(
          (figures) => figures[route],
        ),
        loads: [state.litres, state.kg, state.units].map((figures) => figures[route]),
      };
    }),
  absent: absentStops(state).sort((a, b) => a - b),
  routeOf: [...state.routeOf],
  siteAfter: [...state.siteAfter.subarray(0, model.stopCount)],
  used: [...state.usedOfType],
  spare: [...state.spare.subarray(0, state.spareCount)],
  cost: state.cost,
});

const wayBetween = ({ distance, placeCount }: Model, from: number, to: number): number =>
  distance[from * placeCount + to] as number;

/** Recomputes whatever the state keeps a sum or an inverse of. */
export const expectConsistent = (model: Model, state: State): void => {
  const total = (values: Float64Array, stops: readonly number[]): number =>
    stops.reduce((sum, stop) => sum + (values[stop] as number), 0);
  let cost = total(model.absencePenalty, absentStops(state));
  const used = model.types.map(() => 0);
  openRoutes(state).forEach((route, at) => {
    const nodes = nodesOf(model, state, route);
    const stops = nodes.slice(1);
    const type = state.typeOf[route] as number;
    const { startPlace = -1, endPlace = -1 } = model.types[type] ?? {};
    const places = [startPlace, ...stops, endPlace];
    const ways = places.slice(1).map((place, index) => wayBetween(model, places[index] as number, place));
    expect(state.openAt[route]).toBe(at);
    expect(state.size[route]).toBe(stops.length);
    expect(nodes.map((node) => state.wayOn[node])).toEqual(ways);
    expect(state.metres[route]).toBeCloseTo(
      ways.reduce((sum, way) => sum + way, 0),
      6,
    );
    expect(state.litres[route]).toBeCloseTo(total(model.litres, stops), 9);
    expect(state.kg[route]).toBeCloseTo(total(model.kg, stops), 9);
    expect(state.units[route]).toBeCloseTo(total(model.units, stops), 9);
    expect(stops.map((stop) => state.routeOf[stop])).toEqual(stops.map(() => route));
    expect(nodes.map((node) => state.prev[state.next[node] as number])).toEqual(nodes);
    cost += state.routeCost[route] as number;
    used[type] = (used[type] as number) + 1;
  });
  absentStops(state).forEach((stop, at) => {
    expect(state.absentAt[stop]).toBe(at);
    expect(state.routeOf[stop]).toBe(-1);
  });
  expect([...state.usedOfType]).toEqual(used);
  expect(state.openCount + state.spareCount).toBe(model.routeSlots);
  expect(state.cost).toBeCloseTo(cost, 3);
};
