import { describe, expect, it } from 'vitest';
import { vehicleSchema } from '../../../shared/city/entities.ts';
import { buildProblem } from '../../../shared/routing/build-problem.ts';
import { windowsUntil } from '../../../shared/routing/empty-by.ts';
import { greatCircleTravelTimes } from '../../../shared/routing/travel/great-circle.ts';
import { aBin, aTruck, city } from '../../support/small-city.ts';

const east = (metres: number) => ({ latitude: 10.98, longitude: 106.65 + metres / 109_300 });
const depot = { id: 'depot-1', name: 'Depot', position: east(0) };

const problemOf = async (bins: Parameters<typeof buildProblem>[0]['bins']) => {
  const truck = aTruck('t', { costPerKmVnd: 10_000, costPerHourVnd: 36_000 });
  const problem = await buildProblem({
    city,
    serviceDate: '2026-11-22',
    notBefore: 0,
    bins,
    fleet: { vehicles: [vehicleSchema.parse(truck)], depots: [depot], disposalSites: [] },
    travelTimes: greatCircleTravelTimes(city.travel),
  });
  if (problem === undefined) throw new Error('no truck');
  return problem;
};

describe('what a bin that may wait is worth', () => {
  it('grows with the way that it saves, and with the share of a stop; one that must be served has no price', async () => {
    const bin = (id: string) => aBin(id, { position: east(500), serviceSeconds: 120 });
    const { stops } = await problemOf([
      { bin: bin('must'), expectedFraction: 0.9 },
      { bin: bin('urgent'), expectedFraction: 0.7, urgency: 1, savedMetres: 2_800 },
      { bin: bin('calm'), expectedFraction: 0.7, urgency: 0.25, savedMetres: 2_800 },
      { bin: bin('far'), expectedFraction: 0.7, urgency: 1, savedMetres: 5_600 },
    ]);
    const [must, urgent, calm, far] = stops.map(({ prize }) => prize);
    expect(must).toBeUndefined();
    // 2.8 km at 10 VND a metre, and 360 s at 28 km/h and a stop of 120 s for 10 VND each.
    expect(urgent).toBeCloseTo(28_000 + 3_600 + 1_200, 6);
    expect(calm).toBeCloseTo(28_000 + 3_600 + 300, 6);
    expect(far).toBeCloseTo(2 * (28_000 + 3_600) + 1_200, 6);
  });
});

describe('a bin that must be emptied by an hour', () => {
  it('is visited before that hour on the night it falls into', async () => {
    const bin = aBin('b', { service: { emptyBy: '01:30' } });
    const [stop] = (await problemOf([{ bin, expectedFraction: 0.9 }])).stops;
    // The shift begins at 20:00; 01:30 is of the day after.
    expect(stop?.windows).toEqual([[20 * 3_600, 25.5 * 3_600]]);
  });

  it('has its own windows cut off there', () => {
    const clock = (epochMs: number): number => (epochMs - Date.UTC(2026, 10, 21, 17)) / 1_000;
    const windows: [number, number][] = [
      [72_000, 80_000],
      [82_000, 100_000],
      [110_000, 120_000],
    ];
    expect(windowsUntil(windows, '01:00', city, '2026-11-22', clock, 72_000)).toEqual([
      [72_000, 80_000],
      [82_000, 90_000],
    ]);
  });
});
