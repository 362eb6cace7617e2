import fc from 'fast-check';
import type { CollectionProblem } from '../../../../shared/routing/problem.ts';
import type { Model } from '../../../../shared/routing/solver/model/model.ts';
import { admit, emptyState, insert, openRoute, setSite } from '../../../../shared/routing/solver/state/changes.ts';
import { commit } from '../../../../shared/routing/solver/state/journal.ts';
import type { State } from '../../../../shared/routing/solver/state/state.ts';
import { generatedProblem } from '../generated-problem.ts';

/** Throws of a die with so many sides, the same again for the same draw. */
export type Roll = (sides: number) => number;

/** Draws to take decisions by. A test calls the function once, and then rolls. */
export const dice: fc.Arbitrary<() => Roll> = fc
  .array(fc.nat(9_973), { minLength: 20, maxLength: 120 })
  .map((throws) => () => {
    let thrown = 0;
    // Beyond the drawn ones they go on, shifted, so that no cycle of decisions repeats itself.
    return (sides) => {
      const turn = Math.floor(thrown / throws.length);
      const value = (throws[thrown % throws.length] as number) + 7 * turn;
      thrown += 1;
      return sides <= 0 ? 0 : value % sides;
    };
  });

/** Problems in which metres and litres alone bind and cost, so that the solver's quick search serves. */
export const capacityProblem = (stops: number): fc.Arbitrary<CollectionProblem> =>
  generatedProblem({ stops, roads: 'metric', without: ['done', 'committed', 'published', 'releases', 'breaks'] }).map(
    (problem) => ({
      ...problem,
      disposalSites: [],
      balance: { costPerHourSquared: 0 },
      stops: problem.stops.map(({ windows: _windows, zone: _zone, ...stop }) => ({ ...stop, stream: 'other' })),
      vehicles: problem.vehicles.map(
        ({
          maxDutySeconds: _duty,
          maxDrivingSeconds: _driving,
          maxStops: _stops,
          travelProfile: _profile,
          ...vehicle
        }) => ({
          ...vehicle,
          costPerSecond: 0,
          streams: ['other'],
          shift: [0, 1e6] as [number, number],
        }),
      ),
    }),
  );

/** The node numbers of a route: its sentinel first, then its stops. */
export const nodesOf = (model: Model, state: State, route: number): number[] => {
  const sentinel = model.stopCount + route;
  const nodes = [sentinel];
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    if (nodes.push(stop) > model.stopCount + 1) throw new Error(`route ${route} does not come round`);
  }
  return nodes;
};

export const openRoutes = ({ open, openCount }: State): number[] => [...open.subarray(0, openCount)];

export const absentStops = ({ absent, absentCount }: State): number[] => [...absent.subarray(0, absentCount)];

const pick = <T>(items: readonly T[], roll: Roll): T => items[roll(items.length)] as T;

/** Types that have a vehicle left, while there is room for one more route. */
export const typesLeft = (model: Model, state: State): number[] =>
  state.spareCount === 0
    ? []
    : [...model.types.keys()].filter(
        (type) => (state.usedOfType[type] as number) < (model.types[type]?.indices.length ?? 0),
      );

/** Some routes with some of the stops in them, by no rule, and disposal visits here and there; committed. */
export const drawState = (model: Model, roll: Roll): State => {
  const state = emptyState(model);
  for (let vehicles = 1 + roll(3); vehicles > 0; vehicles -= 1) {
    const types = typesLeft(model, state);
    if (types.length === 0) break;
    const route = openRoute(model, state, pick(types, roll));
    const isLoaded = model.types[state.typeOf[route] as number]?.dayBefore.streams !== 0;
    if (isLoaded && model.sites.length > 0 && roll(3) === 0) {
      setSite(state, model.stopCount + route, roll(model.sites.length), route);
    }
  }
  for (const stop of absentStops(state)) {
    if (roll(4) === 0 || state.openCount === 0) continue;
    const route = pick(openRoutes(state), roll);
    admit(model, state, stop);
    insert(model, state, stop, pick(nodesOf(model, state, route), roll), route);
    if (model.sites.length > 0 && roll(3) === 0) {
      setSite(state, stop, roll(model.sites.length), route);
    }
  }
  commit(state);
  return state;
};

/** A stop that is in no route, a place for it, and where the vehicle empties around it: one of the ways that recreate weighs. */
export type Try = {
  readonly route: number;
  readonly stop: number;
  readonly after: number;
  readonly siteBefore: number;
  readonly siteBehind: number;
};

/** Where a disposal visit lies behind the place, the stop can come before it, after it, or get one of its own. */
export const drawTry = (model: Model, state: State, roll: Roll): Try | undefined => {
  const absent = absentStops(state);
  const routes = openRoutes(state);
  if (absent.length === 0 || routes.length === 0) return undefined;
  const route = pick(routes, roll);
  const after = pick(nodesOf(model, state, route), roll);
  const site = state.siteAfter[after] as number;
  const own = roll(Math.max(1, model.sites.length));
  const around: readonly (readonly [number, number])[] =
    site < 0
      ? [[-1, -1]]
      : [
          [-1, site],
          [site, -1],
          [site, own],
        ];
  const [siteBefore, siteBehind] = pick(around, roll);
  return { route, stop: pick(absent, roll), after, siteBefore, siteBehind };
};

/** Does what was weighed. */
export const take = (model: Model, state: State, { route, stop, after, siteBefore, siteBehind }: Try): void => {
  admit(model, state, stop);
  setSite(state, after, siteBefore, route);
  setSite(state, stop, siteBehind, route);
  insert(model, state, stop, after, route);
};
