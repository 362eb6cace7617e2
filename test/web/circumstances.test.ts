import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';

const { host, open } = useConsole();
/** Named by whoever wants to look at what was drawn. */
const pictures = process.env.PICTURES;

describe('What people know of a bin', () => {
  it('is told with what follows, taken down and withdrawn with the keyboard alone', async () => {
    const { page } = await open({ viewport: phone, path: '/#bin=bin-003', locale: 'en-GB' });
    await page.getByText('Not due in the plan of').waitFor();
    await page.getByText('Sunday market: ').waitFor();
    const form = page.locator('.overflow-form summary');
    await form.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Who saw it').selectOption('citizen');
    await page.getByLabel('Note').fill('full since the morning');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Taken down.').waitFor();
    await page.getByText('Due in the plan of').waitFor();
    await page.getByText('reported as overflowing by citizens').waitFor();
    await page.getByText('A citizen saw it at').waitFor();
    expect(await form.evaluate((summary) => summary === document.activeElement)).toBe(true);
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await page.locator('.people-say').scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${pictures}/circumstances-phone.png`, fullPage: true });
    }

    await page.getByRole('button', { name: 'Withdraw' }).focus();
    await page.keyboard.press('Enter');
    const why = page.getByLabel('Why it is withdrawn');
    await why.waitFor();
    expect(await why.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.type('The wrong bin');
    await page.keyboard.press('Enter');
    await page.getByText('Withdrawn by lan@city').waitFor();
    await page.getByText('Not due in the plan of').waitFor();
    expect(await page.getByRole('button', { name: 'Withdraw' }).count()).toBe(0);
  });

  it('is kept as typed when the server is away, and sent once when it is back', async () => {
    const { page } = await open({ path: '/#bin=bin-001' });
    await page.getByText('Chưa cần thu gom').waitFor();
    await page.locator('.overflow-form summary').click();
    await page.getByLabel('Ghi chú').fill('đầy');
    host().mood.isDown = true;
    await page.getByRole('button', { name: 'Báo tràn' }).click();
    await page.locator('.overflow-form').getByRole('alert').waitFor();
    expect(await page.getByLabel('Ghi chú').inputValue()).toBe('đầy');
    host().mood.isDown = false;
    await page.getByRole('button', { name: 'Báo tràn' }).click();
    await page.getByText('Đã ghi nhận').waitFor();
    await page.getByText('người dân báo tràn rác').waitFor();
    expect(await page.locator('.overflow-reports li').count()).toBe(1);
    expect(await accessibilityFaults(page)).toEqual([]);
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/circumstances-desktop.png` });
  });
});
