import type { Solution } from '../../shared/routing/solution.ts';

/** A number as CVRPLIB writes costs: no more decimals than it has. */
const costText = (cost: number): string => String(Math.round(cost * 100) / 100);

/**
 * CVRPLIB's solution format, one line a route, stops by their number in the instance; a visit to a place where the vehicle
 * reloads or empties in mid-route is written as that place's number.
 */
export const toCvrplibSolution = (solution: Solution, cost: number): string => {
  const routes = solution.routes.map((route, index) => {
    const places = route.visits.flatMap((visit) =>
      visit.kind === 'stop' ? [visit.stopId] : visit.kind === 'disposal' ? [visit.disposalId] : [],
    );
    const endsAtDisposal = route.visits.at(-2)?.kind === 'disposal';
    return `Route #${index + 1}: ${(endsAtDisposal ? places.slice(0, -1) : places).join(' ')}`;
  });
  return `${[...routes, `Cost ${costText(cost)}`].join('\n')}\n`;
};

/** The whole solution with its times and loads, indented for reading. */
export const toJsonSolution = (solution: Solution): string => `${JSON.stringify(solution, undefined, 2)}\n`;
