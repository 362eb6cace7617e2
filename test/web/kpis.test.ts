import { describe, expect, it } from 'vitest';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { useConsole } from './support/console-suite.ts';

const { host, open } = useConsole();

describe('what collection achieves', () => {
  it('shows the week’s figures, what they are told against, and words where nobody knows', async () => {
    const { page } = await open({ path: '/#tab=kpis', locale: 'en-GB' });
    await page.getByRole('heading', { level: 2, name: 'What collection achieves' }).waitFor();
    const tile = (name: string) =>
      page.locator('.kpi-tile', { has: page.getByText(name, { exact: true }) }).locator('dd');
    await tile('Distance').waitFor();
    expect(await tile('Distance').innerText()).toBe('1,234.5\u00a0km');
    // Kilometres are the plan's, and stand where that is said; so do crews' words and sensors'.
    const under = (heading: string) => page.locator('.kpi-source', { hasText: heading }).locator('dt').allInnerTexts();
    expect(await under('As planned, not as driven')).toEqual(['Distance', 'Working hours', 'Cost', 'Fuel', 'CO₂']);
    expect(await under('As crews reported')).toEqual(['Plan kept to', 'Collected on time (±30 minutes)']);
    expect(await under('As sensors measured')).toContain('Collections');
    await page.getByText('430 stops, 412 of them by the crew’s word').waitFor();
    expect(await page.locator('.kpi-table thead').innerText()).toMatch(/Distance\s*\(planned\)/);
    expect(await accessibilityFaults(page)).toEqual([]);
    // Nearly all is not all.
    expect(await tile('Picked up before overflowing').innerText()).toBe('99.7\u00a0%');
    expect(await tile('Fuel').innerText()).toBe('The consumption of a truck that drove is not in the registry');
    await page.getByText('Compared with before: thu gom hằng ngày (7 collections of each bin a week).').waitFor();
    expect(await page.locator('.kpi-bars li').nth(7).innerText()).toContain('130 collections');
    const rows = await page.locator('.kpi-table tbody tr').allInnerTexts();
    expect(rows[0]).toContain('Saturday');
    expect(rows[1]).toContain('not known');
  });

  it('divides by truck and ward, and hands the same to a spreadsheet', async () => {
    const { page } = await open({ path: '/#tab=kpis' });
    await page.getByLabel('Chia theo').selectOption('truck');
    await page.getByRole('rowheader', { name: 'Xe 61C-123.45' }).waitFor();
    await page.getByLabel('Chia theo').selectOption('ward');
    await page.getByRole('rowheader', { name: 'Không thuộc phường nào' }).waitFor();
    await page.getByText('1 ngày chưa được tổng hợp').waitFor();
    await page.getByLabel('Thời gian').selectOption('28');
    await page.getByRole('rowheader', { name: 'Phú Cường' }).waitFor();
    const link = page.getByRole('link', { name: 'Tải CSV' });
    expect(await link.getAttribute('href')).toMatch(
      /^\/api\/v1\/kpis\?from=\d{4}-\d{2}-\d{2}&to=\d{4}-\d{2}-\d{2}&by=ward&format=csv$/,
    );
  });

  it('shows the server’s words when it cannot answer', async () => {
    host().mood.isDown = true;
    const { page } = await open({ path: '/#tab=kpis', locale: 'en-GB' });
    await page.locator('.kpis-tab').getByText('The registry table is being restored.').waitFor();
  });
});
