import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specialDaySchema, type Vehicle, type Zone } from '../../../../shared/city/entities.ts';
import { metresInside } from '../../../../shared/routing/fleet/area.ts';
import { greatCircleMetres } from '../../../../shared/routing/travel/great-circle.ts';
import { aBin, city } from '../../../support/small-city.ts';
import {
  DATE,
  dayTruck,
  depot,
  HOUR,
  innerCity,
  inTown,
  landfill,
  type Outcome,
  outOfTown,
  plan,
  reasonOf,
  serviceOf,
} from './night.ts';

const large = (id: string, more: Partial<Vehicle> = {}) =>
  dayTruck(id, { size: { grossWeightKg: 16_000 }, plate: '61C-123.45', ...more });
const small = (id: string, more: Partial<Vehicle> = {}) =>
  dayTruck(id, { size: { grossWeightKg: 4_900 }, plate: '61C-111.22', ...more });

/** Trucks over 5 t are banned in the morning and the evening rush. */
const rushHours = {
  over: { grossWeightKg: 5_000 },
  windows: [
    { from: '06:00', to: '09:00' },
    { from: '16:00', to: '20:00' },
  ],
};

const planIn = (zone: Zone, vehicles: readonly Vehicle[], more: Parameters<typeof plan>[0] = {}): Promise<Outcome> =>
  plan({ ...more, fleet: { vehicles, zones: [zone], ...more.fleet } });

describe('a zone that is closed to some trucks at some hours', () => {
  it('lets a large truck in when it is out again before the ban, or after it', async () => {
    const service = serviceOf(
      await planIn(innerCity([rushHours]), [large('t1', { shift: { from: '05:50', to: '15:00' } })]),
      'town',
    );
    expect(service?.from).toBeGreaterThan(9);
    const early = serviceOf(
      await planIn(innerCity([rushHours]), [large('t1', { shift: { from: '04:00', to: '08:00' } })]),
      'town',
    );
    expect(early?.to).toBeLessThan(6);
  });

  it('holds no small truck, and lets the large one work elsewhere meanwhile', async () => {
    const vehicles = [
      large('large', { shift: { from: '06:00', to: '09:00' } }),
      small('small', { costPerKmVnd: 90_000 }),
    ];
    const outcome = await planIn(innerCity([rushHours]), vehicles, { bins: [inTown, outOfTown] });
    expect(serviceOf(outcome, 'town')?.vehicleId).toBe('small');
    expect(serviceOf(outcome, 'out')).toBeDefined();
    const alone = await planIn(innerCity([rushHours]), vehicles.slice(0, 1), { bins: [inTown, outOfTown] });
    expect(serviceOf(alone, 'out')?.vehicleId).toBe('large');
    expect(reasonOf(alone, 'town')).toBe('no truck with what it needs may enter zone Nội ô');
  });

  it('lets trucks with a permit in; takes a truck that nobody weighed for a large one', async () => {
    const shift = { from: '06:00', to: '09:00' };
    const permitted = await planIn(innerCity([rushHours]), [large('t1', { shift, permits: ['inner'] })]);
    expect(serviceOf(permitted, 'town')?.vehicleId).toBe('t1');
    const unknown = await planIn(innerCity([rushHours]), [dayTruck('t1', { shift })]);
    expect(serviceOf(unknown, 'town')).toBeUndefined();
  });

  it.each([
    ['weekdays', { ...rushHours, weekdays: ['mon' as const] }],
    ['odd dates', { ...rushHours, dates: 'odd' as const }],
  ])('is open on other days: %s', async (_, ban) => {
    const [trucks, monday] = [[large('t1', { shift: { from: '06:00', to: '09:00' } })], '2026-11-23'];
    expect(serviceOf(await planIn(innerCity([ban]), trucks), 'town')).toBeDefined();
    expect(serviceOf(await planIn(innerCity([ban]), trucks, { date: monday }), 'town')).toBeUndefined();
  });

  it('is open on the holidays on which the ban is lifted, not on a market day', async () => {
    const trucks = [large('t1', { shift: { from: '06:00', to: '09:00' } })];
    const zone = innerCity([{ ...rushHours, liftedOnHolidays: true }]);
    const on = (kind: string, ward?: string) =>
      planIn(zone, trucks, {
        fleet: { specialDays: [specialDaySchema.parse({ id: 'd', date: DATE, kind, name: 'Tết', ward })] },
      });
    expect(serviceOf(await on('holiday'), 'town')).toBeDefined();
    expect(serviceOf(await on('market-day'), 'town')).toBeUndefined();
    expect(serviceOf(await on('holiday', 'Phường Phú Lợi'), 'town')).toBeUndefined();
  });

  it('counts a ban of the night before that still lasts', async () => {
    const zone = innerCity([{ windows: [{ from: '22:00', to: '07:00' }] }]);
    expect(serviceOf(await planIn(zone, [small('t1')]), 'town')?.from).toBeGreaterThan(7);
  });

  it('closes a disposal site in it for all, when it holds one of the trucks', async () => {
    const around = innerCity([rushHours], {
      area: {
        type: 'Polygon',
        coordinates: [
          [
            [106.61, 11.01],
            [106.63, 11.01],
            [106.63, 11.03],
            [106.61, 11.03],
            [106.61, 11.01],
          ],
        ],
      },
    });
    const { solution } = await planIn(around, [large('t1', { shift: { from: '06:30', to: '15:00' } })]);
    const visit = solution.routes[0]?.visits.find(({ kind }) => kind === 'disposal');
    expect(visit?.serviceStartsAt).toBeGreaterThanOrEqual(9 * HOUR);
  });
});

