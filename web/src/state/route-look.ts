import type { WirePlan, WirePlanStop } from '../api/wire.ts';

/**
 * Route colours: told apart with the common colour vision deficiencies, and dark enough for white numbers on them
 * (WCAG 2.2, 1.4.3: at least 4.5 : 1). The letter is the second cue, and the only one needed.
 */
export const routeColours = [
  '#0b5cad',
  '#b3400a',
  '#00704d',
  '#8a2c87',
  '#4d4a00',
  '#a3174f',
  '#33415c',
  '#00697a',
] as const;

export const routeColour = (index: number): string => routeColours[index % routeColours.length] ?? routeColours[0];

/** A, B, …, Z, AA, AB, … */
export const routeLetter = (index: number): string => {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${routeLetter(Math.floor(index / 26) - 1)}${last}`;
};

export type PlannedStop = {
  readonly routeIndex: number;
  /** Counts the route's bins from 1, in order. */
  readonly number: number;
  readonly stop: WirePlanStop;
};

/** The route's bins in order, with the number that the map and the lists show. */
export const numberedBins = (stops: readonly WirePlanStop[]): readonly { number: number; stop: WirePlanStop }[] =>
  stops.filter((stop) => stop.kind === 'bin').map((stop, index) => ({ number: index + 1, stop }));

/** Where each bin stands in a plan. */
export const plannedStops = (plan: WirePlan | undefined): ReadonlyMap<string, PlannedStop> => {
  const byBin = new Map<string, PlannedStop>();
  for (const [routeIndex, route] of (plan?.routes ?? []).entries()) {
    for (const { number, stop } of numberedBins(route.stops)) {
      if (stop.id !== undefined) byBin.set(stop.id, { routeIndex, number, stop });
    }
  }
  return byBin;
};

export const stopLabel = ({ routeIndex, number }: PlannedStop): string => `${routeLetter(routeIndex)}${number}`;
