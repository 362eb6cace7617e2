import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Zone } from '../../shared/city/fleet/zone.ts';
import { localeFor } from '../../web/src/i18n/language.ts';
import { banText, zoneDictionaries } from '../../web/src/i18n/zone-words.ts';
import { circleCorners } from '../../web/src/map/sketch-features.ts';
import { zoneFeatures } from '../../web/src/map/zone-features.ts';
import {
  type Corner,
  cornersOf,
  crossingIn,
  outlineOf,
  textOfCorners,
  textOfOutline,
} from '../../web/src/panel/outline/outline-text.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';

const { open } = useConsole();

describe('zones with bans in the console', () => {
  it('are switched on in the legend, and say their hours and trucks as text', async () => {
    const { page } = await open({ viewport: phone, path: '/#tab=fleet' });
    await page.getByText('Chú giải').click();
    await page.getByLabel('Vùng cấm xe và giờ cấm').focus();
    await page.keyboard.press('Space');
    const list = page.locator('.zone-list');
    await list.getByText('05:00–09:00 · Thứ bảy, Chủ nhật · trừ ngày lễ · mọi xe').waitFor();
    await list.getByText('cả ngày · xe nặng quá 12.000 kg, biển số tận cùng 1, 3').waitFor();
    expect(await list.innerText()).toContain('Nội ô (cả thành phố)');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Vùng cấm xe và giờ cấm').uncheck();
    await list.waitFor({ state: 'detached' });
  });

  it('are listed with their hours in the fleet tab, and made of typed corners, hours and trucks', async () => {
    const { page } = await open({ viewport: phone, path: '/#tab=fleet' });
    await page.locator('.fleet-tab select').first().selectOption('zones');
    await page.locator('.fleet-entity', { hasText: '06:00–09:00 · xe nặng quá 5.000 kg' }).waitFor();
    await page.getByRole('button', { name: 'Thêm mới' }).click();
    await page.getByLabel('Mã (không đổi được)').fill('school');
    await page.getByLabel('Tên', { exact: true }).fill('Trường học');
    await page.getByLabel('Ranh giới').fill('10.97, 106.64\n10.98, 106.64');
    await page.getByLabel('Giờ cấm', { exact: true }).fill('6:30-7:30 16:00-17:30');
    await page.getByLabel('Xe dài quá (m)').fill('7,5');
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText('Ghi ít nhất ba góc').waitFor();
    // What is at fault may be screens away from the button: the focus goes there.
    expect(await page.getByLabel('Ranh giới').evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Ranh giới').fill('10.97, 106.64\n10.98, 106.64\n106.65 10.98');
    const put = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByRole('button', { name: 'Lưu' }).click();
    const request = await put;
    expect(request.headers()['if-none-match']).toBe('*');
    expect(request.postDataJSON()).toEqual({
      id: 'school',
      name: 'Trường học',
      area: {
        type: 'Polygon',
        coordinates: [
          [
            [106.64, 10.97],
            [106.64, 10.98],
            [106.65, 10.98],
            [106.64, 10.97],
          ],
        ],
      },
      bans: [
        {
          windows: [
            { from: '06:30', to: '07:30' },
            { from: '16:00', to: '17:30' },
          ],
          over: { lengthMetres: 7.5 },
        },
      ],
    });
    await page.getByText('Đã lưu Trường học.').waitFor();
    await page.locator('.fleet-entity', { hasText: 'xe dài quá 7,5 m' }).waitFor();
  });

  it('say which trucks have a permit', async () => {
    const { page } = await open({ path: '/#tab=fleet', locale: 'en-GB' });
    await page.locator('.fleet-tab select').first().selectOption('zones');
    await page.getByRole('button', { name: /Nội ô/ }).click();
    await page.getByText('Trucks with a permit for this zone: Xe 1 (cẩu lớn).').waitFor();
    // Without a map there is nothing to draw on, and the form says so.
    await page.getByText('type the coordinates').waitFor();
  });
});

describe('the rules of the whole city', () => {
  it('are changed under the version that was seen; who is late is told in words and loses nothing', async () => {
    const { page } = await open({ path: '/#tab=fleet', viewport: phone });
    await page.locator('.fleet-tab select').first().selectOption('city-rules');
    await page.getByLabel('Tái chế + Khác').check();
    await page.getByLabel('Từ', { exact: true }).fill('6:00');
    await page.getByLabel('Thời gian chạy nhân với').fill('3');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText('Có người vừa sửa mục này').waitFor();
    expect(await page.getByLabel('Tái chế + Khác').isChecked()).toBe(true);
    await page.getByLabel('Thời gian chạy nhân với').fill('2,5');
    const put = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByRole('button', { name: 'Lưu' }).click();
    const request = await put;
    expect(request.headers()['if-match']).toBe('"seen"');
    expect(request.postDataJSON()).toEqual({
      mixableStreams: [['other', 'recyclable']],
      slowHours: [{ from: '06:00', to: '08:30', durationFactor: 2.5 }],
    });
    await page.getByText('Đã lưu Quy định chung của thành phố.').waitFor();
    await expect.poll(() => page.getByLabel('Từ', { exact: true }).inputValue()).toBe('06:00');
  });
});

const ring: readonly Corner[] = [
  [106.6, 10.9],
  [106.7, 10.9],
  [106.7, 11],
];
const closed = (corners: readonly Corner[]) => [...corners, corners[0]];

describe('an outline', () => {
  const degree = (most: number) => fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((value) => value / 1e6);
  const corner = fc.tuple(degree(180), degree(90)).map(([longitude, latitude]): Corner => [longitude, latitude]);
  const corners = fc.uniqueArray(corner, { minLength: 3, maxLength: 8, selector: String });

  it('comes back from its text as it was, whatever it is', () => {
    const polygon = corners.map((each) => ({ type: 'Polygon', coordinates: [closed(each)] }));
    const withHoles = fc.tuple(corners, corners).map((rings) => ({ type: 'Polygon', coordinates: rings.map(closed) }));
    const several = corners.map((each) => ({ type: 'MultiPolygon', coordinates: [[closed(each)]] }));
    fc.assert(
      fc.property(fc.oneof(polygon, withHoles, several), (outline) => {
        expect(outlineOf(textOfOutline(outline))).toEqual(JSON.parse(JSON.stringify(outline)));
      }),
    );
  });

  it('is read with latitude first, or longitude where it can be nothing else; closed or not', () => {
    expect(cornersOf('10.98, 106.65\n106.66;10.98\n\n 10.97  106.66 ')).toEqual([
      [106.65, 10.98],
      [106.66, 10.98],
      [106.66, 10.97],
    ]);
    expect(cornersOf(`${textOfCorners(ring)}\n10.9, 106.6`)).toEqual(ring);
    expect(cornersOf('10.98, 106.65\nnorth')).toBeUndefined();
    expect(cornersOf('95, 106.65')).toBeUndefined();
    expect(cornersOf('')).toEqual([]);
    expect(outlineOf('{"type":"Point"}')).toBeUndefined();
    expect(outlineOf('10.98, 106.65\n10.99, 106.65')).toBeUndefined();
  });

  it('is known to cross itself while it is drawn or pasted, and where', () => {
    const bowTie = '10.90, 106.60\n10.92, 106.62\n10.90, 106.62\n10.92, 106.60';
    expect(crossingIn(bowTie)).toEqual([106.61, 10.91]);
    expect(crossingIn(bowTie.split('\n').slice(0, 3).join('\n'))).toBeUndefined();
    const square = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ];
    const tie = [
      [4, 0],
      [6, 2],
      [6, 0],
      [4, 2],
      [4, 0],
    ];
    expect(crossingIn(JSON.stringify({ type: 'MultiPolygon', coordinates: [[square], [tie]] }))).toEqual([5, 1]);
    expect(crossingIn(JSON.stringify({ type: 'MultiPolygon', coordinates: [[square]] }))).toBeUndefined();
    for (const text of ['', 'north', '{"type":"Polygon"}', '{"type":"Polygon","coordinates":[[1,[2,"x"]]]}'])
      expect(crossingIn(text)).toBeUndefined();
  });

  it('of a circle lies a radius away from its centre', () => {
    const places = circleCorners({ centre: { latitude: 10.98, longitude: 106.65 }, radiusMetres: 500 });
    for (const [longitude, latitude] of places) {
      const north = (latitude - 10.98) * 111_195;
      const east = (longitude - 106.65) * 111_195 * Math.cos((10.98 * Math.PI) / 180);
      expect(Math.hypot(north, east)).toBeCloseTo(500, 3);
    }
  });
});