describe('a ban of the whole city', () => {
  /** Odd plates stay at home on even dates, even plates on odd ones. */
  const zone = innerCity(
    [
      { plateEndings: [1, 3, 5, 7, 9], dates: 'even' },
      { plateEndings: [0, 2, 4, 6, 8], dates: 'odd' },
    ],
    { area: 'city' },
  );

  it('keeps trucks at home by the last digit of their plate and the date', async () => {
    const vehicles = [large('odd'), small('even', { costPerKmVnd: 90_000 })];
    expect(serviceOf(await planIn(zone, vehicles), 'town')?.vehicleId).toBe('even');
    expect(serviceOf(await planIn(zone, vehicles, { date: '2026-11-23' }), 'town')?.vehicleId).toBe('odd');
  });

  it('cuts a shift to its longest part that is open', async () => {
    const noon = innerCity([{ windows: [{ from: '07:00', to: '08:00' }] }], { area: 'city' });
    const { problem } = await planIn(noon, [small('t1')]);
    expect(problem.vehicles[0]?.shift).toEqual([8 * HOUR, 15 * HOUR]);
  });
});

describe('a depot in a zone', () => {
  it('is left and reached outside of the ban', async () => {
    const home = innerCity([rushHours], {
      area: {
        type: 'Polygon',
        coordinates: [
          [
            [106.63, 10.985],
            [106.645, 10.985],
            [106.645, 10.995],
            [106.63, 10.995],
            [106.63, 10.985],
          ],
        ],
      },
    });
    const shift = { from: '06:00', to: '17:00' };
    const { problem } = await planIn(home, [large('t1', { shift })]);
    expect(metresInside(home.area, depot.position)).toBeGreaterThan(0);
    expect(problem.vehicles[0]?.shift).toEqual([9 * HOUR, 16 * HOUR]);
  });
});

const clock = (hours: number): string =>
  `${String(Math.floor(hours)).padStart(2, '0')}:${hours % 1 === 0 ? '00' : '30'}`;
