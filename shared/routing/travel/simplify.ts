import type { Line } from './travel-times.ts';

const METRES_PER_DEGREE = 111_195;

/** Metres from a point to the piece between two others, on the plane at its latitude. */
const metresToPiece = (point: Line[number], from: Line[number], to: Line[number]): number => {
  const narrowing = Math.cos((point[1] * Math.PI) / 180);
  const [px, py] = [(point[0] - from[0]) * narrowing, point[1] - from[1]];
  const [dx, dy] = [(to[0] - from[0]) * narrowing, to[1] - from[1]];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
  return Math.hypot(px - share * dx, py - share * dy) * METRES_PER_DEGREE;
};

/**
 * A line with fewer points that is nowhere farther than `metres` from the one given, ends kept (D. Douglas and T. Peucker,
 * Cartographica 10 (1973) 112–122).
 */
export const simplified = (line: Line, metres: number): Line => {
  if (line.length < 3) return line;
  const keep = new Uint8Array(line.length);
  keep[0] = 1;
  keep[line.length - 1] = 1;
  const open: [number, number][] = [[0, line.length - 1]];
  for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
    const [first, last] = piece;
    let [farthest, most] = [-1, metres];
    for (let at = first + 1; at < last; at += 1) {
      const away = metresToPiece(line[at] as Line[number], line[first] as Line[number], line[last] as Line[number]);
      if (away > most) [farthest, most] = [at, away];
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    open.push([first, farthest], [farthest, last]);
  }
  return line.filter((_, at) => keep[at] === 1);
};
