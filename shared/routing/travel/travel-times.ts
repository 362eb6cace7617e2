import type { Position } from '../../city/entities.ts';
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
  /** The lines of the ways that were counted; absent where they are straight. */
  readonly lines?: RouteLines;
};

/** Where travel times come from. A port: a routing engine, a road graph, or the great-circle fallback. */
export type TravelTimes = (places: readonly Position[]) => Promise<TravelMatrix>;

/** This source of travel times cannot answer now, or not at all. The message says why; it follows the name of what is used instead. */
export class TravelUnavailableError extends Error {
  override readonly name = 'TravelUnavailableError';
}
