import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSolution } from '../../../../shared/routing/checker.ts';
import type { CollectionProblem } from '../../../../shared/routing/problem.ts';
import type { Solution } from '../../../../shared/routing/solution.ts';
import { solve } from '../../../../shared/routing/solver/solve.ts';
import { InfeasibleProblemError } from '../../../../shared/routing/validate-problem.ts';
import { generatedProblem, type Shape } from '../generated-problem.ts';
import { type FeatureName, features } from '../problem-features.ts';
import { exhaustiveSearch, notSearched } from './exhaustive-search.ts';

/** The answer; a run of a property is thrown away where the solver finds no way to finish a day that has begun. */
const answerTo = (problem: CollectionProblem, iterations: number, seed = 1): Solution => {
  try {
    return solve(problem, { seed, iterations });
  } catch (error) {
    if (error instanceof InfeasibleProblemError) fc.pre(false);
    throw error;
  }
};

type Worth = { readonly unservedMandatory: number; readonly cost: number };

/** What the solver minimizes: first the stops that must be served, by priority, then the cost. */
const worthOf = (problem: CollectionProblem, solution: Solution): Worth => {
  const unserved = new Set(solution.unserved.map(({ stopId }) => stopId));
  const left = problem.stops.filter(({ id, prize }) => prize === undefined && unserved.has(id));
  return {
    unservedMandatory: left.reduce((sum, { priority }) => sum + (priority ?? 1), 0),
    cost: solution.cost.total,
  };
};

const ROUNDING = 1e-4;

const isWorse = (a: Worth, b: Worth): boolean =>
  a.unservedMandatory - b.unservedMandatory > ROUNDING ||
  (Math.abs(a.unservedMandatory - b.unservedMandatory) <= ROUNDING && a.cost > b.cost + ROUNDING);

const isRefused = (problem: CollectionProblem): boolean => {
  try {
    solve(problem, { seed: 1, iterations: 0 });
    return false;
  } catch (error) {
    if (error instanceof InfeasibleProblemError) return true;
    throw error;
  }
};

const samples = (shape: Shape, numRuns: number, seed = 20_261_122): readonly CollectionProblem[] =>
  fc.sample(generatedProblem(shape), { numRuns, seed });

const answerable = (...drawn: Parameters<typeof samples>): readonly CollectionProblem[] =>
  samples(...drawn).filter((problem) => !isRefused(problem));

const shareOf = <T>(items: readonly T[], holds: (item: T) => boolean): number =>
  items.filter(holds).length / items.length;

describe('every answer', () => {
  it.each(['any', 'metric', 'plane'] as const)('keeps every rule, as the checker sees them (roads: %s)', (roads) =>
    fc.assert(
      fc.property(generatedProblem({ stops: 10, roads }), fc.integer(), (problem, seed) => {
        expect(checkSolution(problem, answerTo(problem, 60, seed)).faults).toEqual([]);
      }),
      { numRuns: 200 },
    ),
  );

  it('is the same for the same seed and iterations', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 10, roads: 'plane' }), fc.integer(), (problem, seed) => {
        const { seconds: _once, ...once } = answerTo(problem, 60, seed);
        const { seconds: _again, ...again } = answerTo(problem, 60, seed);
        expect(again).toEqual(once);
      }),
      { numRuns: 60 },
    ));

  it('is never worse after any number of iterations than the first solution', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 10, roads: 'metric' }), (problem) => {
        const [first, ...later] = [0, 40, 160].map((iterations) => worthOf(problem, answerTo(problem, iterations)));
        for (const worth of later) expect(isWorse(worth, first as Worth)).toBe(false);
      }),
      { numRuns: 100 },
    ));

  it('is hardly ever worse after more iterations, though cooling goes another way with them', () => {
    const problems = answerable({ stops: 10, roads: 'metric' }, 300);
    const isAsGood = (problem: CollectionProblem): boolean =>
      !isWorse(worthOf(problem, answerTo(problem, 160)), worthOf(problem, answerTo(problem, 40)));
    expect(shareOf(problems, isAsGood)).toBeGreaterThan(0.99);
  });

  it('leaves the problem as it was', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 6, roads: 'any' }), (problem) => {
        const before = structuredClone(problem);
        answerTo(problem, 20);
        expect(problem).toEqual(before);
      }),
      { numRuns: 40 },
    ));
});

describe('locks', () => {
  it('let a stop of one vehicle be served by no other', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 8, roads: 'metric', using: ['vehicleLocks'] }), (problem) => {
        const locks = new Map(problem.stops.map(({ id, vehicleId }) => [id, vehicleId]));
        for (const { vehicleId, visits } of answerTo(problem, 40).routes)
          for (const visit of visits)
            if (visit.kind === 'stop' && visit.done === undefined)
              expect(locks.get(visit.stopId) ?? vehicleId).toBe(vehicleId);
      }),
      { numRuns: 60 },
    ));

  it('keep what is done as it was, and what is committed next', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 8, roads: 'any', using: ['done', 'committed'] }), (problem) => {
        const { routes } = answerTo(problem, 40);
        for (const { id, done = [], committed = [] } of problem.vehicles) {
          if (done.length + committed.length === 0) continue;
          const visits = routes.find(({ vehicleId }) => vehicleId === id)?.visits.slice(1) ?? [];
          expect(visits.slice(0, done.length)).toMatchObject(
            done.map(({ id: _id, ...rest }) => ({ ...rest, done: true })),
          );
          const stops = visits.slice(done.length).flatMap((visit) => (visit.kind === 'stop' ? visit.stopId : []));
          expect(stops.slice(0, committed.length)).toEqual(committed);
        }
      }),
      { numRuns: 100 },
    ));

  it('count what is on board of a truck that stood out of service, and go on from where it stood', () =>
    fc.assert(
      fc.property(
        generatedProblem({ stops: 8, roads: 'any', using: ['done', 'committed'], stands: true }),
        (problem) => {
          const verdict = checkSolution(problem, answerTo(problem, 40));
          expect(verdict.faults).toEqual([]);
        },
      ),
      { numRuns: 150 },
    ));

  it('are hardly ever said to be impossible where they are not', () => {
    const begun = samples({ stops: 8, roads: 'any', using: ['done', 'committed'] }, 200);
    const refused = shareOf(begun, isRefused);
    expect(refused).toBeLessThan(0.02);
  });
});

