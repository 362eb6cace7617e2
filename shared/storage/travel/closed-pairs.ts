import type { Position } from '../../city/entities.ts';
import { areasOnTheWayTo, type ClosedArea, type ClosedWays, liesIn } from '../../routing/travel/closed-area.ts';

/**
 * What a routing service is asked to leave out on the way between two places. Services know no way out of an area that they leave out:
 * who stands in one drives as if it were open. Into one there is no way, and nobody is asked.
 */
export type ClosedPairs = {
  /** Places with one answer behave alike, from and to. */
  readonly groupOf: (place: Position) => string;
  readonly between: (from: Position, to: Position) => readonly ClosedArea[] | 'no way';
};

export const closedPairs = (closed: ClosedWays = { areas: [], open: [] }): ClosedPairs => ({
  groupOf: (place) => {
    const inside = closed.areas.map((area) => liesIn(area, place));
    return `${inside.join()} ${areasOnTheWayTo(closed, place).length}`;
  },
  between: (from, to) => {
    const areas = areasOnTheWayTo(closed, to);
    return areas.some((area) => liesIn(area, to)) ? 'no way' : areas.filter((area) => !liesIn(area, from));
  },
});

/** For a source's words. */
export const aroundWords = (closed: ClosedWays | undefined): string =>
  closed === undefined || closed.areas.length === 0 ? '' : `, ways around closed areas: ${closed.areas.length}`;
