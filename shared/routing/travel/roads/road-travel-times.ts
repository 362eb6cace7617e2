import type { Position } from '../../../city/entities.ts';
import { draftMatrix, matrixRows } from '../matrix.ts';
import { type StraightTravel, straightWay } from '../off-network.ts';
import type { TravelMatrix, TravelTimes } from '../travel-times.ts';
import { manyToMany } from './many-to-many.ts';
import { alongOneRoad, createPlacer, type PlaceOnRoad, type RoadNetwork } from './road-network.ts';
import { createRouter } from './road-route.ts';

/** A bin stands beside a road. What is farther from all of them is not on this map. */
const MOST_METRES_TO_ROAD = 1_000;
/** From the road to the place and back: a yard, a lane. */
const YARD_METRES_PER_SECOND = 10 / 3.6;

/** Metres and seconds of a way; infinite seconds where there is none. */
type WayBetween = { metres: number; seconds: number };

/** The way between two places on the road: over crossings as the search found it, or along their one road where that is faster. */
const overRoads = (from: PlaceOnRoad, to: PlaceOnRoad, ms: number, mm: number, way: WayBetween): void => {
  const direct = alongOneRoad(from, to);
  const isDirect = direct !== undefined && direct.milliseconds <= ms;
  const yards = (from.snapped.distanceMillimetres + to.snapped.distanceMillimetres) / 1_000;
  way.metres = (isDirect ? direct.millimetres : mm) / 1_000 + yards;
  way.seconds = (isDirect ? direct.milliseconds : ms) / 1_000 + yards / YARD_METRES_PER_SECOND;
};

/**
 * Travel times over a road network: fastest ways, whole seconds and the metres of those same ways, from and to the nearest road,
 * with the metres between a place and its road at a walking truck's pace. A place more than a kilometre from any road is reached
 * as without a road map, and the source says how many there are.
 */
export const roadTravelTimes = (network: RoadNetwork, straight: StraightTravel): TravelTimes => {
  const placeOn = createPlacer(network, MOST_METRES_TO_ROAD);
  let lineBetween: ReturnType<typeof createRouter> | undefined;
  return async (places: readonly Position[]): Promise<TravelMatrix> => {
    const placed = places.map(placeOn);
    const [distance, duration] = [draftMatrix(places.length), draftMatrix(places.length)];
    const way: WayBetween = { metres: 0, seconds: 0 };
    const take = (from: number, milliseconds: Float64Array, millimetres: Float64Array): void => {
      const origin = placed[from];
      for (let to = 0; to < places.length; to += 1) {
        if (to === from) continue;
        const destination = placed[to];
        if (origin === undefined || destination === undefined)
          [way.metres, way.seconds] = straightWay(places[from] as Position, places[to] as Position, straight);
        else overRoads(origin, destination, milliseconds[to] as number, millimetres[to] as number, way);
        const at = from * places.length + to;
        const isWay = Number.isFinite(way.seconds);
        distance.values[at] = isWay ? Math.round(way.metres) : Number.POSITIVE_INFINITY;
        duration.values[at] = isWay ? Math.round(way.seconds) : Number.POSITIVE_INFINITY;
      }
    };
    manyToMany(
      network.hierarchy,
      placed.map((place) => place?.out ?? []),
      placed.map((place) => place?.into ?? []),
      take,
    );
    const off = placed.filter((place) => place === undefined).length;
    const offMap =
      off > 0 ? `; ${off} of ${places.length} places off the map by great-circle × ${straight.detourFactor}` : '';
    return {
      distanceMetres: matrixRows(distance),
      durationSeconds: matrixRows(duration),
      source: `${network.source}${offMap}`,
      lines: async (stops) => {
        lineBetween ??= createRouter(network, placeOn);
        return stops.slice(1).map((to, at) => lineBetween?.(stops[at] as Position, to));
      },
    };
  };
};
