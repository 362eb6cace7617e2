import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';
import { bins } from './support/fixture-city.ts';
import { EPISODE_ID } from './support/fixture-episodes.ts';

const { open } = useConsole();

const views = [
  '#tab=plan',
  '#tab=bins',
  '#bin=bin-003',
  '#tab=environment',
  '#tab=kpis',
  '#tab=sensors',
  `#episode=${EPISODE_ID}`,
] as const;

const show = async (page: Page, hash: string): Promise<void> => {
  await page.evaluate((next) => {
    location.hash = next;
  }, hash);
  await page.locator('.tab-panel h2, .bin-table').first().waitFor();
};

/** Controls that are smaller than 44 px on either side; links inside text may be (WCAG 2.2, 2.5.8). */
const smallControls = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, select, input, summary')]
      .filter((element) => element.checkVisibility() && !element.matches('.skip-link, .sheet-handle'))
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < 43.5 || height < 43.5;
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );

const focused = (page: Page): Promise<{ text: string; tag: string; isOutlined: boolean }> =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      text: (element.textContent ?? '').trim(),
      tag: element.tagName.toLowerCase(),
      isOutlined: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
    };
  });

/** Presses Tab until the focus is where it should be; every stop on the way shows where it is. */
const tabTo = async (page: Page, isThere: (text: string, tag: string) => boolean): Promise<void> => {
  for (let press = 0; press < 15; press += 1) {
    await page.keyboard.press('Tab');
    const { text, tag, isOutlined } = await focused(page);
    expect(isOutlined, `focus on ${tag} “${text.slice(0, 40)}” is visible`).toBe(true);
    if (isThere(text, tag)) return;
  }
  throw new Error('The Tab key does not lead there');
};

describe('accessibility', () => {
  it('has names, labels, captions, an outline, and controls that a thumb can hit, on every tab of a phone', async () => {
    const { page } = await open({ viewport: phone, withMap: true });
    await page.locator('.map-canvas[data-ready=true]').waitFor();
    for (const view of views) {
      await show(page, view);
      expect(await accessibilityFaults(page), view).toEqual([]);
      expect(await smallControls(page), view).toEqual([]);
    }
  });

  it('goes from the skip link to a bin’s details and back by keyboard alone', async () => {
    const { page } = await open({ locale: 'en-GB' });
    await page.getByRole('heading', { name: /^Plan for/ }).waitFor();
    await tabTo(page, (text) => text === 'Skip to the lists');
    await page.keyboard.press('Enter');
    expect((await focused(page)).tag).toBe('main');
    await tabTo(page, (text) => text === 'Plan');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Bins', selected: true }).waitFor();
    expect((await focused(page)).text).toBe('Bins');
    await tabTo(page, (_text, tag) => tag === 'input');
    await page.keyboard.type('bach dang');
    await tabTo(page, (text, tag) => tag === 'a' && text === bins[0]?.name);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: bins[0]?.name ?? '' }).waitFor();
    expect(await focused(page)).toMatchObject({ tag: 'h2', text: bins[0]?.name });
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('.bin-table').waitFor();
    expect(new URL(page.url()).hash).toBe('#tab=bins');
  });

  it('unfolds a route and highlights it by keyboard', async () => {
    const { page } = await open({ locale: 'en-GB' });
    const second = page.locator('.route').nth(1);
    await second.locator('summary').focus();
    await page.keyboard.press('Enter');
    await second.locator('.stops').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await second.getByRole('button', { name: 'Show all routes' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('opens the sheet wide on a phone and says so', async () => {
    const { page } = await open({ viewport: phone, locale: 'en-GB' });
    const handle = page.getByRole('button', { name: 'Expand the list' });
    const before = await page.locator('.tab-panel').boundingBox();
    await handle.click();
    await page.getByRole('button', { name: 'Shrink the list', expanded: true }).waitFor();
    const after = await page.locator('.tab-panel').boundingBox();
    expect(after?.height ?? 0).toBeGreaterThan((before?.height ?? 0) * 1.4);
  });
});
