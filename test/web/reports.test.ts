import { describe, expect, it } from 'vitest';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';
import { stations } from './support/fixture-city.ts';

const { open } = useConsole();
const [station] = stations;

describe('monthly reports in the console', () => {
  it('offers the last whole month of the whole city first, in a language and formats that can be handed on', async () => {
    const { page } = await open({ path: '/#tab=environment' });
    await page.getByRole('heading', { name: 'Báo cáo tháng' }).waitFor();
    const links = page.locator('.report-links a');
    const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(hrefs).toEqual(['html', 'pdf', 'csv'].map((format) => `/api/v1/reports/month/2026-10?format=${format}`));
    expect(await links.allTextContents()).toEqual(['Mở HTML', 'Mở PDF', 'Mở CSV']);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('is chosen and opened with the keyboard alone, on a telephone too', async () => {
    const { page, context } = await open({ path: '/#tab=environment', locale: 'en-GB', viewport: phone });
    const stationChoice = page.getByRole('combobox', { name: 'Station' });
    await stationChoice.locator(`option[value="${station?.id}"]`).waitFor({ state: 'attached' });
    await stationChoice.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const pdf = page.getByRole('link', { name: 'Open PDF' });
    expect(await pdf.evaluate((link) => link === document.activeElement)).toBe(true);
    const opened = context.waitForEvent('page');
    await page.keyboard.press('Enter');
    const { pathname, searchParams } = new URL(
      (await opened).url() || (await pdf.getAttribute('href')) || '',
      page.url(),
    );
    expect(pathname).toBe('/api/v1/reports/month/2026-09');
    expect(Object.fromEntries(searchParams)).toEqual({ station: station?.id, format: 'pdf' });
  });
});
