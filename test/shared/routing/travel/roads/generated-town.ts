import fc from 'fast-check';
import { type OsmExtract, RoadFileError } from '../../../../../shared/routing/travel/roads/osm.ts';
import type { RoadNetwork } from '../../../../../shared/routing/travel/roads/road-network.ts';
import { networkOf } from './town.ts';

/** Towns of ways with two nodes: a grid with gaps, one-way streets, classes and turn restrictions. */
export const towns = fc
  .record({
    columns: fc.integer({ min: 2, max: 4 }),
    rows: fc.integer({ min: 2, max: 4 }),
    dice: fc.array(fc.nat(999), { minLength: 60, maxLength: 60 }),
    turns: fc.array(fc.tuple(fc.nat(99), fc.boolean(), fc.nat(9)), { maxLength: 6 }),
  })
  .map(({ columns, rows, dice, turns }): OsmExtract => {
    const roll = (at: number): number => dice[at % dice.length] ?? 0;
    const nodeAt = (column: number, row: number): number => row * columns + column + 1;
    const nodes = new Map<number, readonly [number, number]>();
    const ways: OsmExtract['ways'][number][] = [];
    const add = (from: number, to: number, luck: number): void => {
      if (luck % 10 === 0) return;
      const oneway = luck % 3 === 0 ? 'yes' : luck % 7 === 0 ? '-1' : 'no';
      const highway = ['residential', 'primary', 'service'][(luck % 11) % 3] ?? '';
      ways.push({ id: ways.length + 1, nodes: [from, to], tags: { highway, oneway } });
    };
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1) {
        const here = nodeAt(column, row);
        // About 111 metres apart, crooked so that two ways are never equally long.
        nodes.set(here, [column * 10_000 + roll(here) * 3, row * 10_000 + roll(here + 17) * 3]);
        if (column + 1 < columns) add(here, nodeAt(column + 1, row), roll(here + 31));
        if (row + 1 < rows) add(here, nodeAt(column, row + 1), roll(here + 47));
      }
    const restrictions = turns.flatMap(([which, isOnly, other]) => {
      const from = ways[which % Math.max(1, ways.length)];
      const via = from?.nodes[which % 2];
      const meeting = ways.filter((way) => via !== undefined && way.nodes.includes(via));
      const to = meeting[other % Math.max(1, meeting.length)];
      if (!from || !to || via === undefined) return [];
      return [{ kind: isOnly ? ('only' as const) : ('no' as const), fromWay: from.id, viaNode: via, toWay: to.id }];
    });
    return { nodes, ways, restrictions };
  });

/** Halfway along a way. */
export const middleOf = ({ nodes }: OsmExtract, [from = 0, to = 0]: readonly number[]) => {
  const [a, b] = [nodes.get(from) ?? [0, 0], nodes.get(to) ?? [0, 0]];
  return { longitude: (a[0] + b[0]) / 2 / 1e7, latitude: (a[1] + b[1]) / 2 / 1e7 };
};

/** The network of a town, unless no road of it leads anywhere and back. */
export const tryNetwork = (extract: OsmExtract): RoadNetwork | undefined => {
  try {
    return networkOf(extract);
  } catch (error) {
    if (error instanceof RoadFileError) return undefined;
    throw error;
  }
};
