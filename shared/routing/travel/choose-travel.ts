import type { TravelSource } from '../../city/city-travel.ts';
import type { City } from '../../city/entities.ts';
import { greatCircleTravelTimes } from './great-circle.ts';
import {
  ClosedWaysUnknownError,
  type Line,
  type TravelMatrix,
  type TravelTimes,
  TravelUnavailableError,
} from './travel-times.ts';

/** The sources that a deployment has, made for a city when they are asked. */
export type TravelOffers = Partial<Record<Exclude<TravelSource, 'great-circle'>, (city: City) => TravelTimes>>;

const named: Readonly<Record<TravelSource, string>> = {
  roads: 'the embedded road graph',
  osrm: 'OSRM',
  valhalla: 'Valhalla',
  'amazon-location': 'Amazon Location',
  'great-circle': 'great-circle',
};

/** Lines that cannot be had are straight: no plan fails for want of a picture. */
const withPatientLines = (matrix: TravelMatrix): TravelMatrix => {
  const { lines } = matrix;
  if (lines === undefined) return matrix;
  return {
    ...matrix,
    lines: async (places) => {
      try {
        return await lines(places);
      } catch (error) {
        if (!(error instanceof TravelUnavailableError)) throw error;
        return places.slice(1).map((): Line | undefined => undefined);
      }
    },
  };
};

const orStraight =
  (times: TravelTimes, straight: TravelTimes): TravelTimes =>
  async (places, closed) => {
    try {
      return withPatientLines(await times(places, closed));
    } catch (error) {
      if (!(error instanceof TravelUnavailableError)) throw error;
      // Straight lines go round nothing: why there are no better ones is what the plan has to say.
      if (closed !== undefined && closed.areas.length > 0)
        throw new ClosedWaysUnknownError(error.message, `nguồn đường đi không trả lời: ${error.message}`);
      const fallback = await straight(places);
      return { ...fallback, source: `${fallback.source} (${error.message})` };
    }
  };

/**
 * Travel times as the city's profile wants them (`travel.source`), else as the deployment does, else over the stored roads. What
 * cannot answer is replaced by great-circle × detour, and the source says why.
 */
export const chooseTravel = (city: City, offers: TravelOffers, usual: TravelSource = 'roads'): TravelTimes => {
  const straight = greatCircleTravelTimes(city.travel);
  const source = city.travel.source ?? usual;
  if (source === 'great-circle') return straight;
  const offer = offers[source];
  const missing: TravelTimes = () =>
    Promise.reject(new TravelUnavailableError(`${named[source]} is not set up in this deployment`));
  return orStraight(offer?.(city) ?? missing, straight);
};
