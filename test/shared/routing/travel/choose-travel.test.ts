import { describe, expect, it } from 'vitest';
import type { City } from '../../../../shared/city/entities.ts';
import { chooseTravel } from '../../../../shared/routing/travel/choose-travel.ts';
import { type TravelTimes, TravelUnavailableError } from '../../../../shared/routing/travel/travel-times.ts';
import { city } from '../../../support/small-city.ts';

const places = [
  { latitude: 10.9, longitude: 106.6 },
  { latitude: 10.91, longitude: 106.6 },
];
const wanting = (source?: City['travel']['source']): City => ({
  ...city,
  travel: { speedKmh: 30, detourFactor: 1.3, ...(source && { source }) },
});
const saying =
  (source: string): (() => TravelTimes) =>
  () =>
  async () => ({ distanceMetres: [], durationSeconds: [], source });
const failing =
  (error: Error): (() => TravelTimes) =>
  () =>
  () =>
    Promise.reject(error);

describe('where travel times come from', () => {
  it('is what the city’s profile says, else what the deployment says, else the stored roads', async () => {
    const offers = { roads: saying('roads'), osrm: saying('OSRM'), valhalla: saying('Valhalla') };
    expect((await chooseTravel(wanting('osrm'), offers, 'valhalla')(places)).source).toBe('OSRM');
    expect((await chooseTravel(wanting(), offers, 'valhalla')(places)).source).toBe('Valhalla');
    expect((await chooseTravel(wanting(), offers)(places)).source).toBe('roads');
    expect((await chooseTravel(wanting('great-circle'), offers)(places)).source).toBe('great-circle × 1.3 at 30 km/h');
  });

  it('falls back to great-circle × detour, and says why', async () => {
    const offers = { roads: failing(new TravelUnavailableError('no roads are stored')) };
    const { source, distanceMetres, lines } = await chooseTravel(wanting(), offers)(places);
    expect(source).toBe('great-circle × 1.3 at 30 km/h (no roads are stored)');
    expect(distanceMetres[0]?.[1]).toBe(1_446);
    expect(lines).toBeUndefined();
    expect((await chooseTravel(wanting('osrm'), offers)(places)).source).toBe(
      'great-circle × 1.3 at 30 km/h (OSRM is not set up in this deployment)',
    );
  });

  it('does not hide what is broken', async () => {
    await expect(chooseTravel(wanting(), { roads: failing(new TypeError('oh')) })(places)).rejects.toThrow('oh');
  });

  it('does not pretend that straight lines go round a closed area', async () => {
    const closed = { areas: [{ centre: { latitude: 10.905, longitude: 106.6 }, radiusMetres: 100 }], open: [] };
    const straight = chooseTravel(wanting('great-circle'), {})(places, closed);
    await expect(straight).rejects.toMatchObject({
      name: 'ClosedWaysUnknownError',
      messageVi: expect.stringContaining('chim bay'),
    });
    const offers = { roads: failing(new TravelUnavailableError('no roads are stored')) };
    const gone = chooseTravel(wanting(), offers)(places, closed);
    await expect(gone).rejects.toMatchObject({ name: 'ClosedWaysUnknownError', message: 'no roads are stored' });
  });

  it('leaves lines straight that cannot be had', async () => {
    const lines = () => Promise.reject(new TravelUnavailableError('gone'));
    const times: TravelTimes = async () => ({ distanceMetres: [], durationSeconds: [], source: 'roads', lines });
    const matrix = await chooseTravel(wanting(), { roads: () => times })(places);
    expect(await matrix.lines?.(places)).toEqual([undefined]);
  });
});