describe('a tiny problem', () => {
  const tiny = { stops: 4, roads: 'metric', vehicles: 2 } as const;

  it.each([
    ['with travel profiles', [...notSearched, 'maxDriving']],
    ['with bounds on the time at the wheel', [...notSearched, 'travelProfiles']],
  ] as const)('is solved as well as by trying everything, but for rare traps, and never better (%s)', (_, without) => {
    const optimal = shareOf(answerable({ ...tiny, without: [...without] }, 150), (problem) => {
      const optimum = exhaustiveSearch(problem);
      const found = worthOf(problem, answerTo(problem, 300));
      expect(isWorse(optimum, found)).toBe(false);
      return !isWorse(found, optimum);
    });
    expect(optimal).toBeGreaterThan(0.97);
  });

  it('costs the same whatever its stops and locations are called and in which order they come', () => {
    const same = shareOf(answerable({ ...tiny, stops: 6 }, 100), (problem) => {
      const found = worthOf(problem, answerTo(problem, 300));
      const renamed = relabelled(problem);
      const answer = answerTo(renamed, 300);
      expect(checkSolution(renamed, answer).faults).toEqual([]);
      const again = worthOf(renamed, answer);
      return !isWorse(found, again) && !isWorse(again, found);
    });
    expect(same).toBeGreaterThan(0.95);
  });

  /** Rules that can only forbid. */
  const rules = [
    'stopWindows',
    'siteWindows',
    'zones',
    'streams',
    'lifts',
    'skills',
    'vehicleLocks',
    'units',
    'releases',
    'maxDuty',
    'maxDriving',
    'maxStops',
    'maxLitres',
    'committed',
  ] as const satisfies readonly FeatureName[];
  /** Prices, and breaks: without them a day costs no more, but it is another day. */
  const burdens = [
    'breaks',
    'timeCost',
    'weightPrice',
    'balance',
    'published',
  ] as const satisfies readonly FeatureName[];

  const using = (name: FeatureName): readonly CollectionProblem[] =>
    answerable({ ...tiny, using: [name] }, 24, 7).filter((problem) => features[name].isUsed(problem));

  it.each(rules)('may be answered as before when a rule is taken away: %s', (name) => {
    for (const problem of using(name)) {
      const freed = features[name].remove(problem);
      expect(checkSolution(freed, answerTo(problem, 20)).faults).toEqual([]);
    }
  });

  it('is not answered worse, but for rare traps, when a rule or a burden is taken away', () => {
    const pairs = [...rules, ...burdens].flatMap((name) => using(name).map((problem) => ({ name, problem })));
    const traps = pairs.filter(({ name, problem }) => {
      const freed = features[name].remove(problem);
      return isWorse(worthOf(freed, answerTo(freed, 200)), worthOf(problem, answerTo(problem, 200)));
    });
    expect(traps.length / pairs.length).toBeLessThan(0.03);
  });
});

/** The same problem with its stops and locations in another order, under other names. */
function relabelled(problem: CollectionProblem): CollectionProblem {
  const size = problem.locations.length;
  // Old index of each new one; 0 need not stay first.
  const old = problem.locations.map((_, index) => (index * (size - 1) + 1) % size);
  const now = (location: number): number => old.indexOf(location);
  const permute = (matrix: CollectionProblem['distanceMetres']) =>
    old.map((from) => old.map((to) => matrix[from]?.[to] ?? null));
  const name = (stopId: string): string => `renamed-${99 - Number(stopId.split('-')[1])}`;
  return {
    ...problem,
    locations: old.map((from) => ({ id: `renamed-${from}` })),
    distanceMetres: permute(problem.distanceMetres),
    durationSeconds: permute(problem.durationSeconds),
    stops: problem.stops.map((stop) => ({ ...stop, id: name(stop.id), location: now(stop.location) })).reverse(),
    disposalSites: problem.disposalSites.map((site) => ({ ...site, location: now(site.location) })),
    vehicles: problem.vehicles.map((vehicle) => ({
      ...vehicle,
      startLocation: now(vehicle.startLocation),
      endLocation: vehicle.endLocation === null ? null : now(vehicle.endLocation),
      ...(vehicle.done && {
        done: vehicle.done.map((visit) =>
          visit.kind === 'stop' && visit.id !== undefined ? { ...visit, id: name(visit.id) } : visit,
        ),
      }),
      ...(vehicle.committed && { committed: vehicle.committed.map(name) }),
    })),
    ...(problem.published && {
      published: {
        ...problem.published,
        routes: problem.published.routes.map((route) => ({ ...route, stopIds: route.stopIds.map(name) })),
      },
    }),
  };
}
