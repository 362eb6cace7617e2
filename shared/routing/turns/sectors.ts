import type { Point } from './plane.ts';

const angleFrom = (depot: Point, { east, north }: Point): number => Math.atan2(north - depot.north, east - depot.east);

/** Where the widest gap between two neighbouring directions ends: there the circle is cut open. */
const afterWidestGap = (angles: readonly number[]): number => {
  let [widest, at] = [-1, 0];
  for (const [index, angle] of angles.entries()) {
    const before = index === 0 ? (angles.at(-1) as number) - 2 * Math.PI : (angles[index - 1] as number);
    if (angle - before > widest) [widest, at] = [angle - before, index];
  }
  return at;
};

/**
 * Cuts places into sectors of about equal work as seen from the depot, neighbours with neighbouring numbers (the sweep of Gillett &
 * Miller 1974, Operations Research 22, 340). The same places give the same sectors, in whatever order they come.
 */
export const sectorsOf = (
  depot: Point,
  places: readonly Point[],
  work: readonly number[],
  count: number,
): readonly number[] => {
  const order = places
    .map((place, index) => ({ index, place, angle: angleFrom(depot, place) }))
    .sort((a, b) => a.angle - b.angle || a.place.east - b.place.east || a.place.north - b.place.north);
  const first = afterWidestGap(order.map(({ angle }) => angle));
  const whole = work.reduce((sum, of) => sum + of, 0);
  const sector = new Array<number>(places.length).fill(0);
  let done = 0;
  for (let rank = 0; rank < order.length; rank += 1) {
    const { index } = order[(first + rank) % order.length] as { readonly index: number };
    const of = work[index] as number;
    sector[index] = whole > 0 ? Math.min(count - 1, Math.floor(((done + of / 2) * count) / whole)) : 0;
    done += of;
  }
  return sector;
};
