import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestKnownFor, gapPercent, inUnitOf } from '../../../bench/routing/best-known.ts';
import { findInstances } from '../../../bench/routing/find-instances.ts';

let folder: string;
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'best-known-'));
  await writeFile(path('X-n3.vrp'), 'NAME : X-n3\nDIMENSION : 3\n');
  await writeFile(path('X-n3.sol'), 'Route #1: 1 2\nRoute #2: 3\nRoute #3: \nCost 15\n');
  await writeFile(path('R1.txt'), 'R1\n\nVEHICLE\nNUMBER CAPACITY\n\nCUSTOMER\n');
  await writeFile(path('102_stop.txt'), '10.0 // vehicle capacity (yards), real number\n');
  await writeFile(path('README.txt'), 'Where these came from.\n');
  await writeFile(path('city-2.json'), '{"name":"city","locations":[]}');
  await writeFile(path('city-10.json'), '{"name":"city","locations":[]}');
  await writeFile(
    path('BKS.json'),
    JSON.stringify({
      R1: { best_known_cost: 1_696.94, solved_with_vehicles: 14 },
      R1_distance: { best_known_cost: 1_643.41, solved_with_vehicles: 16 },
    }),
  );
});

afterAll(() => rm(folder, { recursive: true }));

describe('best-known answers', () => {
  it('come from a solution beside the instance, whose empty routes are no vehicles', async () => {
    expect(await bestKnownFor(path('X-n3.vrp'), 'as-published')).toEqual({ cost: 15, vehicles: 2 });
  });

  it('differ between vehicles first and distance only', async () => {
    expect(await bestKnownFor(path('R1.txt'), 'as-published')).toEqual({ cost: 1_696.94, vehicles: 14 });
    expect(await bestKnownFor(path('R1.txt'), 'distance-only')).toEqual({ cost: 1_643.41, vehicles: 16 });
  });

  it('of Kim et al. are known by the file’s number', async () => {
    expect(await bestKnownFor(path('102_stop.txt'), 'vehicles-first')).toEqual({ cost: 205.1, vehicles: 3 });
    expect(await bestKnownFor(path('103_stop.txt'), 'vehicles-first')).toBeUndefined();
  });

  it('are nobody’s for a city of our own', async () => {
    expect(await bestKnownFor(path('city-2.json'), 'as-published')).toBeUndefined();
  });

  it('in another unit are brought to ours', () => {
    // PyVRP/Instances, HFVRP/X627-HVRP.sol, whose routes cost 107,821.90.
    expect(inUnitOf(111_825, { cost: 10_782_189_854 }).cost).toBeCloseTo(107_821.9, 1);
    expect(inUnitOf(15, { cost: 14 }).cost).toBe(14);
    expect(gapPercent(15, 12)).toBe(25);
  });
});

describe('finding instances', () => {
  it('takes what is one by its content, numbers in their order', async () => {
    expect(await findInstances([folder])).toEqual(
      ['102_stop.txt', 'city-2.json', 'city-10.json', 'R1.txt', 'X-n3.vrp'].map(path),
    );
  });
});
