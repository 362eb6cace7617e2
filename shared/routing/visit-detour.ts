import type { City, Position } from '../city/entities.ts';

/**
 * A bin and the nights that it can wait until trucks must come: 0 = they must come now, after which it can wait `nightsWhole`.
 */
export type Visited = { readonly position: Position; readonly nightsLeft: number; readonly nightsWhole: number };

const EARTH_RADIUS_METRES = 6_371_008.8;
/** Further neighbours hardly matter: one of the near ones is visited. */
const NEIGHBOURS = 48;

type Plane = { readonly east: Float64Array; readonly north: Float64Array };

/** Metres on a plane that touches the city's middle: within a city as good as the sphere. */
const planeOf = (positions: readonly Position[]): Plane => {
  const radians = Math.PI / 180;
  const middle = positions.reduce((sum, { latitude }) => sum + latitude, 0) / Math.max(1, positions.length);
  const perLongitude = EARTH_RADIUS_METRES * radians * Math.cos(middle * radians);
  return {
    east: Float64Array.from(positions, ({ longitude }) => longitude * perLongitude),
    north: Float64Array.from(positions, ({ latitude }) => latitude * EARTH_RADIUS_METRES * radians),
  };
};

/** The nearest others of a place, nearest first, by insertion into a short list. */
const nearest = ({ east, north }: Plane, of: number): { readonly metres: number[]; readonly index: number[] } => {
  const metres: number[] = [];
  const index: number[] = [];
  for (let other = 0; other < east.length; other += 1) {
    if (other === of) continue;
    const distance = Math.hypot(
      (east[other] as number) - (east[of] as number),
      (north[other] as number) - (north[of] as number),
    );
    if (metres.length === NEIGHBOURS && distance >= (metres[NEIGHBOURS - 1] as number)) continue;
    let place = Math.min(metres.length, NEIGHBOURS - 1);
    for (; place > 0 && (metres[place - 1] as number) > distance; place -= 1) {
      metres[place] = metres[place - 1] as number;
      index[place] = index[place - 1] as number;
    }
    metres[place] = distance;
    index[place] = other;
  }
  return { metres, index };
};

/**
 * How likely a neighbour is visited on the night on which a bin must be, by how many nights apart the two must be visited: trucks
 * that come for one take the other along if it has not long to wait.
 */
const SAME_NIGHT = [0.5, 0.35, 0.2, 0.1] as const;
const SOME_OTHER_NIGHT = 0.08;

const nextNight = ({ nightsLeft, nightsWhole }: Visited): number => (nightsLeft > 0 ? nightsLeft : nightsWhole);

/**
 * For each bin the expected metres to the nearest one that is visited on the night on which it must be at last, if it is not
 * visited now: what a visit of its own will be worth. Near where the neighbours fall due together with it, far where they are
 * served now or long before; if none of the near ones is visited that night, the furthest of them counts. By road: great
 * circle × the city's detour factor.
 */
export const metresToNextVisited = (
  places: readonly Visited[],
  detourFactor: City['travel']['detourFactor'],
): number[] => {
  const plane = planeOf(places.map(({ position }) => position));
  const nights = places.map(nextNight);
  return places.map((place, of) => {
    const { metres, index } = nearest(plane, of);
    let [none, expected] = [1, 0];
    for (let rank = 0; rank < metres.length; rank += 1) {
      const apart = Math.abs((nights[index[rank] as number] as number) - place.nightsLeft);
      const share = rank === metres.length - 1 ? 1 : (SAME_NIGHT[apart] ?? SOME_OTHER_NIGHT);
      expected += none * share * (metres[rank] as number);
      none *= 1 - share;
    }
    return expected * detourFactor;
  });
};
