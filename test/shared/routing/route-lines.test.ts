import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../shared/routing/plan.ts';
import {
  routeLegs,
  withDrawnLines,
  withLinesAhead,
  withLinesOf,
  withLinesToFollow,
  withRouteLines,
} from '../../../shared/routing/route-lines.ts';
import type { RouteLines } from '../../../shared/routing/travel/travel-times.ts';
import { fixturePlan } from '../../support/plan.ts';

const depot = { latitude: 10.9, longitude: 106.6 };
const bin = { latitude: 10.91, longitude: 106.61 };
const dump = { latitude: 10.92, longitude: 106.6 };
const stops = [{ position: depot }, {}, { position: bin }, { position: dump }, { position: depot }];

/** Round a corner, from roads beside the places; from the dump nobody knows a way. */
const corners: RouteLines = async (places) =>
  places.slice(1).map((to, index) => {
    const from = places[index];
    if (from === undefined || from.latitude === dump.latitude) return undefined;
    return [
      [from.longitude + 0.0002, from.latitude],
      [to.longitude, from.latitude],
      [to.longitude, to.latitude - 0.0002],
    ];
  });

const planOf = (positions: readonly { readonly position?: typeof depot }[]): Plan => fixturePlan([positions]);

describe('the lines of a route', () => {
  it('go along roads from the very place to the next, and straight where no way is known', async () => {
    const [route] = (await withRouteLines(planOf(stops), corners)).routes;
    if (route === undefined) throw new Error('one route');
    expect(route.geometry).toHaveLength(2);
    const legs = routeLegs(route);
    expect(legs.map(({ alongRoads }) => alongRoads)).toEqual([true, true, false]);
    expect(legs[0]?.line).toEqual([
      [106.6, 10.9],
      [106.61, 10.9],
      [106.61, 10.91],
    ]);
    expect(legs[2]?.line).toEqual([
      [106.6, 10.92],
      [106.6, 10.9],
    ]);
  });

  it('stay with their legs when stops are moved', async () => {
    const [route] = (await withRouteLines(planOf(stops), corners)).routes;
    if (route === undefined) throw new Error('one route');
    const shortened = { ...route, stops: route.stops.filter(({ position }) => position?.latitude !== dump.latitude) };
    expect(routeLegs(shortened).map(({ alongRoads }) => alongRoads)).toEqual([true, false]);
    const elsewhere = routeLegs({ stops: route.stops }, route.geometry ?? []);
    expect(elsewhere).toEqual(routeLegs(route));
  });

  it('go over into a plan that was made from theirs, as far as it drives the same legs', async () => {
    const before = await withRouteLines(planOf(stops), corners);
    const after = withLinesOf(planOf([{ position: bin }, { position: dump }, { position: bin }]), before);
    const [route] = after.routes;
    expect(route?.geometry).toHaveLength(1);
    expect(routeLegs(route ?? { stops: [] }).map(({ alongRoads }) => alongRoads)).toEqual([true, false]);
    expect(withLinesOf(after, planOf(stops))).toBe(after);
    expect(withLinesOf(before, before)).toEqual(before);
  });

  it('have no leg between two stops at one place, and no geometry where all are straight', async () => {
    const twice = planOf([{ position: depot }, { position: depot }, { position: bin }]);
    expect(routeLegs(twice.routes[0] ?? { stops: [] })).toHaveLength(1);
    const plain = await withRouteLines(twice, async (places) => places.slice(1).map(() => undefined));
    expect(plain.routes[0]).not.toHaveProperty('geometry');
    expect(await withRouteLines(twice, undefined)).toBe(twice);
  });
});

describe('the lines of a plan that was changed', () => {
  const done = [{ position: depot }, { position: bin }, { position: dump }];
  /** The crew reported its bin. */
  const reported = (plan: Plan): Plan => ({
    ...plan,
    routes: plan.routes.map((route) => ({
      ...route,
      stops: route.stops.map((stop, index) => (index === 1 ? { ...stop, done: 'reported' as const } : stop)),
    })),
  });
  /** Straight over a place of its own, so that one sees which were asked for. */
  const others: RouteLines = async (places) => places.slice(1).map((): [number, number][] => [[106.7, 10.95]]);
  const linesOf = (plan: Plan) => routeLegs(plan.routes[0] ?? { stops: [] }).map(({ line }) => line[1]);

  it('are asked for where a leg is new, and for all legs ahead where the ways are others; what was driven keeps its own', async () => {
    const before = await withRouteLines(planOf(done), corners);
    const [driven, ahead] = linesOf(before);
    expect(linesOf(await withLinesAhead(reported(planOf(done)), before, others, false))).toEqual([driven, ahead]);
    expect(linesOf(await withLinesAhead(reported(planOf(done)), before, others, true))).toEqual([
      driven,
      [106.7, 10.95],
    ]);
    const longer = [...done, { position: depot }];
    expect(linesOf(await withLinesAhead(reported(planOf(longer)), before, others, false))).toEqual([
      driven,
      ahead,
      [106.7, 10.95],
    ]);
    // Ways that are others, and nobody who draws them: straight, not as they were.
    const undrawn = await withLinesAhead(reported(planOf(done)), before, undefined, true);
    expect(routeLegs(undrawn.routes[0] ?? { stops: [] }).map(({ alongRoads }) => alongRoads)).toEqual([true, false]);
  });

  it('are said to follow until they are drawn, but not where no line was ever known', async () => {
    const before = await withRouteLines(planOf(done), corners);
    const longer = planOf([...done, { position: depot }]);
    const waiting = withLinesToFollow(withLinesOf(longer, before), before);
    expect(waiting.linesToFollow).toBe(1);
    expect(withLinesToFollow(waiting, waiting).linesToFollow).toBe(1);
    expect(withDrawnLines(waiting, undefined)).toBe(waiting);
    const drawn = await withLinesAhead(waiting, waiting, others, false);
    const whole = withDrawnLines(waiting, drawn.routes[0]?.geometry);
    expect(whole.linesToFollow).toBeUndefined();
    expect(linesOf(whole)).toEqual(linesOf(drawn));
    expect(withLinesToFollow(longer, planOf(done)).linesToFollow).toBeUndefined();
  });
});
