import type { Position } from '../../city/entities.ts';
import { greatCircleMetres } from './great-circle.ts';
import type { MatrixDraft } from './matrix.ts';

/** Straight lines times a detour at a speed: for what no road leads to. */
export type StraightTravel = { readonly detourFactor: number; readonly speedKmh: number };

/** Metres and seconds as without a road map. */
export const straightWay = (
  from: Position,
  to: Position,
  { detourFactor, speedKmh }: StraightTravel,
): readonly [metres: number, seconds: number] => {
  const metres = greatCircleMetres(from, to) * detourFactor;
  return [metres, metres / (speedKmh / 3.6)];
};

const isGap = (value: number): boolean => value === Number.POSITIVE_INFINITY;

/** Places that reach less than half of the others, or are reached by less than half: on an island of the road network, or on none. */
const stranded = ({ size, values }: MatrixDraft): readonly number[] => {
  const [out, into] = [new Int32Array(size), new Int32Array(size)];
  for (let from = 0; from < size; from += 1)
    for (let to = 0; to < size; to += 1)
      if (isGap(values[from * size + to] as number)) {
        out[from] = (out[from] as number) + 1;
        into[to] = (into[to] as number) + 1;
      }
  const most = (size - 1) / 2;
  return Array.from({ length: size }, (_, place) => place).filter(
    (place) => (out[place] as number) > most || (into[place] as number) > most,
  );
};

/**
 * Closes what a routing service left open: ways from and to places that are off its roads are taken as straight, so that no bin is
 * forgotten for a map's sake. A single missing way between two places on the roads stays missing. Answers what the source has to
 * say about it, empty when there were none.
 * @param off Places known to be off the roads, beside those found by what they cannot reach.
 * @param closed Roads are closed: who cannot reach others is cut off, and stays so.
 */
export const bridgeOffNetwork = (
  distance: MatrixDraft,
  duration: MatrixDraft,
  places: readonly Position[],
  straight: StraightTravel,
  off: ReadonlySet<number> = new Set(),
  { closed = false }: { readonly closed?: boolean } = {},
): string => {
  const { size } = duration;
  const apart = new Set([...off, ...(closed ? [] : stranded(duration))]);
  const bridge = (from: number, to: number): void => {
    const [metres, seconds] = straightWay(places[from] as Position, places[to] as Position, straight);
    distance.values[from * size + to] = Math.round(metres);
    duration.values[from * size + to] = Math.round(seconds);
  };
  for (const place of apart)
    for (let other = 0; other < size; other += 1)
      if (other !== place) {
        bridge(place, other);
        bridge(other, place);
      }
  return apart.size === 0
    ? ''
    : `; ${apart.size} of ${size} places off the map by great-circle × ${straight.detourFactor}`;
};
