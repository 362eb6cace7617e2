import type { Position } from '../../../city/entities.ts';
import { greatCircleMetres } from '../great-circle.ts';
import type { TravelMatrix, TravelTimes } from '../travel-times.ts';
import { manyToMany } from './many-to-many.ts';
import { alongOneRoad, createPlacer, type PlaceOnRoad, type RoadNetwork } from './road-network.ts';

/** A bin stands beside a road. What is farther from all of them is not on this map. */
const MOST_METRES_TO_ROAD = 1_000;
/** From the road to the place and back: a yard, a lane. */
const YARD_METRES_PER_SECOND = 10 / 3.6;

export type RoadTravelOptions = {
  /** For places off the map: straight lines times this, at this speed. */
  readonly detourFactor: number;
  readonly speedKmh: number;
};

type Yard = { readonly metres: number; readonly seconds: number };

const yardOf = (place: PlaceOnRoad | undefined): Yard => {
  const metres = (place?.snapped.distanceMillimetres ?? 0) / 1_000;
  return { metres, seconds: metres / YARD_METRES_PER_SECOND };
};

/**
 * Travel times over a road network: fastest ways, whole seconds and the metres of those same ways, from and to the nearest road,
 * with the metres between a place and its road at a walking truck's pace. A place more than a kilometre from any road is reached
 * as without a road map, and the source says how many there are.
 */
export const roadTravelTimes = (network: RoadNetwork, { detourFactor, speedKmh }: RoadTravelOptions): TravelTimes => {
  const placeOn = createPlacer(network, MOST_METRES_TO_ROAD);
  return async (places: readonly Position[]): Promise<TravelMatrix> => {
    const placed = places.map(placeOn);
    const { milliseconds, millimetres } = manyToMany(
      network.hierarchy,
      placed.map((place) => place?.out ?? []),
      placed.map((place) => place?.into ?? []),
    );
    const straight = (from: number, to: number): readonly [number, number] => {
      const metres = greatCircleMetres(places[from] as Position, places[to] as Position) * detourFactor;
      return [metres, metres / (speedKmh / 3.6)];
    };
    const driven = (from: number, to: number): readonly [number, number] => {
      const [origin, destination] = [placed[from], placed[to]];
      if (origin === undefined || destination === undefined) return straight(from, to);
      const direct = alongOneRoad(origin, destination);
      const over = milliseconds[from]?.[to] ?? Number.POSITIVE_INFINITY;
      const isDirect = direct !== undefined && direct.milliseconds <= over;
      const [ms, mm] = isDirect ? [direct.milliseconds, direct.millimetres] : [over, millimetres[from]?.[to] ?? 0];
      const [yardFrom, yardTo] = [yardOf(origin), yardOf(destination)];
      return [mm / 1_000 + yardFrom.metres + yardTo.metres, ms / 1_000 + yardFrom.seconds + yardTo.seconds];
    };
    const distanceMetres: (number | null)[][] = [];
    const durationSeconds: (number | null)[][] = [];
    for (let from = 0; from < places.length; from += 1) {
      const ways = places.map((_, to) => (from === to ? ([0, 0] as const) : driven(from, to)));
      const whole = (value: number): number | null => (Number.isFinite(value) ? Math.round(value) : null);
      distanceMetres.push(ways.map(([metres, seconds]) => (Number.isFinite(seconds) ? whole(metres) : null)));
      durationSeconds.push(ways.map(([, seconds]) => whole(seconds)));
    }
    const off = placed.filter((place) => place === undefined).length;
    const offMap = off > 0 ? `; ${off} of ${places.length} places off the map by great-circle × ${detourFactor}` : '';
    return { distanceMetres, durationSeconds, source: `${network.source}${offMap}` };
  };
};
