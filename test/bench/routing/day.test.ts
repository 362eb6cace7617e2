import { describe, expect, it } from 'vitest';
import { brokenPromises, oneByOne, problemAt, published, withoutVehicle } from '../../../bench/routing/day.ts';
import { generateCity } from '../../../bench/routing/generate-city.ts';
import type { Route, Solution, Visit } from '../../../shared/routing/solution.ts';

const problem = oneByOne(generateCity({ bins: 6, trucks: 3, seed: 1, shift: 'day' }));

const times = (at: number) => ({
  location: 0,
  arrivesAt: at,
  serviceStartsAt: at,
  departsAt: at + 50,
  load: { litres: 0, kg: 0 },
  legMetres: 0,
});

const route = (vehicleId: string, startsAt: number, visits: readonly Visit[]): Route => ({
  vehicleId,
  vehicleIndex: 0,
  visits,
  startsAt,
  endsAt: startsAt + 10_000,
  distanceMetres: 0,
  drivingSeconds: 0,
  waitingSeconds: 0,
});

const nothing = { fixed: 0, distance: 0, time: 0, disposal: 0, prizesForgone: 0, balance: 0, deviation: 0, total: 0 };

const plan: Solution = {
  routes: [
    route('large-1', 20_000, [
      { kind: 'start', ...times(20_000) },
      { kind: 'stop', stopId: 'bin-1', trip: 1, ...times(20_100) },
      { kind: 'break', ...times(20_200) },
      { kind: 'stop', stopId: 'bin-2', trip: 1, ...times(20_300) },
      { kind: 'stop', stopId: 'bin-3', trip: 1, ...times(20_400) },
      { kind: 'disposal', disposalId: 'landfill', trip: 1, ...times(20_500) },
      { kind: 'end', ...times(30_000) },
    ]),
    route('medium-1', 25_000, [
      { kind: 'start', ...times(25_000) },
      { kind: 'stop', stopId: 'bin-4', trip: 1, ...times(26_000) },
      { kind: 'end', ...times(35_000) },
    ]),
  ],
  unserved: [],
  cost: nothing,
  iterations: 0,
  seconds: 0,
};

const vehicleAt = (time: number, id: string) => problemAt(problem, plan, time).vehicles.find((each) => each.id === id);

describe('a day under way', () => {
  it('has behind it what was begun, and before it the stop that the truck is driving to', () => {
    expect(vehicleAt(20_210, 'large-1')).toMatchObject({
      shift: [20_000, expect.any(Number)],
      done: [
        { kind: 'stop', id: 'bin-1', arrivesAt: 20_100, serviceStartsAt: 20_100, departsAt: 20_150 },
        { kind: 'break', arrivesAt: 20_200 },
      ],
      committed: ['bin-2'],
    });
  });

  it('commits nobody who drives to a disposal site, or has not left yet', () => {
    expect(vehicleAt(20_460, 'large-1')?.committed).toBeUndefined();
    expect(vehicleAt(20_460, 'medium-1')).not.toHaveProperty('done');
    expect(vehicleAt(20_460, 'medium-1')?.shift[0]).toBe(20_460);
    expect(vehicleAt(25_500, 'medium-1')).toMatchObject({ committed: ['bin-4'] });
  });

  it('goes on without a truck that broke down: what it has collected is gone, the rest is still there', () => {
    const later = problemAt({ ...problem, published: published(plan, 1) }, plan, 20_210);
    const { problem: left, plan: rest } = withoutVehicle(later, plan, 'large-1');
    expect(left.vehicles.map(({ id }) => id)).toEqual(['medium-1', 'crane-1']);
    expect(left.stops.map(({ id }) => id)).toEqual(['bin-2', 'bin-3', 'bin-4', 'bin-5', 'bin-6']);
    expect(left.published?.routes.map(({ vehicleId }) => vehicleId)).toEqual(['medium-1']);
    expect(rest.routes).toHaveLength(1);
  });

  it('notices a plan that changes the past or turns a truck round', () => {
    const later = problemAt(problem, plan, 20_210);
    expect(brokenPromises(later, plan)).toEqual([]);
    const [large, medium] = plan.routes;
    if (large === undefined || medium === undefined) throw new Error('two routes');
    const [start, first, rest, second, third, ...home] = large.visits;
    if (!start || !first || !rest || !second || !third) throw new Error('five visits');
    const turned = { ...large, visits: [start, first, rest, third, second, ...home] };
    expect(brokenPromises(later, { ...plan, routes: [turned, medium] })).toEqual([
      'large-1 turns away from its next stop',
    ]);
    const forgot = { ...large, visits: [start, rest, second, third, ...home] };
    expect(brokenPromises(later, { ...plan, routes: [forgot, medium] })[0]).toBe('large-1 has another past');
    expect(brokenPromises(later, { ...plan, routes: [medium] })).toEqual(['large-1 has no route any more']);
  });
});
