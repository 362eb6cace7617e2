import type { City, Position } from '../../shared/city/entities.ts';
import { greatCircleMetres } from '../../shared/routing/travel/great-circle.ts';
import type { TravelTimes } from '../../shared/routing/travel/travel-times.ts';

/** Great circle × detour factor, worked out once for all places of a city and looked up every night. */
export const rememberedTravel = (
  places: readonly Position[],
  { speedKmh, detourFactor }: City['travel'],
): TravelTimes => {
  const number = new Map(places.map((place, index) => [place, index]));
  const metres = places.map((from) =>
    Float64Array.from(places, (to) => Math.round(greatCircleMetres(from, to) * detourFactor)),
  );
  const metresPerSecond = speedKmh / 3.6;
  return async (asked) => {
    const indices = asked.map((place) => {
      const index = number.get(place);
      if (index === undefined) throw new Error('Asked for a place that is not of the city');
      return index;
    });
    const distanceMetres = indices.map((from) => indices.map((to) => (metres[from] as Float64Array)[to] as number));
    return {
      distanceMetres,
      durationSeconds: distanceMetres.map((row) => row.map((value) => Math.round(value / metresPerSecond))),
      source: `great-circle × ${detourFactor} at ${speedKmh} km/h`,
    };
  };
};
