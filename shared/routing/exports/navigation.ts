import type { Position } from '../../city/entities.ts';
import type { PlanStop } from '../plan.ts';

/**
 * Google's Maps URLs take three waypoints where they open in a phone's browser, nine in the app and elsewhere
 * (developers.google.com/maps/documentation/urls/get-started, `waypoints`).
 */
const WAYPOINTS_IN_APP = 9;
export const WAYPOINTS_IN_BROWSER = 3;

/** A place to drive to. */
export type NavigationStop = { readonly name: string; readonly position: Position };

/** A part of a route that one link holds. */
export type NavigationLink = {
  /** Of its first and last stop, from 1, in the stops given. */
  readonly from: number;
  readonly to: number;
  /** Name of its last stop. */
  readonly last: string;
  readonly url: string;
};

const pair = ({ latitude, longitude }: Position): string => `${fixed(latitude)},${fixed(longitude)}`;
/** Without exponents; six decimals are a hand's breadth. */
const fixed = (degrees: number): string => degrees.toFixed(6).replace(/\.?0+$/, '');

/** Stops that stand somewhere, in the order driven; the same place twice in a row (unload, then end of shift) is one. */
export const navigationStops = (
  stops: readonly Pick<PlanStop, 'kind' | 'name' | 'position'>[],
): readonly NavigationStop[] =>
  stops
    .flatMap(({ kind, name, position }) => (kind === 'break' || position === undefined ? [] : [{ name, position }]))
    .filter(
      (stop, index, all) => index === 0 || pair(stop.position) !== pair(all[index - 1]?.position ?? stop.position),
    );

const directions = (origin: NavigationStop | undefined, stops: readonly NavigationStop[]): string => {
  const destination = stops.at(-1);
  const between = stops.slice(0, -1);
  const query = [
    ['api', '1'],
    ['travelmode', 'driving'],
    ...(origin ? [['origin', pair(origin.position)]] : []),
    ...(destination ? [['destination', pair(destination.position)]] : []),
    ...(between.length > 0 ? [['waypoints', between.map(({ position }) => pair(position)).join('|')]] : []),
  ].map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`);
  return `https://www.google.com/maps/dir/?${query.join('&')}`;
};

/**
 * A route as Google Maps links that phones accept: each holds as many stops as it may, and starts where the one before ended; the first
 * one starts wherever the phone is. Every stop is a destination or a waypoint of exactly one link, in order.
 */
export const googleMapsLinks = (
  stops: readonly NavigationStop[],
  maxWaypoints: number = WAYPOINTS_IN_APP,
): readonly NavigationLink[] => {
  const perLink = Math.max(1, maxWaypoints + 1);
  return Array.from({ length: Math.ceil(stops.length / perLink) }, (_, index) => {
    const first = index * perLink;
    const chunk = stops.slice(first, first + perLink);
    return {
      from: first + 1,
      to: first + chunk.length,
      last: chunk.at(-1)?.name ?? '',
      url: directions(stops[first - 1], chunk),
    };
  });
};

/** Apple's documented map link has one destination, from wherever the phone is (Map Links, `daddr`, `dirflg`). */
export const appleMapsLink = ({ position }: Pick<NavigationStop, 'position'>): string =>
  `https://maps.apple.com/?daddr=${encodeURIComponent(pair(position))}&dirflg=d`;

/** RFC 5870; `q` with a label is what Android's apps read. */
export const geoUri = ({ position, name }: NavigationStop): string =>
  `geo:${pair(position)}?q=${encodeURIComponent(`${pair(position)}(${name.replaceAll(/[()]/g, ' ')})`)}`;
