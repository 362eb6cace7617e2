import type { Position } from '../city/entities.ts';
import type { Plan, PlanRoute } from './plan.ts';
import { decodePolyline, encodePolyline } from './travel/polyline.ts';
import { simplified } from './travel/simplify.ts';
import type { Line, RouteLines } from './travel/travel-times.ts';

/**
 * A route's lines on a map. `geometry` of a route is a bag of legs as encoded polylines (five decimals), each from one stop's very
 * place to another's; which leg a line belongs to follows from where it begins and ends. So legs that a change of the plan leaves alone
 * keep their lines, and one that is new is straight until it has its own.
 */

/** Within the width of a street on any screen. */
const TOLERANCE_METRES = 3;

export type RouteLeg = {
  readonly line: Line;
  /** False: a straight line, because no way along roads is known. */
  readonly alongRoads: boolean;
};

type Located = { readonly position?: Position | undefined };

const pointOf = ({ longitude, latitude }: Position): Line[number] => [longitude, latitude];

/** A point as the encoding keeps it. */
const keyOf = ([longitude, latitude]: Line[number]): string =>
  `${Math.round(longitude * 1e5)},${Math.round(latitude * 1e5)}`;

const legKey = (from: Line[number], to: Line[number]): string => `${keyOf(from)} ${keyOf(to)}`;

const placesOf = (stops: readonly Located[]): readonly Position[] => stops.flatMap(({ position }) => position ?? []);

/** The legs of a route from one place to the next; breaks have no place. Two stops at one place have no leg between them. */
export const routeLegs = (
  { stops, geometry = [] }: { readonly stops: readonly Located[]; readonly geometry?: readonly string[] | undefined },
  more: readonly string[] = [],
): readonly RouteLeg[] => {
  const known = new Map<string, Line>();
  for (const text of [...more, ...geometry]) {
    const line = decodePolyline(text);
    const [first, last] = [line[0], line.at(-1)];
    if (first !== undefined && last !== undefined && line.length > 1) known.set(legKey(first, last), line);
  }
  const places = placesOf(stops).map(pointOf);
  return places.slice(1).flatMap((to, index): RouteLeg[] => {
    const from = places[index] as Line[number];
    if (keyOf(from) === keyOf(to)) return [];
    const line = known.get(legKey(from, to));
    // The ends as the stops have them: rounding must not open gaps.
    if (line !== undefined) return [{ line: [from, ...line.slice(1, -1), to], alongRoads: true }];
    return [{ line: [from, to], alongRoads: false }];
  });
};

/** From the place itself to the road, along it, and from the road to the next place. */
const encoded = (from: Position, line: Line, to: Position): string =>
  encodePolyline(simplified([pointOf(from), ...line, pointOf(to)], TOLERANCE_METRES));

const geometryOf = async (route: PlanRoute, lines: RouteLines): Promise<string[]> => {
  const places = placesOf(route.stops);
  if (places.length < 2) return [];
  const legs = await lines(places);
  return [
    ...new Set(
      legs.flatMap((line, index) =>
        line === undefined || line.length === 0
          ? []
          : encoded(places[index] as Position, line, places[index + 1] as Position),
      ),
    ),
  ];
};

/** A plan made from another one: its legs that the other drove too keep their lines. Lines that it has of its own come first. */
export const withLinesOf = (plan: Plan, before: Plan): Plan => {
  const known = before.routes.flatMap(({ geometry = [] }) => geometry);
  if (known.length === 0) return plan;
  const routes = plan.routes.map((route) => {
    const legs = routeLegs(route, known).filter(({ alongRoads }) => alongRoads);
    return legs.length === 0
      ? route
      : { ...route, geometry: [...new Set(legs.map(({ line }) => encodePolyline(line)))] };
  });
  return { ...plan, routes };
};

/** The plan with the lines of its routes; without `lines` as it is. */
export const withRouteLines = async (plan: Plan, lines: RouteLines | undefined): Promise<Plan> => {
  if (lines === undefined) return plan;
  const routes: PlanRoute[] = [];
  for (const route of plan.routes) {
    const geometry = await geometryOf(route, lines);
    routes.push(geometry.length === 0 ? route : { ...route, geometry });
  }
  return { ...plan, routes };
};
