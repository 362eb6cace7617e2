import type { Plan, PlanRoute, PlanStop } from '../plan.ts';
import { type ExportLanguage, inLanguage, kindWords, stopName, stopReason } from './plan-words.ts';
import { xmlElement, xmlText } from './xml.ts';

type PlacedStop = PlanStop & { readonly position: NonNullable<PlanStop['position']> };

const isPlaced = (stop: PlanStop): stop is PlacedStop => stop.kind !== 'break' && stop.position !== undefined;

/** GPX wants xsd:decimal, which has no exponents. Seven decimals are a centimetre. */
const degrees = (value: number): string => value.toFixed(7).replace(/\.?0+$/, '');

/** Garmin's and most others' names for what stands there. */
const symbols = { bin: 'Flag, Blue', depot: 'Car', disposal: 'Flag, Red', break: 'Flag, Green', stand: 'Car' } as const;

/** Children in the order of the schema's `wptType`: time, name, desc, sym, type. */
const pointElement = (tag: 'wpt' | 'rtept', stop: PlacedStop, label: string, language: ExportLanguage): string => {
  const reason = stopReason(stop);
  return [
    `<${tag} lat="${degrees(stop.position.latitude)}" lon="${degrees(stop.position.longitude)}">`,
    xmlElement('time', new Date(stop.arrivesAt).toISOString()),
    xmlElement('name', `${label} ${inLanguage(stopName(stop), language)}`),
    xmlElement('desc', reason && inLanguage(reason, language)),
    xmlElement('sym', symbols[stop.kind]),
    xmlElement('type', inLanguage(kindWords[stop.kind], language)),
    `</${tag}>`,
  ].join('');
};

const labelled = (route: PlanRoute): readonly (readonly [PlacedStop, string])[] =>
  route.stops.filter(isPlaced).map((stop, order) => [stop, String(order).padStart(2, '0')]);

const routeElement = (route: PlanRoute, number: number, language: ExportLanguage): string =>
  [
    '<rte>',
    xmlElement('name', route.vehicleName),
    `<number>${number}</number>`,
    ...labelled(route).map(([stop, label]) => pointElement('rtept', stop, label, language)),
    '</rte>',
  ].join('\n');

const boundsElement = (stops: readonly PlacedStop[]): string => {
  if (stops.length === 0) return '';
  const latitudes = stops.map(({ position }) => position.latitude);
  const longitudes = stops.map(({ position }) => position.longitude);
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)].map(degrees);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)].map(degrees);
  return `<bounds minlat="${south}" minlon="${west}" maxlat="${north}" maxlon="${east}"/>`;
};

/** Stops that trucks share (depots, disposal sites) are one waypoint. */
const waypoints = (routes: readonly PlanRoute[], language: ExportLanguage): readonly string[] => {
  const seen = new Set<string>();
  return routes.flatMap((route) =>
    labelled(route).flatMap(([stop, order]) => {
      const key = `${stop.kind}/${stop.id}/${stop.position.latitude},${stop.position.longitude}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [pointElement('wpt', stop, stop.kind === 'bin' ? order : '·', language)];
    }),
  );
};

/**
 * Routes of a plan as GPX 1.1 (http://www.topografix.com/GPX/1/1/): a waypoint a place, a route a truck, in the order driven. Children stand
 * in the order that the schema's sequences ask for. Breaks have no place and are left out.
 */
export const planToGpx = (
  plan: Plan,
  routes: readonly PlanRoute[],
  { cityName, language }: { readonly cityName: string; readonly language: ExportLanguage },
): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gpx version="1.1" creator="Phố Sạch" xmlns="http://www.topografix.com/GPX/1/1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd">',
    '<metadata>',
    `<name>${xmlText(`${cityName} ${plan.serviceDate}`)}</name>`,
    xmlElement('desc', plan.planId),
    xmlElement('time', new Date(plan.finishedAt).toISOString()),
    boundsElement(routes.flatMap(({ stops }) => stops.filter(isPlaced))),
    '</metadata>',
    ...waypoints(routes, language),
    ...routes.map((route, index) => routeElement(route, index + 1, language)),
    '</gpx>',
    '',
  ]
    .filter((line, index, lines) => line !== '' || index === lines.length - 1)
    .join('\n');
