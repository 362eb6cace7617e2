import type { CollectionProblem } from '../../problem.ts';

/**
 * The same problem with its stops in the order of a tour that always goes on to the nearest stop left: what is near in the city
 * is then near in memory, and the order in which stops were handed in makes no difference to the search but for ties.
 */
export const inTourOrder = (problem: CollectionProblem): CollectionProblem => {
  const { stops, distanceMetres } = problem;
  const left = stops.map((_, index) => index);
  const ordered: typeof stops = [];
  let from = problem.vehicles[0]?.startLocation ?? 0;
  while (left.length > 0) {
    const row = distanceMetres[from];
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < left.length; at += 1) {
      const metres = row?.[stops[left[at] as number]?.location ?? 0] ?? Number.MAX_VALUE;
      if (metres >= least) continue;
      least = metres;
      nearest = at;
    }
    const stop = stops[left[nearest] as number];
    left[nearest] = left.at(-1) as number;
    left.pop();
    if (stop === undefined) continue;
    ordered.push(stop);
    from = stop.location;
  }
  return { ...problem, stops: ordered };
};
