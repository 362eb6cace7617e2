/** The truck for which roads are judged. */
export type TruckClass = {
  /** Gross mass in tonnes, against `maxweight`; over 3.5 it is a goods vehicle (`hgv`). */
  readonly tonnes: number;
  /** Against `maxheight` and `maxwidth`, metres. */
  readonly heightMetres: number;
  readonly widthMetres: number;
};

/** A compactor of two axles. */
export const twoAxleCompactor: TruckClass = { tonnes: 15, heightMetres: 3.4, widthMetres: 2.5 };

/**
 * Free-flow speeds of a collection truck in a city by class of road, km/h. Ours: below the 50 and 60 km/h that Thông tư
 * 38/2024/TT-BGTVT, Điều 6, allows in built-up areas, since crossings and lights are part of a street. A lower `maxspeed` counts.
 */
const speedByHighway: Readonly<Record<string, number>> = {
  motorway: 70,
  motorway_link: 40,
  trunk: 50,
  trunk_link: 35,
  primary: 38,
  primary_link: 30,
  secondary: 34,
  secondary_link: 26,
  tertiary: 30,
  tertiary_link: 22,
  unclassified: 25,
  residential: 20,
  living_street: 10,
  service: 12,
  road: 20,
};

const KMH_PER_MPH = 1.609344;
const HEAVY_TONNES = 3.5;
const closed = new Set(['no', 'private', 'agricultural', 'forestry', 'emergency', 'military']);

type Tags = Readonly<Record<string, string>>;

/** The most specific key that is given decides (OpenStreetMap wiki, Key:access). */
const isClosed = (tags: Tags, truck: TruckClass): boolean => {
  const keys = ['access', 'vehicle', 'motor_vehicle', ...(truck.tonnes > HEAVY_TONNES ? ['goods', 'hgv'] : ['goods'])];
  const decisive = keys.findLast((key) => tags[key] !== undefined);
  return decisive !== undefined && closed.has(tags[decisive] ?? '');
};

const isTooSmall = (tags: Tags, truck: TruckClass): boolean => {
  const under = (key: string, wanted: number): boolean => {
    const allowed = Number.parseFloat(tags[key] ?? '');
    return Number.isFinite(allowed) && allowed < wanted;
  };
  return (
    under('maxweight', truck.tonnes) || under('maxheight', truck.heightMetres) || under('maxwidth', truck.widthMetres)
  );
};

const maxSpeedKmh = (tags: Tags): number | undefined => {
  const [, number, unit] =
    /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh)?$/.exec(tags['maxspeed:hgv'] ?? tags.maxspeed ?? '') ?? [];
  if (number === undefined) return undefined;
  const speed = Number(number) * (unit === 'mph' ? KMH_PER_MPH : 1);
  return speed > 0 ? speed : undefined;
};

export type RoadUse = { readonly forward: boolean; readonly backward: boolean; readonly speedKmh: number };

/** In which directions of a way a truck may drive, and how fast; `undefined` where it may not or where there is no road. */
export const roadUse = (tags: Tags, truck: TruckClass): RoadUse | undefined => {
  const speed = speedByHighway[tags.highway ?? ''];
  if (speed === undefined || tags.area === 'yes' || isClosed(tags, truck) || isTooSmall(tags, truck)) return undefined;
  const speedKmh = Math.min(speed, maxSpeedKmh(tags) ?? speed);
  const roundabout = tags.junction === 'roundabout' || tags.junction === 'circular';
  const implied = roundabout || tags.highway === 'motorway' || tags.highway === 'motorway_link' ? 'yes' : 'no';
  const oneway = tags['oneway:hgv'] ?? tags.oneway ?? implied;
  if (oneway === 'reversible') return undefined;
  if (oneway === '-1' || oneway === 'reverse') return { forward: false, backward: true, speedKmh };
  return { forward: true, backward: !['yes', 'true', '1'].includes(oneway), speedKmh };
};
