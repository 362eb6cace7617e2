import type { OsmExtract, OsmWay } from '../../shared/routing/travel/roads/osm.ts';

/** An invented city of straight streets, for measurements: no place on Earth looks like that. */
export type GridSettings = {
  /** South-west corner, degrees. */
  readonly longitude: number;
  readonly latitude: number;
  readonly columns: number;
  readonly rows: number;
  /** Between neighbouring crossings, 1e-7 degrees (10,000 are about 111 metres). */
  readonly stepE7: number;
};

/** Numbers 0 … 999 that follow from two others. */
const dice = (a: number, b: number): number =>
  ((Math.imul(a + 1, 73_856_093) ^ Math.imul(b + 1, 19_349_663)) >>> 7) % 1_000;

/** Every twentieth line an avenue, every fifth a street of the second class, the others residential; one in eight of those is one-way. */
const tagsOf = (line: number, block: number): Readonly<Record<string, string>> => {
  if (line % 20 === 0) return { highway: 'primary' };
  if (line % 5 === 0) return { highway: 'secondary' };
  if (dice(line, block) % 8 === 0) return { highway: 'residential', oneway: line % 2 === 0 ? 'yes' : '-1' };
  return { highway: dice(line, block) % 11 === 0 ? 'service' : 'residential' };
};

/** The roads of such a city as an OpenStreetMap extract: crossings up to a fifth of a step off the grid, one block in twenty missing. */
export const gridCity = ({ longitude, latitude, columns, rows, stepE7 }: GridSettings): OsmExtract => {
  const [west, south] = [Math.round(longitude * 1e7), Math.round(latitude * 1e7)];
  const nodes = new Map<number, readonly [number, number]>();
  const ways: OsmWay[] = [];
  const idAt = (column: number, row: number): number => row * columns + column + 1;
  const add = (from: number, to: number, line: number, block: number): void => {
    if (line % 5 !== 0 && dice(block, line) % 20 === 0) return;
    ways.push({ id: ways.length + 1, nodes: [from, to], tags: tagsOf(line, block) });
  };
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const off = (luck: number): number => Math.round(((luck / 1_000 - 0.5) * 2 * stepE7) / 5);
      nodes.set(idAt(column, row), [
        west + column * stepE7 + off(dice(column, row)),
        south + row * stepE7 + off(dice(row, column + 7)),
      ]);
      if (column + 1 < columns) add(idAt(column, row), idAt(column + 1, row), row, column);
      if (row + 1 < rows) add(idAt(column, row), idAt(column, row + 1), column, row + 1_000);
    }
  return { nodes, ways, restrictions: [] };
};
