import { describe, expect, it } from 'vitest';
import { generateCity } from '../../../bench/routing/generate-city.ts';
import { assertValid } from '../../../shared/routing/validate-problem.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe.each(['night', 'day'] as const)('the yardstick city by %s', (shift) => {
  const city = generateCity({ bins: 400, seed: 3, shift });

  it('is a valid problem, the same for the same seed and another for another', () => {
    expect(() => assertValid(city)).not.toThrow();
    expect(generateCity({ bins: 400, seed: 3, shift })).toEqual(city);
    expect(generateCity({ bins: 400, seed: 4, shift }).stops).not.toEqual(city.stops);
  });

  it('fills its trucks between once and twice, those with a crane too', () => {
    const load = sum(city.stops.map((stop) => stop.load.litres));
    const room = sum(
      city.vehicles.map(({ count, capacity, compactionRatio }) => count * capacity.litres * (compactionRatio ?? 1)),
    );
    expect(load / room).toBeGreaterThan(1.3);
    expect(load / room).toBeLessThan(2);
    const craneLoad = sum(city.stops.filter(({ lift }) => lift === 'crane').map((stop) => stop.load.litres));
    const cranes = city.vehicles.find(({ lifts }) => lifts?.includes('crane'));
    expect(craneLoad).toBeLessThan(2.5 * (cranes?.count ?? 0) * 8_000 * 2.5);
  });

  it('has one-way streets, three kinds of trucks, three sites, rush hours and market hours', () => {
    const there = city.distanceMetres[10]?.[20];
    expect(there).not.toBe(city.distanceMetres[20]?.[10]);
    expect(city.vehicles).toHaveLength(3);
    expect(city.disposalSites).toHaveLength(3);
    expect(city.zones?.find(({ id }) => id === 'centre')?.windows).toHaveLength(2);
    expect(city.stops.filter(({ windows }) => windows?.length === 2).length).toBeGreaterThan(10);
    expect(city.vehicles.every(({ breaks }) => breaks.length === 1)).toBe(true);
  });

  it('has no way that is longer than a way round, in metres', () => {
    const { distanceMetres: metres } = city;
    const size = 60;
    for (let from = 0; from < size; from++) {
      for (let via = 0; via < size; via++) {
        for (let to = 0; to < size; to++) {
          const direct = metres[from]?.[to] ?? 0;
          // Each leg is rounded.
          expect(direct).toBeLessThanOrEqual((metres[from]?.[via] ?? 0) + (metres[via]?.[to] ?? 0) + 1);
        }
      }
    }
  });
});

describe('its size', () => {
  it('is what was asked for', () => {
    const city = generateCity({ bins: 100, trucks: 25, seed: 1, shift: 'night' });
    expect(city.stops).toHaveLength(100);
    expect(sum(city.vehicles.map(({ count }) => count))).toBe(25);
    expect(city.locations).toHaveLength(105);
  });
});