const half = (from: number, to: number) => fc.integer({ min: 2 * from, max: 2 * to }).map((halves) => halves / 2);
const rush = fc.tuple(half(0, 22), half(1, 6)).map(([from, hours]) => ({ from, to: Math.min(24, from + hours) }));
/** Most lie in the zone. */
const position = fc.record({
  latitude: fc.integer({ min: 10_968, max: 10_989 }).map((milli) => milli / 1_000),
  longitude: fc.integer({ min: 106_641, max: 106_662 }).map((milli) => milli / 1_000),
});
const drawnCity = fc.record({
  tonnes: fc.constantFrom(3, 5),
  rushes: fc.array(rush, { minLength: 1, maxLength: 3 }),
  trucks: fc.array(
    fc.record({
      tonnes: fc.constantFrom(4, 8, undefined),
      from: half(0, 20),
      permit: fc.nat(4).map((number) => number === 0),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  bins: fc.array(position, { minLength: 1, maxLength: 6 }),
});
type DrawnCity = typeof drawnCity extends fc.Arbitrary<infer T> ? T : never;

const planDrawn = async ({ tonnes, rushes, trucks, bins }: DrawnCity) => {
  const windows = rushes.map(({ from, to }) => ({ from: clock(from), to: clock(to) }));
  const zone = innerCity([{ over: { grossWeightKg: tonnes * 1_000 }, windows }]);
  const vehicles = trucks.map((truck, index) =>
    dayTruck(`t${index}`, {
      shift: { from: clock(truck.from), to: clock((truck.from + 8) % 24) },
      ...(truck.tonnes !== undefined && { size: { grossWeightKg: truck.tonnes * 1_000 } }),
      ...(truck.permit && { permits: ['inner'] }),
    }),
  );
  const known = bins.map((at, index) => aBin(`b${index}`, { position: at, serviceSeconds: 300 }));
  const outcome = await planIn(zone, vehicles, { bins: known, iterations: 20 });
  return known.flatMap((bin) => {
    const metres = metresInside(zone.area, bin.position);
    const service = serviceOf(outcome, bin.id);
    if (metres === undefined || service === undefined) return [];
    const truck = trucks[Number(service.vehicleId.slice(1))];
    const way = (metres * city.travel.detourFactor) / (city.travel.speedKmh / 3.6) / HOUR;
    return truck?.permit || (truck?.tonnes ?? 99) <= tonnes ? [] : [{ service, way }];
  });
};

describe('any city of bans', () => {
  it('never has a truck in a closed zone, nor on its way in or out', async () => {
    let held = 0;
    await fc.assert(
      fc.asyncProperty(drawnCity, async (drawn) => {
        const bans = [0, 24].flatMap((day) => drawn.rushes.map(({ from, to }) => [from + day, to + day] as const));
        for (const { service, way } of await planDrawn(drawn)) {
          for (const [from, to] of bans) {
            const isClear = service.to + way <= from + 1e-6 || service.from - way >= to - 1e-6;
            expect(isClear, `${JSON.stringify(service)} against ${from}–${to}`).toBe(true);
          }
          held += 1;
        }
      }),
      { numRuns: 60 },
    );
    expect(held).toBeGreaterThan(0);
  });
});

describe('an area', () => {
  const { area } = innerCity([rushHours]);

  it('knows how far its nearest edge is', () => {
    const edge = { latitude: 10.97, longitude: inTown.position.longitude };
    expect(metresInside(area, inTown.position)).toBeCloseTo(
      greatCircleMetres(inTown.position, { latitude: 10.98, longitude: 106.64 }),
      -1,
    );
    expect(metresInside(area, { ...edge, latitude: 10.971 })).toBeCloseTo(111, 0);
    expect(metresInside(area, landfill.position)).toBeUndefined();
  });

  it('has holes, and several parts', () => {
    const [ring = []] = area === 'city' || area.type !== 'Polygon' ? [] : area.coordinates;
    const hole = [
      [106.645, 10.975],
      [106.655, 10.975],
      [106.655, 10.985],
      [106.645, 10.985],
      [106.645, 10.975],
    ];
    const holed = { type: 'Polygon' as const, coordinates: [ring, hole as typeof ring] };
    expect(metresInside(holed, inTown.position)).toBeUndefined();
    expect(metresInside(holed, { latitude: 10.972, longitude: 106.65 })).toBeGreaterThan(200);
    const parts = { type: 'MultiPolygon' as const, coordinates: [[hole as typeof ring], holed.coordinates] };
    expect(metresInside(parts, inTown.position)).toBeGreaterThan(500);
  });
});
