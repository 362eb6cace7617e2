import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planToCsv } from '../../../../shared/routing/exports/csv.ts';
import {
  appleMapsLink,
  geoUri,
  googleMapsLinks,
  navigationStops,
  WAYPOINTS_IN_BROWSER,
} from '../../../../shared/routing/exports/navigation.ts';
import { aPlanOfTwoTrucks } from '../../../support/plan-of-two-trucks.ts';

const plan = aPlanOfTwoTrucks('plan-a', Date.UTC(2026, 10, 22, 10));
const zone = 'Asia/Ho_Chi_Minh';

describe('a plan as CSV', () => {
  const rows: Record<string, string>[] = parse(planToCsv(plan, plan.routes, zone), {
    columns: true,
    record_delimiter: '\r\n',
  });

  it('has a row for each stop of each truck, in the order driven', () => {
    expect(rows.map(({ vehicleId, order }) => `${vehicleId}/${order}`)).toEqual([
      ...Array.from({ length: 8 }, (_, order) => `t1/${order}`),
      ...Array.from({ length: 4 }, (_, order) => `t2/${order}`),
    ]);
    expect(rows[1]).toMatchObject({
      planId: 'plan-a',
      kind: 'bin',
      placeId: 'bin-1',
      name: 'Chợ "Thủ", cổng <A> & B',
      latitude: '10.981',
      arrivesAt: '2026-11-22T13:20:00.000Z',
      arrivesAtLocal: '2026-11-22 20:20',
      trip: '1',
      expectedFillFraction: '0.8',
      reasonVi: 'đầy trước 04:00',
    });
  });

  it('leaves empty what does not apply', () => {
    expect(rows[4]).toMatchObject({ kind: 'break', placeId: '', latitude: '', trip: '', expectedFillFraction: '' });
  });

  it('gives a spreadsheet no formula, and numbers as numbers, west of Greenwich too', () => {
    expect(rows.find(({ placeId }) => placeId === 'bin-3')?.name).toBe(`'=HYPERLINK("x")`);
    const [route] = plan.routes;
    const [stop] = route?.stops ?? [];
    if (route === undefined || stop === undefined) throw new Error('no stop');
    const west = { ...route, stops: [{ ...stop, position: { latitude: 36.7, longitude: -4.42 } }] };
    const [row]: Record<string, string>[] = parse(planToCsv(plan, [west], zone), { columns: true });
    expect(row?.longitude).toBe('-4.42');
  });

  it('carries any name there and back', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aế",;\n\r=@ \t🗑'), maxLength: 30 }), (name) => {
        const [route] = plan.routes;
        if (route === undefined) throw new Error('no route');
        const [row]: Record<string, string>[] = parse(planToCsv(plan, [{ ...route, vehicleName: `x${name}` }], zone), {
          columns: true,
          record_delimiter: '\r\n',
        });
        expect(row?.vehicleName).toBe(`x${name}`);
      }),
    ));
});

describe('links for navigation', () => {
  const places = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ name: `${n}`, position: { latitude: 10 + n / 1_000, longitude: 106 } }));
  const parts = (url: string) => {
    const { searchParams } = new URL(url);
    const waypoints = searchParams.get('waypoints')?.split('|') ?? [];
    return { origin: searchParams.get('origin'), waypoints, destination: searchParams.get('destination') ?? '' };
  };
  const text = (n: number) => `${10 + n / 1_000},106`;

  it('hold every stop once and in order, no more than phones accept, each going on where the one before ended', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.constantFrom(3, 9), (count, most) => {
        const links = googleMapsLinks(places(count), most);
        const visited = links.flatMap(({ url }) => [...parts(url).waypoints, parts(url).destination]);
        expect(visited).toEqual(Array.from({ length: count }, (_, n) => text(n)));
        links.forEach(({ url, from, to }, index) => {
          const { origin, waypoints } = parts(url);
          expect(waypoints.length).toBeLessThanOrEqual(most);
          expect(to - from).toBe(waypoints.length);
          expect(origin).toBe(index === 0 ? null : text(from - 2));
          expect(url.length).toBeLessThan(2_048);
        });
      }),
    ));

  it('are of the stops that stand somewhere, and say a place once where a truck stays', () => {
    const stops = navigationStops(plan.routes[0]?.stops ?? []);
    expect(stops.map(({ name }) => name)).toEqual([
      'Bãi xe Phú Cường',
      'Chợ "Thủ", cổng <A> & B',
      'Đinh Bộ Lĩnh; số 5\\7',
      'Khu xử lý "Nam Bình Dương"',
      '=HYPERLINK("x")',
      'Khu xử lý "Nam Bình Dương"',
      'Bãi xe Phú Cường',
    ]);
    const depot = plan.routes[0]?.stops[0];
    if (depot === undefined) throw new Error('no stop');
    expect(navigationStops([depot, depot, { ...depot, kind: 'break' }, depot])).toHaveLength(1);
    const [first] = googleMapsLinks(stops, WAYPOINTS_IN_BROWSER);
    expect(first?.url).toBe(
      'https://www.google.com/maps/dir/?api=1&travelmode=driving&destination=11.07%2C106.7&waypoints=10.97%2C106.65%7C10.981%2C106.659%7C10.982%2C106.658',
    );
  });

  it('for one place are a geo URI with its name, and Apple’s', () => {
    const place = { name: 'Chợ (cổng 2) & bến', position: { latitude: 10.98, longitude: -106.65 } };
    expect(geoUri(place)).toBe(`geo:10.98,-106.65?q=${encodeURIComponent('10.98,-106.65(Chợ  cổng 2  & bến)')}`);
    expect(appleMapsLink(place)).toBe('https://maps.apple.com/?daddr=10.98%2C-106.65&dirflg=d');
  });
});
