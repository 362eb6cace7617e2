import type { Position } from '../../../../../shared/city/entities.ts';
import { type ClosedArea, touchesAny } from '../../../../../shared/routing/travel/closed-area.ts';
import type { Line } from '../../../../../shared/routing/travel/travel-times.ts';
import { positionOf } from './town.ts';

export type Circle = Extract<ClosedArea, { centre: Position }>;

/** For places that no road leads to. */
export const fallback = { detourFactor: 1.3, speedKmh: 30 };

/** A closed circle, in metres east and north of a town's corner. */
export const circle = (east: number, north: number, radiusMetres: number): Circle => ({
  centre: positionOf(east, north),
  radiusMetres,
});

export const touchesLine = (areas: readonly ClosedArea[], line: Line): boolean => {
  const touches = touchesAny(areas);
  return line.some((point, at) => at > 0 && touches(line[at - 1] ?? point, point));
};
