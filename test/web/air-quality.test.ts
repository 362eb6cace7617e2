import { describe, expect, it } from 'vitest';
import { usAqiCategories } from '../../shared/environment/indices/us-aqi-tables.ts';
import { vnAqiCategories } from '../../shared/environment/indices/vn-aqi-tables.ts';
import { textOn } from '../../web/src/format/text-on.ts';
import { airDictionaries } from '../../web/src/i18n/air-words.ts';
import { airLooks, airMarkers } from '../../web/src/map/air-marker.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';
import { openIndices } from './support/fixture-air.ts';

const { open } = useConsole();

const cardOf = async (options: Parameters<typeof open>[0], name: string) => {
  const { page, faults } = await open({ path: '/#tab=environment', ...options });
  const section = page.locator('article.station', { hasText: name }).locator('.air');
  await section.scrollIntoViewIfNeeded();
  return { page, faults, section };
};

describe('the air’s quality in the console', () => {
  it('is VN_AQI with number, category and the decision’s colour, what decided it, the day’s and EPA’s', async () => {
    const { section, faults } = await cardOf({}, 'Trạm Bạch Đằng');
    const now = section.locator('.air-now .aqi-badge');
    await now.waitFor();
    expect(await now.innerText()).toBe('VN_AQI 171 · Xấu');
    const colours = await now.evaluate((element) => {
      const { color, backgroundColor } = getComputedStyle(element);
      return { color, backgroundColor };
    });
    expect(colours).toEqual({ color: 'rgb(0, 0, 0)', backgroundColor: 'rgb(255, 0, 0)' });
    const text = await section.innerText();
    // The city's clock, wherever the browser is: 21:00–22:00.
    for (const words of ['giờ 21:00–22:00', 'Thông số quyết định: Bụi PM2.5', 'VN_AQI 82 · Trung bình', 'US AQI'])
      expect(text).toContain(words);
    expect(faults).toEqual([]);
  });

  it('tells its advice and sub-indices to the keyboard', async () => {
    const { page, section } = await cardOf({ locale: 'en-GB' }, 'Trạm Bạch Đằng');
    await section.getByText('Health advice').focus();
    await page.keyboard.press('Enter');
    const advice = await section.locator('.air-advice').innerText();
    for (const words of ['Everybody', 'avoid lasting exercise', 'Sensitive groups', 'Stay indoors']) {
      expect(advice).toContain(words);
    }
    await section.locator('summary', { hasText: 'VN_AQI: sub-indices' }).focus();
    await page.keyboard.press('Enter');
    const rows = await section.locator('details[open] tbody tr').allInnerTexts();
    expect(rows.map((row) => row.replace(/\s+/g, ' ').trim())).toEqual([
      expect.stringMatching(/PM2\.5 171 dominant 110 µg\/m³, NowCast of 12 hours 100%/),
      expect.stringMatching(/25 50 µg\/m³, 1-hour mean 100%/),
    ]);
    expect(await section.innerText()).toContain('Method: VN_AQI hourly, 1459/QĐ-TCMT (2019), 1');
  });

  it('of a reference station is concentrations only, with the article', async () => {
    const { section } = await cardOf({}, 'Cảm biến Hiệp Thành');
    await section.locator('.notice').waitFor();
    const text = await section.innerText();
    for (const words of ['Trạm tham khảo: chỉ công bố nồng độ', 'Điều 29', '110 µg/m³', 'thiếu dữ liệu (50%)']) {
      expect(text).toContain(words);
    }
    expect(await section.locator('.aqi-badge').count()).toBe(0);
  });

  it('that cannot be computed says why, once', async () => {
    const { section } = await cardOf({ locale: 'en-GB' }, 'Trạm Phú Lợi');
    await section.locator('.notice').waitFor();
    expect(await section.innerText()).toBe('Air quality\n\nNo VN_AQI: None of the index’s quantities has enough data');
  });

  it('fits a phone, with names and room for a thumb', async () => {
    const { page, section } = await cardOf({ viewport: phone }, 'Trạm Bạch Đằng');
    await section.locator('summary', { hasText: 'VN_AQI: chỉ số từng thông số' }).click();
    await section.getByText('Khuyến nghị sức khỏe').click();
    expect(await accessibilityFaults(page)).toEqual([]);
    const box = await section.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(phone.width);
    for (const summary of await section.locator('summary').all()) {
      expect((await summary.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(43.5);
    }
  });
});

describe('air stations on the map', () => {
  it('have the colour of their category and the number as text; without an index they stay plain', () => {
    const { indices } = openIndices();
    expect(indices.map(({ stationId }) => stationId)).toEqual(['air-1', 'air-2']);
    expect([...airLooks(indices)]).toEqual([['air-1', { icon: 'air-4', label: '171' }]]);
    for (const { level } of vnAqiCategories) expect(airMarkers).toHaveProperty(`air-${level}`);
  });
});

describe('text on a category’s colour', () => {
  const channel = (part: number): number =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;

  it.each([...vnAqiCategories, ...usAqiCategories])('$nameEn stands out 4.5 to 1', ({ rgb }) => {
    const [red, green, blue] = rgb.map(channel) as [number, number, number];
    const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    const contrast = textOn(rgb) === '#000000' ? (luminance + 0.05) / 0.05 : 1.05 / (luminance + 0.05);
    expect(contrast).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the words for the air’s quality', () => {
  const texts = ({ periods, ...words }: (typeof airDictionaries)['vi']): string[] => [
    ...Object.values(periods),
    ...Object.values(words).map((word) => (typeof word === 'function' ? word('1', '2') : word)),
  ];

  it('are there in both languages, and different', () => {
    const [vi, en] = [texts(airDictionaries.vi), texts(airDictionaries.en)];
    expect(en).toHaveLength(vi.length);
    for (const [place, word] of en.entries()) {
      expect(word).not.toBe('');
      if (!word.startsWith('NowCast')) expect(word).not.toBe(vi[place]);
    }
  });
});
