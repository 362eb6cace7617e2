import { describe, expect, it } from 'vitest';
import { RoadFileError } from '../../../../../shared/routing/travel/roads/osm.ts';
import { readRoadNetwork, writeRoadNetwork } from '../../../../../shared/routing/travel/roads/road-file.ts';
import { createRouter } from '../../../../../shared/routing/travel/roads/road-route.ts';
import { extractOf, networkOf, positionOf } from './town.ts';

const places = { a: [0, 0], b: [100, 0], c: [100, 100], d: [0, 100] } as const;
const network = networkOf(extractOf({ places, ways: [['abcd'], ['da', { oneway: 'yes' }]] }));

describe('a prepared road network', () => {
  it('comes back from its bytes as it was, wherever they lie in memory', () => {
    const file = writeRoadNetwork(network);
    expect(readRoadNetwork(file)).toEqual(network);
    const shifted = new Uint8Array(file.length + 3).subarray(3);
    shifted.set(file);
    const again = readRoadNetwork(shifted);
    expect(again).toEqual(network);
    const [from, to] = [positionOf(50, 0), positionOf(0, 50)];
    expect(createRouter(again)(from, to)).toEqual(createRouter(network)(from, to));
  });

  it.each([
    ['nothing', new Uint8Array(), /too short/],
    ['another file', new Uint8Array(100), /not a prepared road network of this version/],
    ['a part of itself', writeRoadNetwork(network).subarray(0, -40), /cut off/],
  ])('is refused when it is %s', (_, file, words) => {
    expect(() => readRoadNetwork(file)).toThrow(RoadFileError);
    expect(() => readRoadNetwork(file)).toThrow(words);
  });
});
