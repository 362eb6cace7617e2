import type { QualityFlag } from '../reading.ts';

/** Inclusive bounds in the quantity's canonical unit. */
export type Span = readonly [min: number, max: number];

export type GrossRange = {
  /** Outside, the instrument cannot have seen it. */
  readonly failSpan: Span;
  /** Outside, it is improbable here. */
  readonly suspectSpan: Span;
};

/**
 * Gross range: outside `failSpan` 4, outside `suspectSpan` 3; the bounds belong to the spans.
 * Source: IOOS QARTOD, "Manual for Real-Time Quality Control of In-situ Temperature and Salinity Data", version 2.0 (2016), test 4.
 */
export const grossRange = (value: number, { failSpan, suspectSpan }: GrossRange): QualityFlag => {
  if (!(value >= failSpan[0] && value <= failSpan[1])) return 4;
  return value >= suspectSpan[0] && value <= suspectSpan[1] ? 1 : 3;
};
