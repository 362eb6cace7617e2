/**
 * Driving times by the time of day: a way that crosses into another slot does its remaining share at that slot's pace, so that
 * who leaves later never arrives earlier. S. Ichoua, M. Gendreau and J.-Y. Potvin, "Vehicle dispatching with time-dependent
 * travel times", EJOR 144 (2003) 379–396.
 */
export type Profile = {
  /** Slot k lasts from `starts[k]` to `starts[k + 1]`; the first has no beginning, the last no end. */
  readonly starts: Float64Array;
  readonly factors: Float64Array;
};

export const compileProfile = (
  slots: readonly { readonly from: number; readonly durationFactor: number }[],
): Profile => ({
  starts: Float64Array.of(Number.NEGATIVE_INFINITY, ...slots.map(({ from }) => from), Number.POSITIVE_INFINITY),
  factors: Float64Array.of(1, ...slots.map(({ durationFactor }) => durationFactor)),
});

/** When a way of `seconds` at factor 1 ends that begins at `leaves`. */
export const arrivalTime = ({ starts, factors }: Profile, leaves: number, seconds: number): number => {
  let slot = 0;
  while (leaves >= (starts[slot + 1] as number)) slot += 1;
  let time = leaves;
  let left = seconds;
  for (;;) {
    const factor = factors[slot] as number;
    const slotEnd = starts[slot + 1] as number;
    if (time + left * factor <= slotEnd) return time + left * factor;
    left -= (slotEnd - time) / factor;
    time = slotEnd;
    slot += 1;
  }
};

/** The latest that a way of `seconds` at factor 1 may begin to end by `arrives`. */
export const departureTime = ({ starts, factors }: Profile, arrives: number, seconds: number): number => {
  let slot = factors.length - 1;
  while (slot > 0 && arrives <= (starts[slot] as number)) slot -= 1;
  let time = arrives;
  let left = seconds;
  for (;;) {
    const factor = factors[slot] as number;
    const slotStart = starts[slot] as number;
    if (time - left * factor >= slotStart) return time - left * factor;
    left -= (time - slotStart) / factor;
    time = slotStart;
    slot -= 1;
  }
};
