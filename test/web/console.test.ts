import { describe, expect, it } from 'vitest';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';
import { bins } from './support/fixture-city.ts';
import { planOf } from './support/fixture-plan.ts';

const { host, open } = useConsole();
const plan = planOf('any');
const unknownBins = bins.filter(({ fill }) => fill.status === 'no-data');

describe('the console', () => {
  it('shows the map and tonight’s plan in Vietnamese, in the city’s time, asking nobody but its host', async () => {
    const { page, requests, faults } = await open({ withMap: true });
    await page.locator('.map-canvas[data-ready=true]').waitFor();
    expect(await page.locator('.plan h2').textContent()).toBe('Kế hoạch ngày Thứ Hai, 23/11/2026');
    const totals = await page.locator('.totals').innerText();
    for (const words of ['136,2 km', '8,8 giờ', '28.800 L']) expect(totals.replaceAll('\u00a0', ' ')).toContain(words);
    // 19:00 UTC is 02:00 in the city; the visitor's own clock is in Lima.
    expect(await page.locator('.route time').first().textContent()).toBe('02:00');
    expect(await page.locator('.route').count()).toBe(plan.routes.length);
    expect(await page.locator('.route').first().locator('.stop').count()).toBe(plan.routes[0]?.stops.length);
    expect(await page.getByText(plan.unserved[0]?.reasonVi ?? '', { exact: true }).isVisible()).toBe(true);
    expect(await page.locator('html').getAttribute('lang')).toBe('vi');
    expect(await page.title()).toBe('Phố Sạch · Thủ Dầu Một');
    expect(requests.filter((address) => !address.startsWith(host().url) && !/^(data|blob):/.test(address))).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('speaks English to an English browser, switches, and remembers', async () => {
    const { page } = await open({ locale: 'en-GB' });
    await page.getByRole('heading', { name: 'Plan for Monday, 23/11/2026' }).waitFor();
    expect((await page.locator('.totals').innerText()).replaceAll('\u00a0', ' ')).toContain('28,800 l');
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
    await page.getByRole('tab', { name: 'Thùng rác' }).waitFor();
    await page.reload();
    await page.getByRole('tab', { name: 'Thùng rác' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('vi');
  });

  it('draws bins, stops and routes on the map, and opens the bin that is clicked', async () => {
    const { page } = await open({ path: '/#bin=bin-003', withMap: true });
    await page.locator('.map-canvas[data-ready=true]').waitFor();
    // The camera goes to the chosen bin: it lies in the middle of the map, under its ring.
    await page.getByRole('link', { name: /Về danh sách thùng/ }).click();
    await page.waitForTimeout(300);
    const box = await page.locator('.map-canvas').boundingBox();
    if (!box) throw new Error('The map has no size');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.getByRole('heading', { level: 2, name: bins[2]?.name ?? '' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#bin=bin-003');
  });

  it('puts the host’s tiles under the map where it configures some, and names their source', async () => {
    host().mood.hasTiles = true;
    const { page } = await open({ withMap: true });
    await page.waitForRequest(/\/tiles\/\d+\/\d+\/\d+\.png$/);
    await page.getByText('© City survey office').waitFor();
  });

  it('never shows a bin without data as a percentage, in the list, in its details or in the plan', async () => {
    const { page } = await open({ path: '/#tab=bins' });
    await page.getByLabel('Trạng thái').selectOption('no-data');
    const rows = page.locator('.bin-table tbody tr');
    await expect.poll(() => rows.count()).toBe(unknownBins.length);
    for (const row of await rows.all()) {
      expect(await row.locator('.column-fill').innerText()).toBe('Không rõ');
      expect(await row.innerText()).not.toMatch(/\d\s?%/);
    }
    await page.getByRole('link', { name: unknownBins[0]?.name ?? '', exact: true }).click();
    const now = page.locator('.fill-now');
    expect(await now.innerText()).toContain('cảm biến im lặng hơn một ngày');
    expect(await now.innerText()).not.toContain('%');
    await page.getByRole('tab', { name: 'Kế hoạch' }).click();
    const listed = await page.locator('.is-unknown').innerText();
    expect(listed).not.toContain('%');
    expect(await page.locator('.is-unknown li').count()).toBe(unknownBins.length);
  });

  it('sorts and filters the bins, and says how they stand in the plan', async () => {
    const { page } = await open({ path: '/#tab=bins', locale: 'en-GB' });
    const fill = page.getByRole('columnheader', { name: 'Fill' });
    expect(await fill.getAttribute('aria-sort')).toBe('descending');
    expect(await page.locator('.bin-table tbody .column-fill').first().innerText()).toContain('100%');
    await fill.getByRole('button').click();
    await expect.poll(() => fill.getAttribute('aria-sort')).toBe('ascending');
    expect(await page.locator('.bin-table tbody .column-fill').first().innerText()).toContain('0%');
    await page.getByLabel('Find a bin').fill('bach dang');
    await expect.poll(() => page.locator('.bin-table tbody tr').count()).toBe(1);
    expect(await page.getByRole('status').filter({ hasText: 'of' }).innerText()).toBe(`1 of ${bins.length} bins`);
  });

  it('shows a bin’s week with its gaps, and that its position is approximate', async () => {
    const { page } = await open({ path: '/#bin=bin-003' });
    const chart = page.getByRole('img', { name: 'Mức đầy 7 ngày qua' });
    await chart.waitFor();
    // One lost echo and one long silence: three stretches.
    expect(await chart.locator('.chart-line').count()).toBe(3);
    expect(await page.locator('.fill-history figcaption').innerText()).toBe(
      'Thấp nhất 5%, cao nhất 88%, 156 số đo. 1 lần đo không có giá trị',
    );
    expect(await page.getByText('Vị trí gần đúng, chưa khảo sát').isVisible()).toBe(true);
  });

  it('shows stations with doubtful and missing values marked, and exceedances with limit and completeness', async () => {
    const { page } = await open({ path: '/#station=air-1', locale: 'en-GB' });
    const station = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Trạm Bạch Đằng' }) });
    expect(await station.getByRole('row', { name: /Ozone/ }).innerText()).toContain('suspect (gross-range)');
    expect(await station.getByRole('row', { name: /Nitrogen dioxide/ }).innerText()).toContain('missing');
    const first = await page.locator('.exceedance').first().innerText();
    for (const words of ['Ozone', '231.5 µg/m³', 'limit of 200', '92%', '(11/12)', 'QCVN 05:2023']) {
      expect(first).toContain(words);
    }
    expect(await page.locator('.exceedance').count()).toBe(5);
    await page.getByRole('button', { name: 'Show 2 more' }).click();
    await expect.poll(() => page.locator('.exceedance').count()).toBe(7);
  });

  it('fits a phone without scrolling sideways, on every tab and in both languages', async () => {
    for (const locale of ['vi-VN', 'en-GB'] as const) {
      const { page } = await open({ viewport: phone, locale });
      for (const hash of ['#tab=plan', '#tab=bins', '#bin=bin-003', '#tab=environment']) {
        await page.evaluate((next) => {
          location.hash = next;
        }, hash);
        await page.locator('.tab-panel h2, .bin-table').first().waitFor();
        const overflow = await page.evaluate(() =>
          ['html', '.console', '.side-panel', '.tab-panel'].filter((selector) => {
            const element = document.querySelector(selector);
            return element !== null && element.scrollWidth > element.clientWidth;
          }),
        );
        expect(overflow, `${locale} ${hash}`).toEqual([]);
      }
    }
  });
});
