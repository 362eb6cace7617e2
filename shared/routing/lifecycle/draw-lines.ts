import type { City } from '../../city/entities.ts';
import type { PlanStore } from '../plan-store.ts';
import { withLinesAhead } from '../route-lines.ts';
import type { ClosedWays } from '../travel/closed-area.ts';
import { ClosedWaysUnknownError, type RouteLines, type TravelTimes } from '../travel/travel-times.ts';

/** The lines of a source, without asking it for times; none where they are straight, or where it cannot keep to what is closed. */
export const linesFrom = async (
  travel: TravelTimes,
  closed: ClosedWays | undefined,
): Promise<RouteLines | undefined> => {
  try {
    const { lines } = await (closed === undefined || closed.areas.length === 0 ? travel([]) : travel([], closed));
    return lines;
  } catch (error) {
    if (error instanceof ClosedWaysUnknownError) return undefined;
    throw error;
  }
};

export type Drawer = {
  readonly plans: Pick<PlanStore, 'version' | 'keepLines'>;
  /** Without it all lines are straight. */
  readonly travel?: (city: City) => TravelTimes;
};

export type DrawingOutcome =
  | { readonly status: 'drawn'; readonly planId: string; readonly version: number; readonly lines: number }
  | { readonly status: 'already-finished'; readonly planId: string };

/**
 * Draws the lines that an edit left open and keeps them beside its version, which itself never changes. What a source cannot draw stays
 * straight, and is not waited for any longer.
 */
export const drawLines = async (
  { plans, travel }: Drawer,
  planId: string,
  version: number,
): Promise<DrawingOutcome> => {
  const stored = await plans.version(planId, version);
  if (stored?.plan.linesToFollow === undefined) return { status: 'already-finished', planId };
  const { plan, basis } = stored;
  const lines = basis && travel && (await linesFrom(travel(basis.city), basis.closedWays));
  const drawn = await withLinesAhead(plan, plan, lines, false);
  const known = new Set(plan.routes.flatMap(({ geometry = [] }) => geometry));
  const fresh = drawn.routes.flatMap(({ geometry = [] }) => geometry).filter((line) => !known.has(line));
  await plans.keepLines(planId, version, fresh);
  return { status: 'drawn', planId, version, lines: fresh.length };
};
