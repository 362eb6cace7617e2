import { describe, expect, it } from 'vitest';
import { generateCity } from '../../../../bench/routing/generate-city.ts';
import { cityTravelSchema } from '../../../../shared/city/city-travel.ts';
import { assertValid } from '../../../../shared/routing/assert-valid.ts';
import { withRushHours } from '../../../../shared/routing/travel/rush-hours.ts';
import { city } from '../../../support/small-city.ts';

const { travelProfiles: _, vehicles, ...plain } = generateCity({ bins: 10, seed: 1, shift: 'night' });
const problem = { ...plain, vehicles: vehicles.map(({ travelProfile: __, ...vehicle }) => vehicle) };
const hour = 3_600;
const busy = {
  ...city,
  travel: {
    ...city.travel,
    slots: [
      { from: '19:00', durationFactor: 1 },
      { from: '16:30', durationFactor: 1.6 },
    ],
  },
};

describe('rush hours', () => {
  it('hold every day, in the city’s time, also for shifts over midnight', () => {
    const slowed = withRushHours(problem, busy, '2026-11-22');
    expect(slowed.travelProfiles?.[0]?.slots.slice(0, 4)).toEqual([
      { from: -7.5 * hour, durationFactor: 1.6 },
      { from: -5 * hour, durationFactor: 1 },
      { from: 16.5 * hour, durationFactor: 1.6 },
      { from: 19 * hour, durationFactor: 1 },
    ]);
    expect(slowed.vehicles.every(({ travelProfile }) => travelProfile === 'city')).toBe(true);
    expect(() => assertValid(slowed)).not.toThrow();
  });

  it('leave a vehicle its own profile, and a city without them as it is', () => {
    const own = { ...problem, vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, travelProfile: 'own' })) };
    expect(withRushHours(own, busy, '2026-11-22').vehicles[0]?.travelProfile).toBe('own');
    expect(withRushHours(problem, city, '2026-11-22')).toBe(problem);
  });

  it('begin at different times of day', () => {
    const slots = ['07:00', '07:00'].map((from) => ({ from, durationFactor: 2 }));
    expect(cityTravelSchema.safeParse({ speedKmh: 28, detourFactor: 1.3, slots }).success).toBe(false);
  });
});
