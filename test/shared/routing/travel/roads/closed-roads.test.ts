import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../../shared/city/entities.ts';
import type { ClosedArea } from '../../../../../shared/routing/travel/closed-area.ts';
import type { OsmExtract } from '../../../../../shared/routing/travel/roads/osm.ts';
import { roadTravelTimes } from '../../../../../shared/routing/travel/roads/road-travel-times.ts';
import { circle, fallback, touchesLine } from './closed-circle.ts';
import { extractOf, idOf, networkOf, positionOf } from './town.ts';

/** A square of 100 metres. */
const square = { a: [0, 0], b: [100, 0], c: [100, 100], d: [0, 100] } as const;
type Places = readonly (readonly [number, number])[];

const asked = async (extract: OsmExtract, places: Places, areas: readonly ClosedArea[], open: Places = []) => {
  const positions = places.map(([east, north]) => positionOf(east, north));
  const matrix = await roadTravelTimes(networkOf(extract), fallback)(positions, {
    areas,
    open: open.map(([east, north]) => positionOf(east, north)),
  });
  return { matrix, positions, metres: matrix.distanceMetres.map((row) => Array.from(row)) };
};

describe('closed roads', () => {
  const round = extractOf({ places: square, ways: [['ab'], ['bc'], ['cd'], ['da']] });

  it('are gone round, in the times as in the lines, and the source says so', async () => {
    const area = circle(50, 0, 20);
    const { matrix, positions, metres } = await asked(
      round,
      [
        [10, 0],
        [90, 0],
      ],
      [area],
    );
    expect(metres[0]).toEqual([0, 320]);
    expect(matrix.source).toBe('a town; ways around 1 closed area');
    const [line] = (await matrix.lines?.(positions)) ?? [];
    expect(touchesLine([area], line ?? [])).toBe(false);
    expect(line).toHaveLength(6);
  });

  it('are open up to where they are closed: a bin before the barrier is reached from its side', async () => {
    const { metres } = await asked(
      round,
      [
        [10, 0],
        [20, 0],
        [0, 50],
      ],
      [circle(50, 0, 20)],
    );
    expect(metres[2]).toEqual([60, 70, 0]);
    expect(metres[0]?.[1]).toBe(10);
  });

  it('keep a truck from getting in, and let out the one that is in', async () => {
    const area = circle(50, 0, 20);
    const { matrix, positions, metres } = await asked(
      round,
      [
        [55, 0],
        [100, 50],
        [0, 50],
      ],
      [area],
    );
    expect(metres).toEqual([
      [0, 95, 105],
      [null, 0, 200],
      [null, 200, 0],
    ]);
    const [line] = (await matrix.lines?.(positions.slice(0, 2))) ?? [];
    expect(line?.length).toBe(3);
    expect((await matrix.lines?.([positions[1], positions[0]] as Position[]))?.[0]).toBeUndefined();
  });

  it('let out who stands in a street that only they lead to', async () => {
    const places = { ...square, e: [150, 0], f: [200, 0] } as const;
    const extract = extractOf({ places, ways: [['ab'], ['bc'], ['cd'], ['da'], ['be'], ['ef']] });
    const { metres } = await asked(
      extract,
      [
        [180, 0],
        [190, 0],
        [50, 0],
      ],
      [circle(130, 0, 5)],
    );
    expect(metres).toEqual([
      [0, 10, 130],
      [10, 0, 140],
      [null, null, 0],
    ]);
    // A truck's home is reached all the same; another place that is open in its own area is not.
    const [home, other] = [positionOf(180, 0), positionOf(50, 0)];
    const travel = roadTravelTimes(networkOf(extract), fallback);
    const areas = [circle(130, 0, 5)];
    const matrix = await travel([home, other], { areas, open: [], homes: [home] });
    expect(Array.from(matrix.distanceMetres[1] ?? [])).toEqual([130, 0]);
    expect(matrix.openedFor).toEqual([0]);
    const closed = await travel([home, other], { areas, open: [home] });
    expect(Array.from(closed.distanceMetres[1] ?? [])).toEqual([null, 0]);
  });

  it('let nobody take them to where open roads lead, even who is shut in', async () => {
    // Who comes from b must turn at c into cd, which is closed at d: nobody gets from ab to the other square.
    const places = { ...square, e: [200, 100], f: [200, 200], g: [100, 200] } as const;
    const extract = extractOf({
      places,
      ways: [['ab'], ['bc'], ['cd'], ['da'], ['ce'], ['ef'], ['fg'], ['gc']],
      restrictions: [{ kind: 'only', fromWay: 2, viaNode: idOf('c'), toWay: 3 }],
    });
    const { matrix, positions, metres } = await asked(
      extract,
      [
        [0, 50],
        [50, 100],
        [150, 100],
      ],
      [circle(0, 100, 21)],
    );
    expect(metres[0]).toEqual([0, 300, 200]);
    const [along, out] = await Promise.all(
      [1, 2].map((to) => matrix.lines?.([positions[0], positions[to]] as Position[])),
    );
    expect([along?.[0]?.length, out?.[0]?.length]).toEqual([5, 4]);
  });

  it('keep trucks out of a street whose only way on they are', async () => {
    const extract = extractOf({
      places: square,
      ways: [['ab', { oneway: 'yes' }], ['bc', { oneway: 'yes' }], ['cd'], ['da']],
    });
    const { metres } = await asked(
      extract,
      [
        [50, 0],
        [100, 80],
        [50, 100],
      ],
      [circle(100, 60, 5)],
    );
    expect(metres).toEqual([
      [0, null, 200],
      [null, 0, 70],
      [null, null, 0],
    ]);
  });

  it('lead to a place in them that is open all the same', async () => {
    const places: Places = [
      [55, 0],
      [10, 0],
      [90, 0],
    ];
    const { metres } = await asked(round, places, [circle(50, 0, 20)], [[55, 0]]);
    // Out of the area one comes to a crossing first.
    expect(metres).toEqual([
      [0, 65, 55],
      [45, 0, 320],
      [35, 320, 0],
    ]);
  });

  it('are all roads where an area covers the town: nobody gets anywhere', async () => {
    const { metres } = await asked(
      round,
      [
        [10, 0],
        [90, 0],
      ],
      [circle(50, 50, 5_000)],
    );
    expect(metres).toEqual([
      [0, null],
      [null, 0],
    ]);
  });
});
