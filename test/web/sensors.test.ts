import { describe, expect, it } from 'vitest';
import { useConsole } from './support/console-suite.ts';
import { bins } from './support/fixture-city.ts';

const { host, open } = useConsole();

describe('the health of sensors', () => {
  it('lists silent sensors, batteries and clocks with since when, the longest lasting first', async () => {
    const { page } = await open({ path: '/#tab=sensors', locale: 'en-GB' });
    await page.getByRole('heading', { level: 2, name: 'Health of sensors' }).waitFor();
    await page.getByText('136 sensors were checked, last 20 min ago.').waitFor();
    const silent = page.locator('.sensor-problems').first();
    expect(await silent.locator('h3').innerText()).toBe('Silent 3');
    const items = await silent.locator('li').allInnerTexts();
    expect(items[0]).toContain('spare-9');
    expect(items[1]).toContain(bins[1]?.name);
    expect(items[1]).toContain('No message for more than 3 h');
    // 75 hours before 22:00 in the city.
    expect(items[1]).toContain('since 19/11, 19:00, 3 days ago');
    const clock = await page.locator('.sensor-problems').nth(2).innerText();
    expect(clock).toContain('Its clock is 6 min ahead');
    expect(clock).toContain('looks mended since 22/11, 21:00');
  });

  it('says it in Vietnamese, and is reached by keyboard from the tabs to the bin', async () => {
    const { page } = await open();
    await page.getByRole('tab', { name: 'Kế hoạch' }).focus();
    await page.keyboard.press('End');
    await page.locator('#tab-fleet[aria-selected=true]').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.locator('#tab-sensors[aria-selected=true]').waitFor();
    expect(new URL(page.url()).hash).toBe('#tab=sensors');
    await page.getByText('Không có bản tin nào trong hơn 3 giờ').first().waitFor();
    await page.getByText('Pin còn 14 %, dưới mức 20 %').waitFor();
    await page.getByRole('link', { name: bins[1]?.name ?? '', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: bins[1]?.name ?? '' }).waitFor();
  });

  it('tells all well from nobody looked and from a check that did not run', async () => {
    const words = {
      well: 'Đã kiểm tra 136 cảm biến',
      unchecked: 'Chưa có cảm biến nào được kiểm tra',
      'long-ago': 'có thể đã cũ',
    };
    for (const [mood, said] of Object.entries(words)) {
      host().mood.sensors = mood as keyof typeof words;
      const { page } = await open({ path: '/#tab=sensors' });
      await page.getByText(said).waitFor();
      expect(await page.locator('.sensor-problem').count(), mood).toBe(0);
      expect(await page.locator('.sensor-problems').count(), mood).toBe(mood === 'unchecked' ? 0 : 3);
    }
  });

  it('shows the server’s words when it cannot answer', async () => {
    host().mood.isDown = true;
    const { page } = await open({ path: '/#tab=sensors', locale: 'en-GB' });
    await page.locator('.sensors-tab').getByText('The registry table is being restored.').waitFor();
  });
});
