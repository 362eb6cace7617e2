import { describe, expect, it } from 'vitest';
import { laboratoryDictionaries } from '../../web/src/i18n/laboratory-words.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';

const { open } = useConsole();

describe('laboratory results in the console', () => {
  it('show VN_WQI with its sample, and call what sensors say an indication', async () => {
    const { page, faults } = await open({ path: '/#tab=environment' });
    const section = page.locator('.laboratory');
    await section.getByText('VN_WQI 71').waitFor();
    const text = await section.innerText();
    for (const words of ['Trung bình', 'VILAS 123', 'không phải VN_WQI): 64']) expect(text).toContain(words);
    await section.getByText('Các mẫu gần đây').click();
    expect(await section.locator('.sample-list').innerText()).toContain('<0,001 mg/L');
    expect(faults).toEqual([]);
  });

  it('are entered with the keyboard alone; a bad value is told beside its field and nothing typed is lost', async () => {
    const { page } = await open({ path: '/#tab=environment', locale: 'en-GB' });
    const summary = page.getByText('Enter laboratory results');
    await summary.waitFor();
    await summary.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Time of sampling').fill('2026-11-20T08:30');
    await page.getByLabel('Laboratory', { exact: true }).focus();
    await page.keyboard.type('VILAS 9');
    await page.getByLabel('Value of pH', { exact: true }).focus();
    await page.keyboard.type('7,2');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('six');
    await page.keyboard.press('Enter');
    const bad = page.getByLabel('Value of Biochemical oxygen demand (BOD5)');
    await page.locator('.field-error').waitFor();
    expect(await bad.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Value of pH', { exact: true }).inputValue()).toBe('7,2');
    await bad.fill('<1');
    await page.keyboard.press('Enter');
    await page.getByText('The sample is saved.').waitFor();
    // 08:30 in the city, wherever the browser is.
    await page.getByText('Latest samples').click();
    expect(await page.locator('.sample-list').innerText()).toContain('Sampled 20/11, 08:30, VILAS 9');
  });

  it('send nothing without a value', async () => {
    const { page, requests } = await open({ path: '/#tab=environment', locale: 'en-GB' });
    await page.getByText('Enter laboratory results').click();
    await page.getByLabel('Time of sampling').fill('2026-11-20T08:30');
    await page.getByLabel('Laboratory', { exact: true }).fill('VILAS 9');
    await page.getByRole('button', { name: 'Save results' }).click();
    await page.getByText('No value was typed.').waitFor();
    expect(requests.filter((address) => address.endsWith('/laboratory-results'))).toEqual([]);
  });

  it('fit a phone, with names, labels and room for a thumb', async () => {
    const { page } = await open({ viewport: phone, path: '/#tab=environment' });
    await page.getByText('Nhập kết quả phòng thí nghiệm').click();
    await page.getByLabel('Thời điểm lấy mẫu').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const box = await page.locator('.laboratory-form').boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(phone.width);
    const inputs = await page.locator('.laboratory-form input').all();
    for (const input of inputs) expect((await input.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(43.5);
  });
});

describe('the words for laboratory results', () => {
  const texts = (words: object): string[] =>
    Object.values(words).map((word) => (typeof word === 'function' ? String(word('entered', '2')) : String(word)));

  it('are there in both languages, and different', () => {
    const [vi, en] = [texts(laboratoryDictionaries.vi), texts(laboratoryDictionaries.en)];
    expect(en).toHaveLength(vi.length);
    for (const [place, word] of en.entries()) {
      expect(word).not.toBe('');
      expect(word).not.toBe(vi[place]);
    }
  });
});
