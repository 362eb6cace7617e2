/** The cheapest place found so far for one stop: behind `after` in `route`, or in another vehicle of `type` when that is ≥ 0. */
export type Insertion = { after: number; route: number; type: number; increase: number };

export const noInsertion = (): Insertion => ({ after: -1, route: -1, type: -1, increase: Number.POSITIVE_INFINITY });

export const clearInsertion = (insertion: Insertion): void => {
  insertion.after = -1;
  insertion.route = -1;
  insertion.type = -1;
  insertion.increase = Number.POSITIVE_INFINITY;
};

/** How often recreate looks away from a place (Christiaens and Vanden Berghe 2020), so that greed does not repeat itself. */
export const BLINK_RATE = 0.01;
