import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { roadsKey, type StoredRoads } from '../../../../../events/road-files.ts';
import { writeRoadNetwork } from '../../../../../shared/routing/travel/roads/road-file.ts';
import type { RoadFiles } from '../../../../../shared/routing/travel/roads/road-files.ts';
import { storedRoadTravel } from '../../../../../shared/routing/travel/roads/stored-roads.ts';
import { twoAxleCompactor } from '../../../../../shared/routing/travel/roads/truck-access.ts';
import { StoreUnavailableError } from '../../../../../shared/telemetry/reading-store.ts';
import { extractOf, networkOf, positionOf } from './town.ts';

const square = { a: [0, 0], b: [100, 0], c: [100, 100], d: [0, 100] } as const;
const straight = { detourFactor: 1.3, speedKmh: 30 };
const places = [positionOf(50, 0), positionOf(100, 50)];

const about = {
  source: 'a town',
  file: 'town.json',
  attribution: 'nobody',
  truck: twoAxleCompactor,
  storedAt: '2026-11-22T00:00:00Z',
};

/** Keeps files in memory and counts how often one is read. */
const memoryRoadFiles = () => {
  const kept = new Map<string, Uint8Array>();
  let current: StoredRoads | undefined;
  let reads = 0;
  const files: RoadFiles = {
    current: async () => current,
    read: async ({ key }) => {
      reads += 1;
      return kept.get(key) ?? new Uint8Array();
    },
    put: async (file, rest) => {
      const sha256 = createHash('sha256').update(file).digest('hex');
      current = { ...rest, key: roadsKey(sha256), sha256, bytes: file.length };
      kept.set(current.key, file);
      return current;
    },
  };
  return { files, reads: () => reads };
};

const bytesOf = (oneway: 'yes' | 'no'): Uint8Array =>
  writeRoadNetwork(networkOf(extractOf({ places: square, ways: [['ab', { oneway }], ['bc'], ['cd'], ['da']] })));

describe('stored roads', () => {
  it('are read once, until others take their place', async () => {
    const { files, reads } = memoryRoadFiles();
    const travel = storedRoadTravel(files);
    await files.put(bytesOf('yes'), about);
    const first = await travel(straight)(places);
    expect(Array.from(first.distanceMetres[1] ?? [])).toEqual([300, 0]);
    expect(await travel(straight)(places)).toBe(first);
    expect((await travel(straight)([...places].reverse())).distanceMetres[0]?.[1]).toBe(300);
    expect(reads()).toBe(1);
    await files.put(bytesOf('no'), about);
    const second = await travel(straight)(places);
    expect(Array.from(second.distanceMetres[1] ?? [])).toEqual([100, 0]);
    expect(reads()).toBe(2);
  });

  it('answer with lines along the same ways', async () => {
    const { files } = memoryRoadFiles();
    await files.put(bytesOf('yes'), about);
    const { lines } = await storedRoadTravel(files)(straight)(places);
    const [leg] = (await lines?.(places)) ?? [];
    expect(leg).toHaveLength(3);
  });

  it('that are not there, cannot be read or are no roads are not available, in words', async () => {
    const { files } = memoryRoadFiles();
    await expect(storedRoadTravel(files)(straight)(places)).rejects.toThrow('no roads are stored');
    await files.put(bytesOf('no').subarray(0, -100), about);
    await expect(storedRoadTravel(files)(straight)(places)).rejects.toThrow(
      'cannot be used: the prepared road network is cut off',
    );
    const down: RoadFiles = { ...files, current: () => Promise.reject(new StoreUnavailableError('SlowDown')) };
    await expect(storedRoadTravel(down)(straight)(places)).rejects.toThrow('could not be read just now');
  });
});
