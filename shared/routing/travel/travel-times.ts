import type { Position } from '../../city/entities.ts';

/** Distances and durations between places, row = from, column = to; `null` = no way. */
export type TravelMatrix = {
  readonly distanceMetres: (number | null)[][];
  readonly durationSeconds: (number | null)[][];
  /** Where the figures came from, for the plan to say. */
  readonly source: string;
};

/** Where travel times come from. A port: a routing engine, a road graph, or the great-circle fallback. */
export type TravelTimes = (places: readonly Position[]) => Promise<TravelMatrix>;
