/** Pseudo-random numbers in [0, 1): mulberry32, so that a seed means the same city everywhere. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** A place in metres east and north of the city's centre. */
export type Place = {
  readonly id: string;
  readonly east: number;
  readonly north: number;
  /** Lanes and turns between the place and the next through road, which every way to or from it has on top. */
  readonly metresIn: number;
  readonly metresOut: number;
};

const CENTRE = { latitude: 10.776, longitude: 106.7 };
const METRES_PER_DEGREE = 111_320;

export const positionOf = ({ east, north }: Place): { latitude: number; longitude: number } => ({
  latitude: Number((CENTRE.latitude + north / METRES_PER_DEGREE).toFixed(6)),
  longitude: Number((CENTRE.longitude + east / (METRES_PER_DEGREE * 0.982)).toFixed(6)),
});

/** One-way streets make east cost another way than west: a Manhattan norm with a factor for each direction. */
const ways = { east: 1, west: 1.13, north: 1.06, south: 0.97 };

const roadMetres = (from: Place, to: Place): number => {
  if (from === to) return 0;
  const east = to.east - from.east;
  const north = to.north - from.north;
  const across = east > 0 ? ways.east * east : -ways.west * east;
  const along = north > 0 ? ways.north * north : -ways.south * north;
  return Math.round(across + along + from.metresOut + to.metresIn);
};

/** The longer the way, the more of it is on fast roads: the first kilometre at 16 km/h, the next three at 22, the rest at 32. */
const roadSeconds = (metres: number): number => {
  const slow = Math.min(metres, 1_000);
  const middle = Math.min(Math.max(metres - 1_000, 0), 3_000);
  const fast = Math.max(metres - 4_000, 0);
  return Math.round((slow / 16 + middle / 22 + fast / 32) * 3.6);
};

/** Both matrices of a map: metres, and seconds at the speeds above; whole numbers, not symmetric. */
export const travelBetween = (places: readonly Place[]): { metres: number[][]; seconds: number[][] } => {
  const metres = places.map((from) => places.map((to) => roadMetres(from, to)));
  return { metres, seconds: metres.map((row) => row.map(roadSeconds)) };
};

/** Roughly normal around 0 with a deviation of 1: three throws of the dice, and no function whose last digit depends on the machine. */
const roughlyNormal = (random: () => number): number => (random() + random() + random() - 1.5) * 2;

/** `count` places: four of five around neighbourhood centres, which lie closer together in the middle of the city; the rest anywhere. */
export const scatterPlaces = (count: number, radius: number, random: () => number): Place[] => {
  const centres = Array.from({ length: Math.max(4, Math.round(count / 40)) }, () => ({
    east: roughlyNormal(random) * radius * 0.4,
    north: roughlyNormal(random) * radius * 0.35,
  }));
  return Array.from({ length: count }, (_, index) => {
    const centre = centres[Math.floor(random() * centres.length)];
    const near = random() < 0.8 && centre !== undefined;
    const east = near ? centre.east + roughlyNormal(random) * 450 : (random() * 2 - 1) * radius;
    const north = near ? centre.north + roughlyNormal(random) * 450 : (random() * 2 - 1) * radius;
    return {
      id: `bin-${index + 1}`,
      east: Math.round(east),
      north: Math.round(north),
      metresIn: Math.round(random() * 90),
      metresOut: Math.round(random() * 90),
    };
  });
};
