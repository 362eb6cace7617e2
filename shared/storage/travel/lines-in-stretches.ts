import type { Position } from '../../city/entities.ts';
import type { ClosedArea } from '../../routing/travel/closed-area.ts';
import type { Line, RouteLines } from '../../routing/travel/travel-times.ts';
import { type ClosedPairs, closedPairs } from './closed-pairs.ts';

/** The legs along one stretch of places, around closed areas; `undefined` where the service found no way along them. */
export type AskStretch = (
  places: readonly Position[],
  around: readonly ClosedArea[],
) => Promise<readonly Line[] | undefined>;

type Stretch = { readonly places: Position[]; readonly around: readonly ClosedArea[] | 'no way' };

/** Each stretch begins where the one before ends; within one, all legs go round the same areas. */
const stretchesOf = (places: readonly Position[], mostPlaces: number, { between }: ClosedPairs): readonly Stretch[] => {
  const stretches: Stretch[] = [];
  places.slice(1).forEach((to, index) => {
    const from = places[index] as Position;
    const around = between(from, to);
    const last = stretches.at(-1);
    const isSame = JSON.stringify(last?.around) === JSON.stringify(around);
    if (last !== undefined && isSame && last.places.length < mostPlaces) last.places.push(to);
    else stretches.push({ places: [from, to], around });
  });
  return stretches;
};

/** Lines of a long route from a service that takes at most `mostPlaces` at once. */
export const linesInStretches =
  (mostPlaces: number, ask: AskStretch, pairs: ClosedPairs = closedPairs()): RouteLines =>
  async (places) => {
    const legs: (Line | undefined)[] = [];
    for (const { places: stretch, around } of stretchesOf(places, mostPlaces, pairs)) {
      const found = around === 'no way' ? undefined : await ask(stretch, around);
      legs.push(...stretch.slice(1).map((_, leg) => (found?.length === stretch.length - 1 ? found[leg] : undefined)));
    }
    return legs;
  };
