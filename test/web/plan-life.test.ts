import { describe, expect, it } from 'vitest';
import { planLifeDictionaries } from '../../web/src/i18n/plan-life-words.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { useConsole } from './support/console-suite.ts';

const { open } = useConsole();

describe('a plan’s life in the console', () => {
  it('goes from draft through edits, tried before they are made, to published, with the keyboard', async () => {
    const { page, faults } = await open({ path: '/#tab=plan', locale: 'en-GB' });
    await page.locator('.plan-state', { hasText: 'Draft' }).waitFor();

    const change = page.locator('.stop-menu > button').first();
    await change.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('To truck').waitFor();
    await page.locator('.edit-feedback').getByText('Can be done: 1 moved to another truck').waitFor();

    // A place that the truck would be too late for says what breaks, and is not sent.
    await page.getByLabel(/^Place/).fill('3');
    await page.locator('.edit-feedback').getByText('14 minutes after it closes').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.getByRole('button', { name: 'Apply' }).getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel(/^Place/).fill('2');
    await page.locator('.edit-feedback').getByText('Can be done').waitFor();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.locator('.plan-standing', { hasText: 'Version 2' }).waitFor();
    await page.locator('.plan-life .plan-diff').getByText('Bin moved from truck 1 to truck 2').waitFor();

    // Escape closes a menu and leaves the focus where it was opened.
    await change.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Lock to this truck' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Lock to this truck' }).waitFor({ state: 'detached' });
    expect(await change.evaluate((element) => element === document.activeElement)).toBe(true);

    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Lock to this truck' }).click();
    await page.locator('.stop-mark', { hasText: 'Locked to this truck' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.plan-standing', { hasText: 'Version 4' }).waitFor();

    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.locator('.plan-state', { hasText: 'Published' }).waitFor();
    await page.getByRole('button', { name: 'History' }).click();
    await page.locator('.plan-versions').getByText('Stop moved').waitFor();
    await page.locator('.plan-versions').getByRole('button', { name: 'Show changes' }).first().click();
    await page.locator('.plan-versions .plan-diff').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('takes a bin out with a reason, which is listed with who did it', async () => {
    const { page } = await open({ path: '/#tab=plan' });
    await page.getByRole('button', { name: 'Ban hành', exact: true }).click();
    await page.locator('.plan-state', { hasText: 'Đã ban hành' }).waitFor();
    await page.locator('.stop-menu > button').first().click();
    await page.getByRole('button', { name: 'Loại ra …' }).click();
    await page.getByLabel('Lý do').fill('Hẻm đang đào đường');
    await page.locator('.edit-feedback').getByText('Thực hiện được').waitFor();
    await page.getByRole('button', { name: 'Áp dụng' }).click();
    await page.getByText('officer@local: Hẻm đang đào đường').waitFor();
    await page.getByText('Có thay đổi chưa ban hành').waitFor();
  });
});

describe('edits that bring something back', () => {
  it('put a bin in that nobody serves, tried first, where it costs least or with a truck of choice', async () => {
    const { page, faults } = await open({ path: '/#tab=plan', locale: 'en-GB' });
    const open1 = page.getByRole('button', { name: /^Put .+ into the plan$/ }).first();
    await open1.click();
    await page.locator('.edit-feedback').getByText('Can be done').waitFor();
    await page.getByRole('combobox', { name: 'To truck' }).selectOption({ index: 1 });
    await page.getByLabel(/^Place/).fill('3');
    await page.locator('.edit-feedback').getByText('14 minutes after it closes').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel(/^Place/).fill('');
    await page.locator('.edit-feedback').getByText('Can be done').waitFor();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.locator('.plan-standing', { hasText: 'Version 2' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('take a withdrawn truck back, or say that another has to join by a re-plan', async () => {
    const { page } = await open({ path: '/#tab=plan', locale: 'en-GB' });
    await page.getByRole('button', { name: 'Take a withdrawn truck back …' }).click();
    await page.getByRole('combobox', { name: 'Truck' }).selectOption({ label: 'Xe 9 (mượn)' });
    await page.locator('.edit-feedback').getByText('re-plan with it joining').waitFor();
    expect(await page.getByRole('button', { name: 'Apply' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('lock a route’s order up to one bin', async () => {
    const { page } = await open({ path: '/#tab=plan', locale: 'en-GB' });
    await page.locator('.stop-menu > button').nth(1).click();
    await page.getByRole('button', { name: 'Lock the order up to here' }).click();
    await page.getByText('Order of the first 2 bins is locked').waitFor();
  });
});

describe('the words for a plan’s life', () => {
  const texts = (words: object): string[] =>
    Object.values(words).flatMap((word) =>
      typeof word === 'string' ? [word] : typeof word === 'function' ? [word('1', '2')] : texts(word),
    );

  it('are there in both languages, none empty, none the same', () => {
    const [vietnamese, english] = [texts(planLifeDictionaries.vi), texts(planLifeDictionaries.en)];
    expect(vietnamese).toHaveLength(english.length);
    for (const [index, text] of vietnamese.entries()) {
      expect(text).not.toBe('');
      expect(text).not.toBe(english[index]);
    }
  });
});
