import type { Position } from '../../city/entities.ts';
import type { ClosedWays } from './closed-area.ts';
import type { MatrixRow } from './matrix.ts';

/** A line as GeoJSON has it, longitude first, from one place to the next. */
export type Line = readonly (readonly [longitude: number, latitude: number])[];

/**
 * The lines that a truck drives along places in their order, for a map: one for each place but the last, `undefined` where only a
 * straight one is known. A port.
 */
export type RouteLines = (places: readonly Position[]) => Promise<readonly (Line | undefined)[]>;

/** Distances and durations between places, row = from, column = to; `null` = no way. Whole metres and whole seconds. */
export type TravelMatrix = {
  readonly distanceMetres: MatrixRow[];
  readonly durationSeconds: MatrixRow[];
  /** Where the figures came from, for the plan to say. */
  readonly source: string;
  /** Of the places that are open although something is closed (`ClosedWays.open`), those to which closed roads were opened, by index. */
  readonly openedFor?: readonly number[];
  /** The lines of the ways that were counted; absent where they are straight. */
  readonly lines?: RouteLines;
};

/**
 * Where travel times come from. A port: a routing engine, a road graph, or the great-circle fallback. Without places nothing is asked
 * for, and only `lines` of the answer is of use. With closed ways, the ways and lines keep to them, or it fails with ClosedWaysUnknownError.
 */
export type TravelTimes = (places: readonly Position[], closed?: ClosedWays) => Promise<TravelMatrix>;

/** This source cannot leave a closed area out of its ways, and does not pretend to. The messages say why. */
export class ClosedWaysUnknownError extends Error {
  override readonly name = 'ClosedWaysUnknownError';
  readonly messageVi: string;
  constructor(message: string, messageVi: string) {
    super(message);
    this.messageVi = messageVi;
  }
}

/** This source of travel times cannot answer now, or not at all. The message says why; it follows the name of what is used instead. */
export class TravelUnavailableError extends Error {
  override readonly name = 'TravelUnavailableError';
}
