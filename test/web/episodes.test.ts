import { describe, expect, it } from 'vitest';
import { episodeDictionaries } from '../../web/src/i18n/episode-words.ts';
import { useConsole } from './support/console-suite.ts';
import { EPISODE_ID } from './support/fixture-episodes.ts';

const { open } = useConsole();

describe('episodes in the console', () => {
  it('lead from the list to the limit’s decision, the transitions and the data, with gaps that stay gaps', async () => {
    const { page, faults } = await open({ path: '/#tab=environment' });
    await page.getByRole('link', { name: /NO2 · Trạm Bạch Đằng/ }).click();
    await page.getByRole('heading', { level: 2, name: 'NO2 · Trạm Bạch Đằng' }).waitFor();
    const text = await page.locator('.episode-details').innerText();
    for (const words of ['Thông tư 01/2023/TT-BTNMT', '268,5 µg/m³', 'Nặng thêm', 'Chưa ghi nhận', '3 trên 5 kỳ']) {
      expect(text).toContain(words);
    }
    const rows = await page.locator('.episode-details tbody tr').allInnerTexts();
    expect(rows).toHaveLength(7);
    expect(rows[2]).toContain('không có');
    expect(rows[3]).toContain('không đủ số liệu');
    expect(decodeURIComponent(new URL(page.url()).hash)).toBe(`#episode=${EPISODE_ID}`);
    expect(faults).toEqual([]);
  });

  it('are acknowledged with the keyboard alone, and reopened', async () => {
    const { page } = await open({ path: `/#episode=${encodeURIComponent(EPISODE_ID)}`, locale: 'en-GB' });
    await page.getByRole('heading', { level: 2, name: 'Nitrogen dioxide · Trạm Bạch Đằng' }).waitFor();
    await page.keyboard.press('Tab');
    // The first letters choose in a list, as everywhere.
    await page.keyboard.type('Traf');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Rush hour');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('officer@local').first().waitFor();
    expect(await page.locator('.episode-marks').innerText()).toContain('Acknowledged');
    await page.getByLabel('Why it is reopened').fill('New findings');
    await page.getByRole('button', { name: 'Reopen' }).click();
    await page.locator('.episode-marks').getByText('Reopened').waitFor();
  });

  it('send nothing without a cause and a note', async () => {
    const { page, requests } = await open({ path: `/#episode=${encodeURIComponent(EPISODE_ID)}` });
    await page.getByRole('button', { name: 'Ghi nhận' }).click();
    expect(requests.filter((address) => address.endsWith('/acknowledge'))).toEqual([]);
  });

  it('say that one closed for want of data is no all-clear, and that one is not there', async () => {
    const { page } = await open({ path: '/#episode=nothing', locale: 'en-GB' });
    await page.getByText('There is no episode with this id.').waitFor();
    expect(episodeDictionaries.vi.closedForWantOfData).toContain('không ai biết');
  });
});

describe('the words for episodes', () => {
  const texts = (words: object): string[] =>
    Object.values(words).flatMap((word) =>
      typeof word === 'string' ? [word] : typeof word === 'function' ? [word('1', '2')] : texts(word),
    );

  it('are there in both languages, and different', () => {
    const [vi, en] = [texts(episodeDictionaries.vi), texts(episodeDictionaries.en)];
    expect(en).toHaveLength(vi.length);
    for (const [place, word] of en.entries()) {
      expect(word).not.toBe('');
      expect(word).not.toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i);
      expect(word).not.toBe(vi[place]);
    }
  });
});
