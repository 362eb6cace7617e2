import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../../shared/city/entities.ts';
import { greatCircleMetres } from '../../../../../shared/routing/travel/great-circle.ts';
import { buildRoadGraph } from '../../../../../shared/routing/travel/roads/build-road-graph.ts';
import type { OsmExtract } from '../../../../../shared/routing/travel/roads/osm.ts';
import { createRouter } from '../../../../../shared/routing/travel/roads/road-route.ts';
import { roadTravelTimes } from '../../../../../shared/routing/travel/roads/road-travel-times.ts';
import { twoAxleCompactor } from '../../../../../shared/routing/travel/roads/truck-access.ts';
import type { Line } from '../../../../../shared/routing/travel/travel-times.ts';
import { middleOf, towns, tryNetwork } from './generated-town.ts';
import { extractOf, idOf, networkOf, positionOf } from './town.ts';
import { turnByTurn } from './turn-by-turn.ts';

const fallback = { detourFactor: 1.3, speedKmh: 30 };
/** A square of 100 metres with a diagonal street. */
const square = { a: [0, 0], b: [100, 0], c: [100, 100], d: [0, 100] } as const;

const metresBetween = async (extract: OsmExtract, ...places: readonly (readonly [number, number])[]) => {
  const matrix = await roadTravelTimes(
    networkOf(extract),
    fallback,
  )(places.map(([east, north]) => positionOf(east, north)));
  return matrix.distanceMetres.map((row) => Array.from(row));
};

describe('ways over roads', () => {
  it('go round where a street is one-way', async () => {
    const ways = [['ab', { oneway: 'yes' }], ['bc'], ['cd'], ['da']] as const;
    expect(await metresBetween(extractOf({ places: square, ways }), [50, 0], [100, 50])).toEqual([
      [0, 100],
      [300, 0],
    ]);
  });

  it('go against the drawing where oneway is -1, and with it on a roundabout', async () => {
    const reversed = [['ba', { oneway: '-1' }], ['bc'], ['cd'], ['da']] as const;
    expect((await metresBetween(extractOf({ places: square, ways: reversed }), [50, 0], [100, 50]))[0]).toEqual([
      0, 100,
    ]);
    const round = [['abcda', { junction: 'roundabout' }]] as const;
    expect(await metresBetween(extractOf({ places: square, ways: round }), [25, 0], [75, 0])).toEqual([
      [0, 50],
      [350, 0],
    ]);
  });

  it('keep to forbidden and to prescribed turns', async () => {
    const ways = [['ab'], ['bc'], ['cd'], ['da']] as const;
    const no = { kind: 'no', fromWay: 1, viaNode: idOf('b'), toWay: 2 } as const;
    expect(
      (await metresBetween(extractOf({ places: square, ways, restrictions: [no] }), [50, 0], [100, 50]))[0],
    ).toEqual([0, 300]);
    const crossing = { ...square, e: [200, 0], f: [200, 100] } as const;
    const streets = [['ab'], ['bc'], ['cd'], ['da'], ['be'], ['ef'], ['fc']] as const;
    const only = { kind: 'only', fromWay: 1, viaNode: idOf('b'), toWay: 5 } as const;
    const [row] = await metresBetween(
      extractOf({ places: crossing, ways: streets, restrictions: [only] }),
      [50, 0],
      [100, 50],
    );
    expect(row).toEqual([0, 300]);
  });

  it('take the faster road though it is longer, and say its length', async () => {
    const places = { ...square, e: [300, 50] } as const;
    const ways = [
      ['ab', { highway: 'residential' }],
      ['ad', { highway: 'primary' }],
      ['dc', { highway: 'primary' }],
      ['cb', { highway: 'primary' }],
    ] as const;
    expect((await metresBetween(extractOf({ places, ways }), [1, 0], [99, 0]))[0]).toEqual([0, 98]);
    const wide = [
      ['ab', { highway: 'residential' }],
      ['ad', { highway: 'motorway', oneway: 'no' }],
      ['dc', { highway: 'motorway', oneway: 'no' }],
      ['cb', { highway: 'motorway', oneway: 'no' }],
    ] as const;
    expect((await metresBetween(extractOf({ places, ways: wide }), [1, 0], [99, 0]))[0]).toEqual([0, 302]);
  });

  it('leave out roads too narrow, too low, too weak or closed to trucks', async () => {
    for (const tags of [
      { maxwidth: '2' },
      { maxheight: '2.8' },
      { maxweight: '3.5' },
      { hgv: 'no' },
      { access: 'private' },
      { highway: 'footway' },
    ]) {
      const ways = [['ab', tags], ['bc'], ['cd'], ['da']] as const;
      expect((await metresBetween(extractOf({ places: square, ways }), [0, 1], [100, 1]))[0]).toEqual([0, 298]);
    }
    const allowed = [['ab', { access: 'private', hgv: 'yes' }], ['bc'], ['cd'], ['da']] as const;
    expect((await metresBetween(extractOf({ places: square, ways: allowed }), [0, 1], [100, 1]))[0]).toEqual([0, 102]);
  });

  it('begin and end beside the road, and off the map as without a map, which the source says', async () => {
    const extract = extractOf({ places: square, ways: [['abcda']] });
    const matrix = await roadTravelTimes(
      networkOf(extract),
      fallback,
    )([positionOf(50, -20), positionOf(100, 50), positionOf(50, -5_000)]);
    expect(matrix.distanceMetres[0]?.[1]).toBe(120);
    // Twenty metres at 10 km/h, a hundred at 20.
    expect(matrix.durationSeconds[0]?.[1]).toBe(Math.round(7.2 + 18));
    expect(matrix.distanceMetres[2]?.[0]).toBe(Math.round(4_980 * 1.3));
    expect(matrix.source).toBe('a town; 1 of 3 places off the map by great-circle × 1.3');
  });

  it('do not lead onto islands: a place there is brought to the roads that lead somewhere', async () => {
    const places = { ...square, e: [50, 300], f: [60, 300], g: [70, 50] } as const;
    const { report } = buildRoadGraph(
      extractOf({ places, ways: [['abcda'], ['ef'], ['bg', { oneway: 'yes' }]] }),
      twoAxleCompactor,
    );
    expect(report).toMatchObject({ ways: 3, kilometres: 0, nodesLeftOut: 2 });
    const [row] = await metresBetween(extractOf({ places, ways: [['abcda'], ['ef']] }), [55, 300], [100, 50]);
    expect(row).toEqual([0, 200 + 45 + 50]);
  });
});

