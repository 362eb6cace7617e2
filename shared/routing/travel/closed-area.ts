import type { ClosedArea } from '../../../events/replan-order.ts';
import type { Position } from '../../city/entities.ts';
import { greatCircleMetres } from './great-circle.ts';

export type { ClosedArea } from '../../../events/replan-order.ts';

/** Where nobody may drive. Nobody gets into a closed area, and who is in one may get out. */
export type ClosedWays = {
  readonly areas: readonly ClosedArea[];
  /** To these one may drive all the same, through the areas in which they lie: bins whose turn comes when those are open again. */
  readonly open: readonly Position[];
  /** Where trucks belong: open too, and where they are cut off, through any area. */
  readonly homes?: readonly Position[];
};

type Corner = readonly [longitude: number, latitude: number];

const METRES_PER_DEGREE = 111_194.93;

/** Whether a place lies in an area; a polygon's by the even-odd rule. */
export const liesIn = (area: ClosedArea, { latitude, longitude }: Position): boolean => {
  if ('centre' in area) return greatCircleMetres(area.centre, { latitude, longitude }) <= area.radiusMetres;
  let inside = false;
  area.polygon.forEach(([x, y], index) => {
    const [fromX, fromY] = area.polygon.at(index - 1) ?? [x, y];
    const crosses = y > latitude !== fromY > latitude;
    if (crosses && longitude < ((fromX - x) * (latitude - y)) / (fromY - y) + x) inside = !inside;
  });
  return inside;
};

/** West, south, east, north, degrees. */
type Box = readonly [number, number, number, number];

const boxOf = (area: ClosedArea): Box => {
  if ('polygon' in area) {
    const [longitudes, latitudes] = [area.polygon.map(([x]) => x), area.polygon.map(([, y]) => y)];
    return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
  }
  const { centre, radiusMetres } = area;
  const up = radiusMetres / METRES_PER_DEGREE;
  const across = up / Math.max(0.01, Math.cos((centre.latitude * Math.PI) / 180));
  // A hair wider, since the plane is not quite the sphere.
  return [
    centre.longitude - 1.01 * across,
    centre.latitude - 1.01 * up,
    centre.longitude + 1.01 * across,
    centre.latitude + 1.01 * up,
  ];
};

/** Twice the area of a triangle, signed by the direction of its turn. */
const turn = (a: Corner, b: Corner, c: Corner): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

const isBetween = (a: Corner, b: Corner, point: Corner): boolean =>
  Math.min(a[0], b[0]) <= point[0] &&
  point[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= point[1] &&
  point[1] <= Math.max(a[1], b[1]);

/** Whether two pieces have a point in common. */
const meet = (a: Corner, b: Corner, c: Corner, d: Corner): boolean => {
  const [c1, d1, a1, b1] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (c1 > 0 !== d1 > 0 && a1 > 0 !== b1 > 0 && c1 !== 0 && d1 !== 0 && a1 !== 0 && b1 !== 0) return true;
  return (
    (c1 === 0 && isBetween(a, b, c)) ||
    (d1 === 0 && isBetween(a, b, d)) ||
    (a1 === 0 && isBetween(c, d, a)) ||
    (b1 === 0 && isBetween(c, d, b))
  );
};

const touchesPolygon = (area: Extract<ClosedArea, { polygon: unknown }>, from: Corner, to: Corner): boolean =>
  liesIn(area, { longitude: from[0], latitude: from[1] }) ||
  area.polygon.some((corner, index) => meet(area.polygon.at(index - 1) ?? corner, corner, from, to));

/** On the plane at the circle's centre. */
const touchesCircle = (
  { centre, radiusMetres }: Extract<ClosedArea, { centre: unknown }>,
  from: Corner,
  to: Corner,
): boolean => {
  const narrowing = Math.cos((centre.latitude * Math.PI) / 180);
  const metres = ([x, y]: Corner): Corner => [
    (x - centre.longitude) * narrowing * METRES_PER_DEGREE,
    (y - centre.latitude) * METRES_PER_DEGREE,
  ];
  const [a, b] = [metres(from), metres(to)];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(a[0] * dx + a[1] * dy) / length));
  return Math.hypot(a[0] + share * dx, a[1] + share * dy) <= radiusMetres;
};

/** Answers whether a straight piece of road lies in one of the areas, crosses it or touches its rim; degrees. */
export const touchesAny = (areas: readonly ClosedArea[]): ((from: Corner, to: Corner) => boolean) => {
  const boxed = areas.map((area) => ({ area, box: boxOf(area) }));
  return (from, to) =>
    boxed.some(({ area, box: [west, south, east, north] }) => {
      if (Math.max(from[0], to[0]) < west || Math.min(from[0], to[0]) > east) return false;
      if (Math.max(from[1], to[1]) < south || Math.min(from[1], to[1]) > north) return false;
      return 'polygon' in area ? touchesPolygon(area, from, to) : touchesCircle(area, from, to);
    });
};

const isSame = (a: Position, b: Position): boolean => a.latitude === b.latitude && a.longitude === b.longitude;

/** Whether trucks belong to a place. */
export const isHome = ({ homes = [] }: ClosedWays, place: Position): boolean =>
  homes.some((known) => isSame(known, place));

/** Whether a place is open although something is closed. */
export const isOpen = (closed: ClosedWays, place: Position): boolean =>
  closed.open.some((known) => isSame(known, place)) || isHome(closed, place);

/** The areas that are closed to who drives to a place. */
export const areasOnTheWayTo = (closed: ClosedWays, to: Position): readonly ClosedArea[] =>
  isOpen(closed, to) ? closed.areas.filter((area) => !liesIn(area, to)) : closed.areas;

const CORNERS_OF_A_CIRCLE = 24;

/** The ring of an area, first corner repeated; a circle's lies around it, so that nothing of it is left out. */
export const ringOf = (area: ClosedArea): Corner[] => {
  if ('polygon' in area) {
    const [first] = area.polygon;
    const last = area.polygon.at(-1);
    const isRing = first !== undefined && last?.[0] === first[0] && last[1] === first[1];
    return first === undefined || isRing ? area.polygon : [...area.polygon, first];
  }
  const { centre, radiusMetres } = area;
  const radius = radiusMetres / METRES_PER_DEGREE / Math.cos(Math.PI / CORNERS_OF_A_CIRCLE);
  const narrowing = Math.max(0.01, Math.cos((centre.latitude * Math.PI) / 180));
  return Array.from({ length: CORNERS_OF_A_CIRCLE + 1 }, (_, corner) => {
    const angle = (2 * Math.PI * (corner % CORNERS_OF_A_CIRCLE)) / CORNERS_OF_A_CIRCLE;
    return [centre.longitude + (radius * Math.cos(angle)) / narrowing, centre.latitude + radius * Math.sin(angle)];
  });
};
