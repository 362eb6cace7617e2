import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planToGpx } from '../../../../shared/routing/exports/gpx.ts';
import { xmlText } from '../../../../shared/routing/exports/xml.ts';
import { type GpxElement, gpxFaults, parseXml } from '../../../support/gpx-schema.ts';
import { aPlanOfTwoTrucks } from '../../../support/plan-of-two-trucks.ts';

const plan = aPlanOfTwoTrucks('plan-a', Date.UTC(2026, 10, 22, 10));
const options = { cityName: 'Thủ Dầu Một', language: 'both' } as const;

const children = (element: GpxElement, name: string) => element.children.filter((child) => child.name === name);
const textOf = (element: GpxElement | undefined, name: string) => element && children(element, name)[0]?.text;

describe('a plan as GPX', () => {
  const gpx = parseXml(planToGpx(plan, plan.routes, options));

  it('keeps the schema of GPX 1.1: elements, their order, attributes and types', () => {
    expect(gpxFaults(gpx)).toEqual([]);
    expect(gpx.attributes).toMatchObject({ version: '1.1', xmlns: 'http://www.topografix.com/GPX/1/1' });
  });

  it('has a route for each truck with its stops in the order driven, breaks left out', () => {
    const routes = children(gpx, 'rte');
    expect(routes.map((route) => textOf(route, 'name'))).toEqual(['Xe 1; cẩu, 14 m³', 'Xe 2']);
    const points = children(routes[0] ?? gpx, 'rtept');
    expect(points.map((point) => textOf(point, 'name'))).toEqual([
      '00 Bãi xe Phú Cường',
      '01 Chợ "Thủ", cổng <A> & B',
      '02 Đinh Bộ Lĩnh; số 5\\7',
      '03 Khu xử lý "Nam Bình Dương"',
      '04 =HYPERLINK("x")',
      '05 Khu xử lý "Nam Bình Dương"',
      '06 Bãi xe Phú Cường',
    ]);
    expect(points[1]?.attributes).toEqual({ lat: '10.981', lon: '106.659' });
    expect(textOf(points[1], 'time')).toBe('2026-11-22T13:20:00.000Z');
    expect(textOf(points[1], 'desc')).toBe('đầy trước 04:00 / full by 04:00');
  });

  it('has one waypoint for a place that several trucks come to', () => {
    expect(children(gpx, 'wpt')).toHaveLength(6);
    expect(gpxFaults(parseXml(planToGpx(plan, plan.routes.slice(1), { ...options, language: 'vi' })))).toEqual([]);
    expect(gpxFaults(parseXml(planToGpx(plan, [], options)))).toEqual([]);
  });

  it('writes whatever a name holds so that it is read again', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const route = plan.routes[1];
        if (route === undefined) throw new Error('no route');
        const written = parseXml(planToGpx(plan, [{ ...route, vehicleName: `x${name}` }], options));
        expect(gpxFaults(written)).toEqual([]);
        // What XML cannot say at all is replaced, nothing else.
        const sayable = [...`x${name}`].map((character) =>
          /[\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(character) ? character : '\uFFFD',
        );
        expect(textOf(children(written, 'rte')[0], 'name')).toBe(sayable.join(''));
      }),
    ));

  it('writes degrees without exponents, on every part of the globe', () => {
    const [route] = plan.routes;
    const [stop] = route?.stops ?? [];
    if (route === undefined || stop === undefined) throw new Error('no stop');
    for (const [latitude, longitude, lat, lon] of [
      [1e-7, -1e-9, '0.0000001', '-0'],
      [-33.8688197, -180, '-33.8688197', '-180'],
      [90, 100, '90', '100'],
    ] as const) {
      const moved = { ...route, stops: [{ ...stop, position: { latitude, longitude } }] };
      const written = parseXml(planToGpx(plan, [moved], options));
      expect(gpxFaults(written)).toEqual([]);
      expect(children(written, 'wpt')[0]?.attributes).toEqual({ lat, lon });
    }
  });
});

describe('text in XML', () => {
  it('escapes what would be markup, in attributes too', () => {
    expect(xmlText(`<a href="x" b='y'> & ]]>`)).toBe('&lt;a href=&quot;x&quot; b=&apos;y&apos;&gt; &amp; ]]&gt;');
  });
});
