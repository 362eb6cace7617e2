import type { Piece } from '../../shared/waste/forecast/piece.ts';
import type { Predictor } from './scores.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** The spread a baseline gets: the empirical distribution of its own errors so far, so that it is judged with its eyes open. */
export const pastErrors = () => {
  let errors: number[] = [];
  return {
    add: (error: number): void => {
      const index = errors.findIndex((each) => each >= error);
      errors = index < 0 ? [...errors, error] : errors.toSpliced(index, 0, error);
      if (errors.length > 2_000) errors = errors.filter((_, position) => position % 2 === 0);
    },
    snapshot: (): readonly number[] => errors,
  };
};

/** A point forecast with the errors made so far around it. */
export const around = (
  point: number,
  errors: readonly number[],
  start: number,
  hoursTo: Predictor['hoursTo'],
): Predictor => ({
  quantile: (p) => {
    const index = p * (errors.length - 1);
    const [low, high] = [errors[Math.floor(index)] ?? 0, errors[Math.ceil(index)] ?? 0];
    return Math.max(start, point + low + (high - low) * (index - Math.floor(index)));
  },
  cdf: (x) => {
    const below = errors.filter((error) => point + error <= x).length;
    return (below + 0.5) / (errors.length + 1);
  },
  hoursTo,
});

/** Mean slope of all that is known of the bin, per hour; of all bins where nothing is. */
export const meanSlope = (pieces: readonly Piece[], otherwise: number): number => {
  const hours = pieces.reduce((sum, { from, to }) => sum + (to - from) / HOUR_MS, 0);
  return hours < 24 ? otherwise : pieces.reduce((sum, { increment }) => sum + increment, 0) / hours;
};

/** The filling between two instants by the pieces that cover them, and how many hours they do cover. */
const fillingIn = (pieces: readonly Piece[], from: number, to: number): { fill: number; hours: number } => {
  let [fill, hours] = [0, 0];
  for (const piece of pieces) {
    const overlap = (Math.min(to, piece.to) - Math.max(from, piece.from)) / HOUR_MS;
    if (overlap <= 0) continue;
    hours += overlap;
    fill += (piece.increment * overlap * HOUR_MS) / (piece.to - piece.from);
  }
  return { fill, hours };
};

/** The same hours a week before (of two where they were not seen); the slope elsewhere. In fractions of the capacity. */
export const seasonalFilling = (pieces: readonly Piece[], from: number, to: number, slope: number): number => {
  const wanted = (to - from) / HOUR_MS;
  const weeks = Math.ceil((to - from) / WEEK_MS);
  for (const back of [weeks, weeks + 1]) {
    const { fill, hours } = fillingIn(pieces, from - back * WEEK_MS, to - back * WEEK_MS);
    if (hours > wanted / 2) return Math.max(0, fill + slope * (wanted - hours));
  }
  return slope * wanted;
};

/** Hours until a baseline's filling reaches a gap, in steps of an hour, a fortnight at most. */
export const hoursUntil = (gap: number, filling: (hours: number) => number): number | null => {
  if (gap <= 0) return 0;
  for (let hours = 1; hours <= 14 * 24; hours += 1) if (filling(hours) >= gap) return hours;
  return null;
};
