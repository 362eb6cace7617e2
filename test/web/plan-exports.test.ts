import { describe, expect, it } from 'vitest';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';

const { open } = useConsole();

describe('taking a plan along', () => {
  it('offers the whole plan and each truck as every file, by keyboard, each link named for itself', async () => {
    const { page, faults } = await open({ locale: 'en-GB', viewport: phone, path: '/#tab=plan' });
    const summary = page.getByText('Take the plan along');
    await summary.focus();
    await page.keyboard.press('Enter');
    const rows = page.locator('.plan-exports li');
    await rows.first().waitFor();
    expect(await rows.count()).toBe((await page.locator('.route').count()) + 1);
    const hrefs = async (row: number) =>
      rows
        .nth(row)
        .locator('a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const plan = 'plan-2026-11-23-nightly';
    expect(await hrefs(0)).toEqual([
      `/api/v1/driver-sheets/${plan}?format=pdf`,
      `/api/v1/driver-sheets/${plan}?format=html`,
      `/api/v1/plans/${plan}/routes?format=gpx`,
      `/api/v1/plans/${plan}/routes?format=ics`,
      `/api/v1/plans/${plan}/routes?format=csv`,
    ]);
    expect((await hrefs(1))[2]).toMatch(new RegExp(`^/api/v1/plans/${plan}/routes/[\\w.-]+\\?format=gpx$`));
    await page.getByRole('link', { name: /^Sheet \(PDF\)\s*: Whole plan$/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    expect(faults).toEqual([]);
  });
});
