/** Longitude, latitude, as in GeoJSON. */
type Vertex = readonly number[];
type Point = readonly [x: number, y: number];

/** A piece of an outline, from a vertex to the next; with where its ring goes before and after it. */
type Edge = { readonly ring: readonly Point[]; readonly index: number; readonly from: Point; readonly to: Point };

/** A centimetre: as whole numbers, so that turns within nine degrees are exact. */
const PER_DEGREE = 1e7;

const isSame = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1];

/** The ring as corners, each once in a row; GeoJSON repeats the first at the end. */
const cornersOf = (ring: readonly Vertex[]): readonly Point[] => {
  const points = ring.map(([x = 0, y = 0]): Point => [Math.round(x * PER_DEGREE), Math.round(y * PER_DEGREE)]);
  return points.filter((point, index) => !isSame(point, points.at(index - 1) ?? point) || points.length === 1);
};

const turn = (a: Point, b: Point, c: Point): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

const isOn = ({ from, to }: Edge, point: Point): boolean =>
  turn(from, to, point) === 0 &&
  Math.min(from[0], to[0]) <= point[0] &&
  point[0] <= Math.max(from[0], to[0]) &&
  Math.min(from[1], to[1]) <= point[1] &&
  point[1] <= Math.max(from[1], to[1]);

const cornerAt = (ring: readonly Point[], index: number): Point => ring.at(index % ring.length) as Point;

/** Where a ring comes from and goes to at a point of one of its edges. */
const through = ({ ring, index, from, to }: Edge, point: Point): readonly [Point, Point] => {
  if (isSame(point, from)) return [cornerAt(ring, index - 1 + ring.length), to];
  return isSame(point, to) ? [from, cornerAt(ring, index + 2)] : [from, to];
};

/** Whether the way to `c`, which is none of the others, lies to the left of that to `a` and to the right of that to `b`. */
const isBetween = (at: Point, a: Point, c: Point, b: Point): boolean =>
  turn(at, a, b) > 0 ? turn(at, a, c) > 0 && turn(at, c, b) > 0 : !(turn(at, b, c) >= 0 && turn(at, c, a) >= 0);

/** Whether two ways through one point change sides there; two that only touch do not. */
const changesSides = (at: Point, [a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): boolean => {
  const runsAlong = [c, d].some((end) => [a, b].some((other) => turn(at, end, other) === 0 && sameWay(at, end, other)));
  return !runsAlong && isBetween(at, a, c, b) !== isBetween(at, a, d, b);
};

const sameWay = (at: Point, a: Point, b: Point): boolean =>
  (a[0] - at[0]) * (b[0] - at[0]) + (a[1] - at[1]) * (b[1] - at[1]) > 0;

const isNextTo = (a: Edge, b: Edge): boolean =>
  a.ring === b.ring && ((a.index + 1) % a.ring.length === b.index || (b.index + 1) % b.ring.length === a.index);

/** Where two edges cross in their middles. */
const middleOf = (a: Edge, b: Edge): Point => {
  const [dx, dy, ex, ey] = [a.to[0] - a.from[0], a.to[1] - a.from[1], b.to[0] - b.from[0], b.to[1] - b.from[1]];
  const share = ((b.from[0] - a.from[0]) * ey - (b.from[1] - a.from[1]) * ex) / (dx * ey - dy * ex);
  return [a.from[0] + share * dx, a.from[1] + share * dy];
};

const crossingOf = (a: Edge, b: Edge): Point | undefined => {
  const sides = [
    turn(a.from, a.to, b.from),
    turn(a.from, a.to, b.to),
    turn(b.from, b.to, a.from),
    turn(b.from, b.to, a.to),
  ];
  const [c = 0, d = 0, e = 0, f = 0] = sides;
  if (c * d < 0 && e * f < 0) return middleOf(a, b);
  if (isNextTo(a, b)) return undefined;
  const ends = [
    ...[a.from, a.to].filter((point) => isOn(b, point)),
    ...[b.from, b.to].filter((point) => isOn(a, point)),
  ];
  const runsOver =
    sides.every((side) => side === 0) && ends.some((point) => ends.some((other) => !isSame(point, other)));
  return runsOver ? ends[0] : ends.find((point) => changesSides(point, through(a, point), through(b, point)));
};

const edgesOf = (ring: readonly Point[]): readonly Edge[] =>
  ring.map((from, index) => ({ ring, index, from, to: cornerAt(ring, index + 1) }));

/**
 * Where the outline of an area crosses itself, or runs over itself, as longitude and latitude; `undefined` where it does not. Rings are an
 * outline and its holes (RFC 7946, 3.1.6), closed or not; to touch at a point is no crossing. What lies inside such an area depends on
 * whom one asks. Compares only edges whose widths overlap: a ring of 2,000 corners takes milliseconds.
 */
export const outlineCrossing = (rings: readonly (readonly Vertex[])[]): readonly [number, number] | undefined => {
  const edges = rings
    .flatMap((ring) => edgesOf(cornersOf(ring)))
    .map((edge) => ({ edge, west: Math.min(edge.from[0], edge.to[0]), east: Math.max(edge.from[0], edge.to[0]) }))
    .sort((a, b) => a.west - b.west);
  for (const [index, a] of edges.entries())
    for (let next = index + 1; next < edges.length; next += 1) {
      const b = edges[next];
      if (b === undefined || b.west > a.east) break;
      const crossing = crossingOf(a.edge, b.edge);
      if (crossing !== undefined) return [crossing[0] / PER_DEGREE, crossing[1] / PER_DEGREE];
    }
  return undefined;
};
