import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';

const { open } = useConsole();
/** Named by whoever wants to look at what was drawn. */
const pictures = process.env.PICTURES;

describe('A bin’s forecast', () => {
  it('is a band in the chart, marks over emptyings, and words beside it', async () => {
    const { page } = await open({ path: '/#bin=bin-003' });
    const chart = page.getByRole('img', { name: 'Mức đầy 7 ngày qua và dự báo 3 ngày tới' });
    await chart.waitFor();
    expect(await page.locator('.chart-band').count()).toBe(1);
    await page.locator('.chart-emptied').nth(2).waitFor({ state: 'attached' });
    expect(await page.locator('.chart-emptied title').first().textContent()).toContain('Được thu gom');
    await page.getByText('Theo lịch sử 13 ngày của chính thùng này').waitFor();
    await page.getByText('Đầy trước (chắc 80').waitFor();
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: `${pictures}/forecast-desktop.png` });
    }
  });

  it('is told in English, on a phone, without faults of accessibility', async () => {
    const { page } = await open({ viewport: phone, path: '/#bin=bin-003', locale: 'en-GB' });
    await page.getByText('From 13 days of this bin’s own history').waitFor();
    await page.getByText('By 25/11, 22:00').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/forecast-phone.png`, fullPage: true });
  });

  it('says so where nobody knows how full the bin is, and where there is no history', async () => {
    const { page } = await open({ path: '/#bin=bin-002', locale: 'en-GB' });
    await page.getByText('Nobody knows how full it is now, so the forecast is wide').waitFor();
    await page.getByText('From similar bins; this one has less than a day of history').waitFor();
    await page.getByText('not within a year').waitFor();
  });
});
