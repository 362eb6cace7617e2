import { describe, expect, it } from 'vitest';
import { checkSolution } from '../../../../../shared/routing/checker.ts';
import { type CollectionProblem, collectionProblemSchema } from '../../../../../shared/routing/problem.ts';
import type { Route } from '../../../../../shared/routing/solution.ts';
import { buildSolution } from '../../../../../shared/routing/solver/answer/build-solution.ts';
import { scheduleRoute } from '../../../../../shared/routing/solver/answer/schedule-route.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { RouteOrder } from '../../../../../shared/routing/solver/snapshot.ts';
import { solution as byHand, problem as street } from '../../checker-street.ts';

type Change = { readonly near?: object; readonly far?: object; readonly vehicle?: object; readonly site?: object };

const changed = ({ near, far, vehicle, site }: Change): CollectionProblem =>
  collectionProblemSchema.parse({
    ...street,
    stops: street.stops.map((each) => ({ ...each, ...(each.id === 'far' ? far : near) })),
    vehicles: street.vehicles.map((each) => ({ ...each, ...vehicle })),
    disposalSites: street.disposalSites.map((each) => ({ ...each, ...site })),
  });

/** Stops by number, and the site behind the start and behind each of them. */
const order = (stops: readonly number[], sites: readonly number[]): RouteOrder => ({
  type: 0,
  stops: Int32Array.from(stops),
  sites: Int32Array.from(sites),
});

const both = order([0, 1], [-1, -1, 0]);

/** The day as it is scheduled, which the checker must find nothing wrong with. */
const scheduled = (problem: CollectionProblem, each: RouteOrder): Route => {
  const model = compileModel(problem);
  const served = new Set<number>(each.stops);
  const absent = [...model.isDone.keys()].filter((stop) => model.isDone[stop] === 0 && !served.has(stop));
  const snapshot = { routes: [each], absent: Int32Array.from(absent) };
  const answer = buildSolution(model, snapshot, { iterations: 0, seconds: 0 });
  expect(checkSolution(problem, answer).faults).toEqual([]);
  return answer.routes[0] as Route;
};

const told = ({ visits }: Route): string[] =>
  visits.map((visit) => {
    const name = visit.kind === 'stop' ? visit.stopId : visit.kind;
    return `${name} ${visit.arrivesAt} ${visit.serviceStartsAt} ${visit.departsAt}`;
  });

const done = (kind: string, id: string | undefined, arrivesAt: number, departsAt: number) => ({
  kind,
  ...(id && { id }),
  arrivesAt,
  serviceStartsAt: arrivesAt,
  departsAt,
});

describe('a scheduled route', () => {
  it('is the day that was worked out by hand', () => {
    expect(scheduled(street, both)).toEqual(byHand.routes[0]);
    const model = compileModel(street);
    const answer = buildSolution(model, { routes: [both], absent: new Int32Array() }, { iterations: 0, seconds: 0 });
    expect(answer.cost).toEqual(byHand.cost);
  });

  it('leaves home as late as a window lets it, so that nobody waits at a gate', () => {
    const route = scheduled(changed({ far: { windows: [[1_000, 1_100]] } }), both);
    expect(told(route)).toEqual([
      'start 740 740 740',
      'near 840 840 900',
      'far 1000 1000 1060',
      'disposal 1160 1160 1260',
      'end 1560 1560 1560',
    ]);
    expect(route.waitingSeconds).toBe(0);
  });

  it('waits where an earlier window would close', () => {
    const problem = changed({ near: { windows: [[0, 150]] }, far: { windows: [[1_000, 1_100]] } });
    const route = scheduled(problem, both);
    expect(told(route).slice(0, 3)).toEqual(['start 50 50 50', 'near 150 150 210', 'far 310 1000 1060']);
    expect(route.waitingSeconds).toBe(690);
  });

  it('ends an open day where the last visit is', () => {
    const route = scheduled(changed({ vehicle: { endLocation: null } }), both);
    expect(route.visits.at(-1)).toMatchObject({ kind: 'end', location: 3, arrivesAt: 520, legMetres: 0 });
    expect(route.distanceMetres).toBe(3_000);
  });

  it('rests before it leaves, or on arrival, whichever loses no window', () => {
    const pause = { window: [150, 200], seconds: 100 };
    const before = scheduled(changed({ vehicle: { breaks: [pause] } }), both);
    expect(told(before)).toContain('break 160 160 260');
    const onArrival = scheduled(
      changed({ vehicle: { breaks: [{ ...pause, window: [250, 280] }] }, near: { windows: [[100, 100]] } }),
      both,
    );
    expect(told(onArrival).slice(1, 4)).toEqual(['near 100 100 160', 'break 260 260 360', 'far 360 360 420']);
  });

  it('empties twice, and counts its trips', () => {
    const route = scheduled(street, order([0, 1], [-1, 0, 0]));
    expect(route.visits.map((visit) => ('trip' in visit ? visit.trip : 0))).toEqual([0, 1, 1, 2, 2, 0]);
    expect(route.distanceMetres).toBe(3_000 + 1_000 + 1_000 + 3_000);
    expect(route.visits.map(({ load }) => load.litres)).toEqual([0, 40, 0, 60, 0, 0]);
  });

  it('holds a trip back until all that it carries is released', () => {
    const first = scheduled(changed({ far: { releaseTime: 500 } }), both);
    expect(told(first).slice(0, 2)).toEqual(['start 500 500 500', 'near 600 600 660']);
    const second = scheduled(changed({ far: { releaseTime: 900 } }), order([0, 1], [-1, 0, 0]));
    const emptied = second.visits.find(({ kind }) => kind === 'disposal');
    expect(emptied?.departsAt).toBeGreaterThanOrEqual(900);
    expect(second.visits.at(1)?.departsAt).toBeLessThan(900);
  });

  it('begins with what was done as it was reported, and goes on from there', () => {
    const problem = changed({
      vehicle: {
        done: [done('stop', 'near', 130, 222), done('break', undefined, 222, 250)],
        breaks: [{ window: [200, 300], seconds: 20 }],
      },
    });
    const route = scheduled(problem, order([1], [-1, 0]));
    expect(told(route)).toEqual([
      'start 0 0 0',
      'near 130 130 222',
      'break 222 222 250',
      'far 350 350 410',
      'disposal 510 510 610',
      'end 910 910 910',
    ]);
    expect(route.visits.map((visit) => visit.done === true)).toEqual([false, true, true, false, false, false]);
    expect(route.visits[3]?.load).toEqual({ litres: 100, kg: 50 });
    expect(route.drivingSeconds).toBe(600);
  });

  it('empties and drives home when all is done that the vehicle was sent for', () => {
    const problem = changed({ vehicle: { done: [done('stop', 'near', 100, 160)] } });
    const route = scheduled(problem, order([], [0]));
    expect(told(route).slice(2)).toEqual(['disposal 360 360 460', 'end 760 760 760']);
  });

  it('drives by the time of day', () => {
    const problem = {
      ...changed({ vehicle: { travelProfile: 'rush', costPerSecond: 0 } }),
      travelProfiles: [{ id: 'rush', slots: [{ from: 50, durationFactor: 2 }] }],
    };
    expect(told(scheduled(problem, both)).slice(0, 3)).toEqual(['start 0 0 0', 'near 150 150 210', 'far 410 410 470']);
  });

  it('is refused when it cannot be driven', () => {
    const model = compileModel(changed({ far: { windows: [[0, 200]] } }));
    expect(() => scheduleRoute(model, both, 0)).toThrow('truck');
  });
});
