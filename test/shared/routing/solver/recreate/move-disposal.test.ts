import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectionProblem } from '../../../../../shared/routing/problem.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { Model } from '../../../../../shared/routing/solver/model/model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import {
  findMovedDisposal,
  metresOfMove,
  noMovedDisposal,
} from '../../../../../shared/routing/solver/recreate/move-disposal.ts';
import { movedFee } from '../../../../../shared/routing/solver/recreate/place-cost.ts';
import {
  createTimetable,
  type Timetable,
  updateTimetable,
} from '../../../../../shared/routing/solver/schedule/timetable.ts';
import { admit, emptyState, insert, openRoute, setSite } from '../../../../../shared/routing/solver/state/changes.ts';
import type { State } from '../../../../../shared/routing/solver/state/state.ts';
import { generatedProblem } from '../../generated-problem.ts';
import { absentStops, dice, drawState, nodesOf, openRoutes, type Roll } from '../drawn-states.ts';

/** A route that ends empty, a stop for it and a place within one of its trips. */
const drawPlace = (model: Model, state: State, roll: Roll) => {
  const [route] = openRoutes(state);
  const [stop] = absentStops(state);
  if (route === undefined || stop === undefined || state.size[route] === 0) return undefined;
  setSite(state, state.prev[model.stopCount + route] as number, roll(model.sites.length), route);
  const places = nodesOf(model, state, route).filter((node) => (state.siteAfter[node] as number) < 0);
  const after = places[roll(places.length)];
  return after === undefined ? undefined : { route, stop, after };
};

/** What makes routes drawn by chance impossible. */
const ofTheClock = [
  'releases',
  'stopWindows',
  'siteWindows',
  'zones',
  'breaks',
  'maxDuty',
  'maxDriving',
  'done',
] as const;

/** Streams on board that the site at the end of their trip does not take. */
const refusedStreams = (model: Model, state: State, timetable: Timetable, route: number): number[] =>
  nodesOf(model, state, route)
    .filter((node) => node < model.stopCount)
    .map((stop) => {
      const site = model.sites[state.siteAfter[timetable.tripEnd[stop] as number] as number];
      return (model.stream[stop] as number) & ~(site?.accepts ?? 0);
    })
    .filter((bits) => bits !== 0);

describe('moving a disposal visit to make room', () => {
  it('leaves no trip overloaded that was not, and costs what it says', () => {
    let found = 0;
    fc.assert(
      fc.property(generatedProblem({ stops: 9, roads: 'metric', without: ofTheClock }), dice, (problem, throws) => {
        const roll = throws();
        const model = compileModel(problem);
        if (model.sites.length === 0) return;
        const state = drawState(model, roll);
        const drawn = drawPlace(model, state, roll);
        if (drawn === undefined) return;
        const { route, stop, after } = drawn;
        const timetable = createTimetable(model);
        const typeIndex = state.typeOf[route] as number;
        const type = model.types[typeIndex] as VehicleType;
        const isOver = (node: number): boolean =>
          (timetable.tripLitres[node] as number) > type.litres || (timetable.tripKg[node] as number) > type.kg;
        const moneyNow = (): number =>
          updateTimetable(model, state, timetable, route) - (timetable.dayCost[route] as number);
        const before = moneyNow();
        const fits = !nodesOf(model, state, route).some(isOver);
        const refused = refusedStreams(model, state, timetable, route);
        const moved = noMovedDisposal();
        if (before === Number.POSITIVE_INFINITY) return;
        if (!findMovedDisposal(model, state, timetable, type, stop, after, moved)) return;
        const metres = metresOfMove(model, state, type, stop, after, moved.from, moved.to, moved.site);
        const money = type.costPerMetre * metres + moved.fees + movedFee(model, typeIndex, stop);
        admit(model, state, stop);
        insert(model, state, stop, after, route);
        setSite(state, moved.from, -1, route);
        setSite(state, moved.to, moved.site, route);
        const then = moneyNow();
        if (then === Number.POSITIVE_INFINITY) return;
        found += 1;
        expect(fits && nodesOf(model, state, route).some(isOver)).toBe(false);
        expect(then - before).toBeCloseTo(money, 4);
        if (refused.length === 0) expect(refusedStreams(model, state, timetable, route)).toEqual([]);
      }),
      { numRuns: 4_000, seed: 5 },
    );
    expect(found).toBeGreaterThan(5);
  });

  it('leaves no stream in a trip that ends where it is not taken', () => {
    const stop = (id: string, stream: string, litres: number): CollectionProblem['stops'][number] => ({
      id,
      stream,
      location: 0,
      load: { litres, kg: 0 },
      serviceSeconds: 0,
    });
    const model = compileModel({
      name: 'two streams',
      travelSource: 'none',
      locations: [{ id: 'here' }],
      distanceMetres: [[0]],
      durationSeconds: [[0]],
      vehicles: [
        {
          id: 'truck',
          type: 'truck',
          count: 1,
          startLocation: 0,
          endLocation: 0,
          capacity: { litres: 10, kg: 10 },
          shift: [0, 3_600],
          fixedCost: 0,
          costPerMetre: 1,
          costPerSecond: 0,
          breaks: [],
        },
      ],
      stops: [stop('a', 'other', 4), stop('b', 'other', 5), stop('c', 'other', 5), stop('d', 'food', 3)],
      mixableStreams: [['food', 'other']],
      disposalSites: [
        { id: 'takes all', location: 0, unloadSeconds: 0, costPerVisit: 0 },
        { id: 'takes other', location: 0, unloadSeconds: 0, costPerVisit: 0, streams: ['other'] },
      ],
    });
    const state = emptyState(model);
    const route = openRoute(model, state, 0);
    let after = model.stopCount + route;
    for (const number of [0, 1, 2]) {
      admit(model, state, number);
      insert(model, state, number, after, route);
      after = number;
    }
    setSite(state, 0, 0, route);
    setSite(state, 2, 1, route);
    const timetable = createTimetable(model);
    updateTimetable(model, state, timetable, route);
    const type = model.types[0] as VehicleType;
    // Only with b on the trip before would d fit beside c, and that trip ends where food is not taken.
    expect(findMovedDisposal(model, state, timetable, type, 3, 1, noMovedDisposal())).toBe(false);
    setSite(state, 2, 0, route);
    updateTimetable(model, state, timetable, route);
    expect(findMovedDisposal(model, state, timetable, type, 3, 1, noMovedDisposal())).toBe(true);
  });
});
