import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { binFeatures } from '../../web/src/map/features.ts';
import { binMarker, reportMarker } from '../../web/src/map/marker-shapes.ts';
import { overflowMarks } from '../../web/src/state/overflow-marks.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { desktop, phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';
import { bins, iso, NOW } from './support/fixture-city.ts';

const { host, open } = useConsole();
/** Named by whoever wants to look at what was drawn. */
const pictures = process.env.PICTURES;

const draw = async (page: Page, name: string): Promise<void> => {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png` });
};

/** Something happens in the city that nobody did in this console. */
const elsewhere = async (path: string, body: object): Promise<void> => {
  const answer = await fetch(`${host().url}/api/v1/overflow-reports${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
};
/** The half minute after which the page asks again by itself. */
const ask = (page: Page) => page.evaluate(() => dispatchEvent(new Event('online')));

describe('a bin that somebody reported as overflowing', () => {
  it('is marked in the list without a reload, is found by the filter, and loses its mark when it is emptied', async () => {
    const { page } = await open({ viewport: desktop, path: '/#tab=bins', locale: 'en-GB', withMap: true });
    const marks = page.locator('.bin-table .bin-mark.is-reported');
    await page.locator('.bin-table tbody tr').first().waitFor();
    expect(await marks.count()).toBe(0);
    await elsewhere('', { reportId: 'seen-by-1', binId: 'bin-003', channel: 'crew', note: 'on the road' });
    await ask(page);
    await marks.waitFor();
    expect(await marks.innerText()).toBe('Reported overflowing');
    expect(await page.locator('.bin-table tr', { hasText: 'Reported' }).innerText()).toContain('Thùng Chánh Hiệp 1');
    await draw(page, 'marks-desktop');

    const state = page.getByLabel('State');
    await page.getByRole('button', { name: 'Reported overflowing (1)' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('1 of 48 bins').waitFor();
    expect(await state.locator('option:checked').innerText()).toBe('Reported overflowing (1)');
    expect(await accessibilityFaults(page)).toEqual([]);

    await elsewhere('/seen-by-1/withdraw', { why: 'wrong bin' });
    await ask(page);
    await page.getByText('No bin matches').waitFor();
    await state.selectOption('all');
    expect(await marks.count()).toBe(0);
  });

  it('says who and when in its panel, and the plan that does not serve it names it', async () => {
    await elsewhere('', { reportId: 'seen-by-1', binId: 'bin-003', channel: 'crew' });
    await elsewhere('', { reportId: 'seen-by-2', binId: 'bin-003', channel: 'citizen' });
    const { page } = await open({ viewport: phone, path: '/#bin=bin-003' });
    await page.getByText('Tổ thu gom và người dân báo tràn từ').waitFor();
    expect(await page.locator('.bin-details > .bin-mark.is-reported').innerText()).toContain('(2 lượt báo)');
    await draw(page, 'marks-panel-phone');
    // Reported here, it is marked at once.
    await page.goto(`${host().url}/#bin=bin-001`);
    await page.locator('.overflow-form summary').click();
    await page.locator('.overflow-form').getByRole('button', { name: 'Báo tràn' }).click();
    await page.getByText('Điều độ viên báo tràn từ').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);

    await page.goto(`${host().url}/#tab=plan`);
    const outside = page.locator('.plan-section', { hasText: 'Bị báo tràn, không nằm trong kế hoạch này' });
    await outside.waitFor();
    await draw(page, 'marks-plan-phone');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('carries the sign on the map, above the others, with words beside its level', () => {
    const marks = overflowMarks([
      { reportId: 'r', binId: 'bin-003', channel: 'crew', reportedBy: 'a', seenAt: iso(NOW), standing: 'open' },
    ]);
    const words = {
      percent: (share: number) => `${Math.round(100 * share)}%`,
      reported: 'Báo tràn',
      silent: 'Im lặng',
    };
    const { features } = binFeatures(bins, words, marks);
    const of = (id: string) => features.find(({ properties }) => properties?.id === id)?.properties;
    expect(of('bin-003')).toMatchObject({ report: 'Báo tràn', label: expect.stringMatching(/^\d+%$/) });
    expect(of('bin-001')).not.toHaveProperty('report');
    const ranks = features.map(({ properties }) => properties?.rank as number);
    expect(Math.max(...ranks)).toBe(of('bin-003')?.rank);
    expect(reportMarker.some(({ d }) => d.includes('25z'))).toBe(true);
  });
});

describe('a bin of which nothing new is known', () => {
  const empty = binMarker(0);
  it('never looks like an empty one: neither without any level, nor with an old one', () => {
    const words = { percent: String, reported: '', silent: 'Im lặng' };
    const { features } = binFeatures(bins, words, new Map());
    const of = (id: string) => features.find(({ properties }) => properties?.id === id)?.properties;
    expect(of('bin-009')).toMatchObject({ icon: 'bin-no-data', label: '?' });
    expect(of('bin-010')).toMatchObject({ icon: 'bin-0-silent', label: '0.02\nIm lặng' });
    // Not by colour alone: both are drawn with dashed walls, which no known bin has.
    for (const marker of [binMarker(undefined), binMarker(0, true), binMarker(1, true)])
      expect(marker.some(({ dash }) => dash !== undefined)).toBe(true);
    for (let level = 0; level <= 10; level += 1)
      expect(binMarker(level / 10).some(({ dash }) => dash !== undefined)).toBe(false);
    expect(binMarker(0, true)).not.toEqual(empty);
  });

  it('says so in the list and in its panel, and is found by the filter', async () => {
    const { page } = await open({ viewport: phone, path: '/#tab=bins', locale: 'en-GB' });
    await page.getByLabel('State').selectOption({ label: 'Sensor silent' });
    const row = page.locator('.bin-table tr', { hasText: 'Sensor silent' });
    await row.waitFor();
    expect(await row.innerText()).toContain('2%');
    expect(await accessibilityFaults(page)).toEqual([]);
    await draw(page, 'silent-phone');
    await row.getByRole('link').click();
    await page.getByText(/Sensor silent, heard last .*5.* ago: the level is the last one measured/).waitFor();
  });
});

describe('the plan of a first night', () => {
  it('says what its forecasts rest on, as long as bins have too short a history', async () => {
    const { page } = await open({ viewport: phone, path: '/#tab=plan', locale: 'en-GB' });
    await page.getByRole('heading', { name: /^Plan for/ }).waitFor();
    expect(await page.getByText('by their own history').count()).toBe(0);
    await page.route('**/api/v1/plans/latest', async (route) => {
      const plan = await (await route.fetch()).json();
      await route.fulfill({ json: { ...plan, forecasts: { ownHistory: 0, similarBins: 0, assumed: 47 } } });
    });
    await page.reload();
    await page.getByText('0 bins by their own history, 0 by similar bins, 47 by what is usual elsewhere').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await draw(page, 'first-night-phone');
  });
});
