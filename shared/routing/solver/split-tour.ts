import type { Model } from './model/model.ts';
import type { Search } from './search.ts';
import { shortTour } from './short-tour.ts';
import { admit, closeRoute, detach, insert, leaveOut, openRoute, setRouteCost } from './state/changes.ts';
import type { State } from './state/state.ts';

/**
 * Route first, cluster second: a short tour through all stops is cut into days, one vehicle after the other (J. E. Beasley, "Route
 * first–cluster second methods for vehicle routing", Omega 11 (1983) 403–408).
 */

/** How many stops are put behind at once to begin with; half as many each time they do not fit. */
const STRIDE = 16;

/** Types that may serve few stops choose first; of equals, those that load most for their money. */
const inOrderOfChoice = ({ types }: Model): readonly number[] => {
  const served = types.map(({ serves }) => serves.reduce((sum, one) => sum + one, 0));
  const dearness = types.map(({ fixedCost, mostLitres }) => fixedCost / mostLitres);
  return types
    .map((_, index) => index)
    .sort((a, b) => (served[a] as number) - (served[b] as number) || (dearness[a] as number) - (dearness[b] as number));
};

/** A tour on which vehicles of a type go as far as they can, from where the last one stopped. */
type Cut = { readonly tour: Int32Array; readonly serves: Uint8Array; at: number };

/** Puts the next stops of the tour at the end of the route, at most so many; answers them. */
const putBehind = (model: Model, state: State, route: number, cut: Cut, most: number): number[] => {
  const added: number[] = [];
  let after = state.prev[model.stopCount + route] as number;
  for (; cut.at < cut.tour.length && added.length < most; cut.at += 1) {
    const stop = cut.tour[cut.at] as number;
    if ((state.absentAt[stop] as number) < 0 || cut.serves[stop] === 0) continue;
    admit(model, state, stop);
    insert(model, state, stop, after, route);
    after = stop;
    added.push(stop);
  }
  return added;
};

const fill = (model: Model, state: State, search: Search, route: number, type: number, cut: Cut): void => {
  for (let stride = STRIDE; stride >= 1; ) {
    const from = cut.at;
    const added = putBehind(model, state, route, cut, stride);
    if (added.length === 0) return;
    if (search.price(state, route, type) < Number.POSITIVE_INFINITY) continue;
    for (const stop of added.reverse()) {
      detach(model, state, stop);
      leaveOut(model, state, stop);
    }
    cut.at = from;
    stride >>= 1;
  }
};

/** Sends vehicles out along a short tour, each with as many stops as it can serve in that order. */
export const openTourRoutes = (model: Model, state: State, search: Search): void => {
  const tour = shortTour(model);
  for (const type of inOrderOfChoice(model)) {
    const { serves, indices, isPinned } = model.types[type] as Model['types'][number];
    if (isPinned) continue;
    const cut: Cut = { tour, serves, at: 0 };
    while (cut.at < tour.length && state.openCount < state.mostOpen) {
      if ((state.usedOfType[type] as number) >= indices.length) break;
      const route = openRoute(model, state, type);
      fill(model, state, search, route, type, cut);
      if (state.size[route] === 0) {
        closeRoute(state, route);
        // The stop here is one that the vehicle cannot serve even alone.
        cut.at += 1;
        continue;
      }
      setRouteCost(state, route, search.mend(state, route));
    }
  }
};