const lengthOf = (line: readonly (readonly [number, number])[]): number =>
  line.reduce((sum, [longitude, latitude], at) => {
    const before = line[at - 1];
    return before
      ? sum + greatCircleMetres({ longitude: before[0], latitude: before[1] }, { longitude, latitude })
      : sum;
  }, 0);

/** Not so where a way is not connected: its place was brought to another road. */
const beginsAndEnds = (line: Line, [from, to]: readonly [Position, Position]): boolean => {
  const isAt = (point: Line[number] | undefined, at: Position): boolean =>
    point !== undefined && Math.hypot(point[0] - at.longitude, point[1] - at.latitude) < 2e-7;
  return isAt(line[0], from) && isAt(line.at(-1), to);
};

describe('on any town', () => {
  it('times are those of a search turn by turn, and lines as long as is said', async () => {
    let compared = 0;
    const compare = async (extract: OsmExtract): Promise<void> => {
      const network = tryNetwork(extract);
      if (network === undefined) return;
      const middles = extract.ways.map(({ nodes }) => middleOf(extract, nodes));
      const matrix = await roadTravelTimes(network, fallback)(middles);
      const lineBetween = createRouter(network);
      const pairs = extract.ways.flatMap((way, from) => {
        const millisecondsTo = turnByTurn(extract, way);
        return extract.ways.flatMap((other, to) =>
          from === to ? [] : [{ from, to, seconds: millisecondsTo(other) / 1_000 }],
        );
      });
      for (const { from, to, seconds } of pairs) {
        const ends = [middles[from] as Position, middles[to] as Position] as const;
        const line = lineBetween(...ends) ?? [];
        if (!beginsAndEnds(line, ends)) continue;
        expect(Math.abs((matrix.durationSeconds[from]?.[to] ?? Number.NaN) - seconds)).toBeLessThan(0.6);
        expect(Math.abs(lengthOf(line) - (matrix.distanceMetres[from]?.[to] ?? 0))).toBeLessThan(2);
        compared += 1;
      }
    };
    await fc.assert(fc.asyncProperty(towns, compare), { numRuns: 40 });
    expect(compared).toBeGreaterThan(100);
  });
});
