import { metresApart, type Point } from './plane.ts';

/** A tour's way to the next stop, as a multiple of the way to the nearest one. */
const OF_NEAREST = 1.4;
/** However far away, a truck that gets there does something there. */
const LEAST_LEFT = 0.2;

/** How the city is driven. */
export type Driving = { readonly shiftSeconds: number; readonly secondsPerMetre: number };

/**
 * The share of a truck's day that each stop takes when it is served with its neighbours: the stop, the way from the nearest other,
 * and its part of the way from the depot and back. Good enough to cut a city into parts of equal work.
 */
export const truckDaysOf = (
  depot: Point,
  places: readonly Point[],
  serviceSeconds: readonly number[],
  { shiftSeconds, secondsPerMetre }: Driving,
): readonly number[] =>
  places.map((place, index) => {
    const nearest = places.reduce(
      (least, other) => (other === place ? least : Math.min(least, metresApart(place, other))),
      Number.POSITIVE_INFINITY,
    );
    const arc = nearest === Number.POSITIVE_INFINITY ? 0 : OF_NEAREST * nearest * secondsPerMetre;
    const thereAndBack = 2 * metresApart(depot, place) * secondsPerMetre;
    const left = Math.max(LEAST_LEFT * shiftSeconds, shiftSeconds - thereAndBack);
    return left > 0 ? ((serviceSeconds[index] as number) + arc) / left : 1;
  });
