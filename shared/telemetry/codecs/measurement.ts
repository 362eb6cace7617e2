import type { MissingReason } from '../missing-reason.ts';
import type { Observation } from '../observation.ts';
import type { Quantity } from '../quantity.ts';
import type { Result } from '../refusal.ts';

/**
 * What a frame says of one quantity, in its canonical unit. A frame has one instant, which the envelope knows; only what a device
 * fills in later carries a time of its own: an instant, where the device has a clock, or how many logging intervals ago it was.
 */
export type Measurement = Omit<Observation, 'measuredAt' | 'missing'> & {
  /** Why `value` is null. */
  readonly missing?: MissingReason;
  /** UTC epoch milliseconds by the device's clock, an integer. */
  readonly measuredAt?: number;
  /** 1, 2, ... logging intervals of the device before the frame. */
  readonly intervalsAgo?: number;
  /** The name of what makes the value suspect although it is in range. */
  readonly doubt?: string;
};

/**
 * A device's decoder: pure, and never throws whatever the bytes. A frame that is not in the vendor's description is refused whole,
 * and the reason starts with the byte at fault, counted from 0.
 */
export type Decode = (frame: Buffer, fPort: number) => Result<readonly Measurement[]>;

export const measured = (quantity: Quantity, value: number): Measurement => ({ quantity, value });

export const absent = (quantity: Quantity, missing: MissingReason): Measurement => ({ quantity, value: null, missing });

/** No quantity of ours, in its unit, comes near this. */
const BEYOND_ANY_INSTRUMENT = 1e9;

/** A 32-bit float has no more than seven digits to say; an infinity, NaN or absurdly large number is how a fault looks. */
export const measuredFloat = (quantity: Quantity, value: number, factor = 1): Measurement =>
  Math.abs(value * factor) < BEYOND_ANY_INSTRUMENT
    ? measured(quantity, Number((value * factor).toPrecision(7)))
    : absent(quantity, 'sensor-error');

/**
 * No sensor for bins measures further than 10 m, so the top sixteen of 65,536 cannot be millimetres or centimetres: there 16-bit
 * devices put their codes (0xFFFF, 0xFFFD, ...), and they are taken for a lost echo where the vendor names none.
 */
export const NO_ECHO_FROM = 0xfff0;

/** Of a quantity that comes twice in one frame the later one counts; what was measured at another time stands beside it. */
export const latestOfEach = (measurements: readonly Measurement[]): readonly Measurement[] => {
  if (measurements.length < 2) return measurements;
  const latest = new Map<string, Measurement>();
  for (const measurement of measurements) {
    const { quantity, measuredAt, intervalsAgo } = measurement;
    const isOfFrame = measuredAt === undefined && intervalsAgo === undefined;
    latest.set(isOfFrame ? quantity : `${quantity} ${measuredAt ?? -(intervalsAgo ?? 0)}`, measurement);
  }
  return [...latest.values()];
};