describe('a zone on the map', () => {
  const zone = (area: Zone['area']): Zone => ({ id: 'z', name: 'Z', area, bans: [{}] });

  it('has its name in the middle of its largest part, once', () => {
    const square = (west: number, south: number, side: number) => [
      [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south],
      ],
    ];
    const area = { type: 'MultiPolygon', coordinates: [square(106, 10, 0.01), square(107, 11, 0.1)] } as Zone['area'];
    const { features } = zoneFeatures([zone(area), zone('city')], ({ name }) => name);
    const labels = features.filter(({ geometry }) => geometry.type === 'Point');
    expect(features).toHaveLength(2);
    expect(labels[0]?.properties).toMatchObject({ label: 'Z' });
    const [longitude, latitude] = labels[0]?.geometry.type === 'Point' ? labels[0].geometry.coordinates : [];
    expect(longitude).toBeCloseTo(107.05, 9);
    expect(latitude).toBeCloseTo(11.05, 9);
  });

  it('tells each ban in both languages, also one for everybody at all times', () => {
    const [vi, en] = [localeFor('vi', 'Asia/Ho_Chi_Minh'), localeFor('en', 'Asia/Ho_Chi_Minh')];
    expect(banText({}, vi)).toBe('cả ngày · mọi xe');
    expect(banText({ dates: 'odd', over: { widthMetres: 2.2, heightMetres: 3 } }, en)).toBe(
      'all day · odd dates · trucks wider than 2.2 m, trucks higher than 3 m',
    );
    for (const key of Object.keys(zoneDictionaries.vi) as (keyof typeof zoneDictionaries.vi)[]) {
      const [word, other] = [zoneDictionaries.vi[key], zoneDictionaries.en[key]];
      const said = (each: typeof word) => (typeof each === 'function' ? each('5', '6') : each);
      expect(said(word)).toBeTruthy();
      expect(said(word)).not.toBe(said(other));
    }
  });
});
