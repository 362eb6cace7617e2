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

const linesIn = (plan: Plan): readonly string[] => plan.routes.flatMap(({ geometry = [] }) => geometry);

/** A plan made from another one: its legs that the other drove too keep their lines. Lines that it has of its own come first. */
export const withLinesOf = (plan: Plan, before: Plan): Plan => withKnownLines(plan, linesIn(before));

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

/** Places of a route in their order; the leg to a place that is done was driven. */
const legsOf = ({ stops, outOfService }: PlanRoute) => {
  const places = stops.flatMap(({ position, done }) => (position === undefined ? [] : { position, done }));
  return places.slice(1).map(({ position: to, done }, index) => {
    const from = (places[index] as (typeof places)[number]).position;
    return {
      from,
      to,
      isDriven: done !== undefined || outOfService !== undefined,
      key: legKey(pointOf(from), pointOf(to)),
    };
  });
};

type Leg = ReturnType<typeof legsOf>[number];

const linesByLeg = (texts: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    texts.map((text) => {
      const line = decodePolyline(text);
      return [legKey(line[0] ?? [0, 0], line.at(-1) ?? [0, 0]), text];
    }),
  );

/** All lines are read once: a city's plan has thousands. */
const withKnownLines = (plan: Plan, texts: readonly string[]): Plan => {
  if (texts.length === 0) return plan;
  const known = linesByLeg(texts);
  const routes = plan.routes.map((route) => {
    const own = linesByLeg(route.geometry ?? []);
    const geometry = [...new Set(legsOf(route).flatMap(({ key }) => own.get(key) ?? known.get(key) ?? []))];
    return geometry.length === 0 ? route : { ...route, geometry };
  });
  return { ...plan, routes };
};

const isNowhere = ({ from, to }: Leg): boolean => keyOf(pointOf(from)) === keyOf(pointOf(to));

/** Asks for the lines of the legs that are wanted, those that follow each other at once. */
const askedLines = async (
  legs: readonly Leg[],
  isWanted: (leg: Leg) => boolean,
  lines: RouteLines,
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  for (let first = 0; first < legs.length; first += 1) {
    if (!isWanted(legs[first] as Leg)) continue;
    let end = first + 1;
    while (end < legs.length && isWanted(legs[end] as Leg)) end += 1;
    const run = legs.slice(first, end);
    const answered = await lines([(run[0] as Leg).from, ...run.map(({ to }) => to)]);
    run.forEach(({ from, to, key }, index) => {
      const line = answered[index];
      if (line !== undefined && line.length > 0) found.set(key, encoded(from, line, to));
    });
    first = end;
  }
  return found;
};

/**
 * A plan made from another one, with the lines of the legs that lie ahead: those that are new, or all where the ways are others than before
 * (`isAnew`). What was driven keeps the line along which it was driven.
 */
export const withLinesAhead = async (
  plan: Plan,
  before: Plan,
  lines: RouteLines | undefined,
  isAnew: boolean,
): Promise<Plan> => {
  const known = linesByLeg([...linesIn(before), ...linesIn(plan)]);
  const routes: PlanRoute[] = [];
  for (const route of plan.routes) {
    const legs = legsOf(route);
    const isWanted = (leg: Leg): boolean => !leg.isDriven && !isNowhere(leg) && (isAnew || !known.has(leg.key));
    const fresh = lines === undefined ? new Map<string, string>() : await askedLines(legs, isWanted, lines);
    const kept = legs.filter((leg) => !isWanted(leg)).flatMap(({ key }) => known.get(key) ?? []);
    // Where a leg is driven again after a closure, the line ahead counts.
    const geometry = [...new Set([...kept, ...fresh.values()])];
    const { geometry: _before, ...rest } = route;
    routes.push(geometry.length === 0 ? rest : { ...rest, geometry });
  }
  return { ...plan, routes };
};

/** How many legs ahead have no line, in a plan made from one whose source knows lines. */
const legsToDraw = (plan: Plan, before: Plan): number => {
  if (linesIn(before).length === 0) return 0;
  return plan.routes.reduce((sum, route) => {
    const known = linesByLeg(route.geometry ?? []);
    return sum + legsOf(route).filter((leg) => !leg.isDriven && !isNowhere(leg) && !known.has(leg.key)).length;
  }, 0);
};

/** The plan with a word on how many of its legs are straight only until their lines are drawn. */
export const withLinesToFollow = ({ linesToFollow: _before, ...plan }: Plan, before: Plan): Plan => {
  const linesToFollow = legsToDraw(plan, before);
  return linesToFollow === 0 ? plan : { ...plan, linesToFollow };
};

/** The plan with lines that were drawn after it was made; what has none now stays straight. */
export const withDrawnLines = (plan: Plan, drawn: readonly string[] | undefined): Plan => {
  if (drawn === undefined) return plan;
  const { linesToFollow: _drawn, ...rest } = plan;
  return withKnownLines(rest, drawn);
};
