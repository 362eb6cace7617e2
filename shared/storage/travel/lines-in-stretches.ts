import type { Position } from '../../city/entities.ts';
import type { Line, RouteLines } from '../../routing/travel/travel-times.ts';

/** The legs along one stretch of places; `undefined` where the service found no way along them. */
export type AskStretch = (places: readonly Position[]) => Promise<readonly Line[] | undefined>;

/** Lines of a long route from a service that takes at most `mostPlaces` at once: each stretch begins where the one before ends. */
export const linesInStretches =
  (mostPlaces: number, ask: AskStretch): RouteLines =>
  async (places) => {
    const legs: (Line | undefined)[] = [];
    for (let first = 0; first + 1 < places.length; first += mostPlaces - 1) {
      const stretch = places.slice(first, first + mostPlaces);
      const found = await ask(stretch);
      legs.push(...stretch.slice(1).map((_, leg) => (found?.length === stretch.length - 1 ? found[leg] : undefined)));
    }
    return legs;
  };
