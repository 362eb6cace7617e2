import type { FillPoint } from '../../api/wire.ts';

/** A silence longer than this is drawn as a gap: no line claims to know what nobody measured. */
export const GAP_MS = 4 * 3_600_000;

export type KnownPoint = { readonly at: number; readonly fraction: number; readonly isDoubtful: boolean };

/** Unbroken stretches of known fill, oldest first; a reading without a value breaks one, and so does a long silence. */
export const fillSegments = (points: readonly FillPoint[]): readonly (readonly KnownPoint[])[] => {
  const segments: KnownPoint[][] = [];
  let current: KnownPoint[] = [];
  for (const { measuredAt, fraction, flag } of points) {
    const at = new Date(measuredAt).getTime();
    const last = current.at(-1);
    if (current.length > 0 && (fraction === null || (last && at - last.at > GAP_MS))) {
      segments.push(current);
      current = [];
    }
    if (fraction !== null) current.push({ at, fraction, isDoubtful: flag > 2 });
  }
  return current.length > 0 ? [...segments, current] : segments;
};
