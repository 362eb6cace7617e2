import type { City, Position } from '../../city/entities.ts';
import { draftMatrix, matrixRows } from './matrix.ts';
import { ClosedWaysUnknownError, type TravelTimes } from './travel-times.ts';

/** Mean radius of the Earth (IUGG 1980), metres. */
const EARTH_RADIUS_METRES = 6_371_008.8;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres between two places along a great circle (haversine). */
export const greatCircleMetres = (from: Position, to: Position): number => {
  const halfLatitude = radians(to.latitude - from.latitude) / 2;
  const halfLongitude = radians(to.longitude - from.longitude) / 2;
  const chord =
    Math.sin(halfLatitude) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(halfLongitude) ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
};

/**
 * Travel times without a road map: great-circle distance times the city's detour factor, at its free-flow truck speed. Whole
 * metres and seconds, the same there and back; the source says how crude it is.
 */
export const greatCircleTravelTimes =
  ({ speedKmh, detourFactor }: City['travel']): TravelTimes =>
  async (places, closed) => {
    if (closed !== undefined && closed.areas.length > 0)
      throw new ClosedWaysUnknownError(
        'great-circle distances know no roads',
        'khoảng cách đường chim bay không biết đường đi',
      );
    const metresPerSecond = speedKmh / 3.6;
    const [distance, duration] = [draftMatrix(places.length), draftMatrix(places.length)];
    places.forEach((from, row) => {
      for (let column = 0; column < row; column += 1) {
        const metres = Math.round(greatCircleMetres(from, places[column] as Position) * detourFactor);
        for (const at of [row * places.length + column, column * places.length + row]) {
          distance.values[at] = metres;
          duration.values[at] = Math.round(metres / metresPerSecond);
        }
      }
    });
    return {
      distanceMetres: matrixRows(distance),
      durationSeconds: matrixRows(duration),
      source: `great-circle × ${detourFactor} at ${speedKmh} km/h`,
    };
  };
