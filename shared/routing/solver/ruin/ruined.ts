import type { Model } from '../model/model.ts';

/** The stops that a ruin took out, in the order in which they come back; `window` and `keys` are for choosing and ordering them. */
export type Ruined = {
  readonly stops: Int32Array;
  count: number;
  readonly window: Int32Array;
  readonly keys: Float64Array;
  /** Nodes behind which stops were taken out of routes that are still open. */
  readonly gaps: Int32Array;
  gapCount: number;
};

export const ruinScratch = (model: Model): Ruined => ({
  stops: new Int32Array(model.stopCount),
  count: 0,
  window: new Int32Array(model.stopCount),
  keys: new Float64Array(model.stopCount),
  gaps: new Int32Array(2 * model.routeSlots),
  gapCount: 0,
});
