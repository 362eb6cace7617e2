import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../web/src/data/catalogue.ts';
import { examplesOf } from '../../web/src/data/examples.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { usePortalCity } from './support/portal-suite.ts';

const { open, origin } = usePortalCity();

/** Wider than the window: then a phone shows a part of it only. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => document.activeElement?.textContent?.trim());
    if (text === name) return;
  }
  throw new Error(`The Tab key does not lead to ${name}`);
};

describe('the list of data sets', () => {
  it('is all of the catalogue, in the reader’s language, without anything from elsewhere', async () => {
    const { page, requests, faults } = await open('/data/', { viewport: phone });
    await page.getByRole('link', { name: 'Chuỗi số đo: Bụi PM2.5' }).waitFor();
    const catalogue = readCatalogue(await (await fetch(`${origin()}/open/v1/catalog`)).json());
    expect(await page.locator('.card').count()).toBe(catalogue.datasets.length);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Readings: PM2.5' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    expect(await page.title()).toBe('Open data · Thủ Dầu Một');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(faults).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(origin()))).toEqual([]);
  });

  it('is searched without marks, and says when nothing is found', async () => {
    const { page } = await open('/data/');
    await page.getByRole('searchbox', { name: 'Tìm bộ dữ liệu' }).fill('bui pm2.5');
    await page
      .getByRole('status')
      .filter({ hasText: /^\d+ bộ/ })
      .waitFor();
    expect(await page.locator('.card a').first().textContent()).toContain('Bụi PM2.5');
    await page.getByRole('searchbox').fill('không có gì như thế');
    await page.getByText('Không có bộ dữ liệu nào như vậy.').waitFor();
  });
});

describe('the page of a data set', () => {
  it('is reached and read by keyboard: facts, chart, the same as a table, examples', async () => {
    const { page, faults } = await open('/data/', { locale: 'en-GB' });
    await page.getByRole('link', { name: 'Readings: PM2.5' }).waitFor();
    await tabTo(page, 'Readings: PM2.5');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Readings: PM2.5' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    const facts = await page.locator('.facts').textContent();
    for (const fact of ['CC BY 4.0', 'Thủ Dầu Một', 'continuously', 'longitude 106.66']) expect(facts).toContain(fact);
    await page.getByRole('img', { name: 'Chart: Readings: PM2.5, Station air-1' }).waitFor();
    await tabTo(page, 'The chart’s data as a table');
    await page.keyboard.press('Enter');
    const rows = page.locator('.wide-table tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(24);
    expect(await rows.first().locator('td').allTextContents()).toEqual(['20', 'good']);
    expect(await page.locator('.code-block').count()).toBe(4);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('counts what has no time, on a phone without scrolling sideways', async () => {
    const { page } = await open('/data/#bins', { viewport: phone });
    await page.getByRole('img', { name: 'Biểu đồ: Thùng rác' }).waitFor();
    expect(await page.locator('figcaption').textContent()).toBe('Số lượng: rác còn lại 1, rác thực phẩm 1.');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  it('never draws a missing value, and says that there is none', async () => {
    const { page } = await open('/data/#readings-ph', { locale: 'en-GB' });
    await page.getByText('Nothing was measured in the last 24 hours.').waitFor();
    expect(await page.locator('.data-chart').count()).toBe(0);
  });

  it('says so when there is no such data set', async () => {
    const { page } = await open('/data/#nonsense', { locale: 'en-GB' });
    await page.getByRole('heading', { level: 1, name: 'There is no such data set.' }).waitFor();
  });

  it('gives examples whose addresses answer with what they read', async () => {
    const { datasets } = readCatalogue(await (await fetch(`${origin()}/open/v1/catalog`)).json());
    expect(datasets.length).toBeGreaterThan(5);
    for (const dataset of datasets) {
      const examples = examplesOf(dataset, origin());
      expect(examples.map(({ tool }) => tool)).toEqual(['curl', 'Python', 'R', 'QGIS']);
      for (const { tool, code } of examples) {
        const [address = ''] = /http:\/\/[^\s"']+/.exec(code) ?? [];
        const answer = await fetch(address);
        expect(answer.status, `${tool} of ${dataset.id}: ${address}`).toBe(200);
        const type = answer.headers.get('content-type') ?? '';
        if (code.includes('read_csv') || code.includes('read.csv')) expect(type).toContain('text/csv');
        if (code.includes('GeoJSON:')) expect(type).toBe('application/geo+json');
      }
    }
  });
});

describe('the page to try the APIs on', () => {
  it('asks the city for what its form says, and shows the answer and the curl line', async () => {
    const { page, faults } = await open('/data/api.html#open/listReadings', { locale: 'en-GB', viewport: phone });
    await page.getByRole('combobox', { name: /^quantity/ }).selectOption('pm25');
    await page.getByRole('textbox', { name: /^limit/ }).fill('2');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('200 OK').waitFor();
    const code = await page.locator('.code-block code').textContent();
    expect(code).toBe(`curl --compressed -i '${origin()}/open/v1/readings?quantity=pm25&limit=2'`);
    const body = JSON.parse((await page.locator('pre.answer-body').last().textContent()) ?? '');
    expect(body.readings).toHaveLength(2);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(faults).toEqual([]);
  });

  it('shows refusals as they are', async () => {
    const { page } = await open('/data/api.html#open/listReadings');
    await page.getByRole('textbox', { name: /^limit/ }).fill('0');
    await page.getByRole('button', { name: 'Gửi' }).click();
    await page.getByText('400 Bad Request').waitFor();
    expect(await page.locator('pre.answer-body').last().textContent()).toContain('urn:problem-type:phosach');
  });

  it('goes to another API and another operation by keyboard', async () => {
    const { page } = await open('/data/api.html', { locale: 'en-GB' });
    await page.getByRole('combobox', { name: 'APIs' }).focus();
    await page.keyboard.press('End');
    await page.getByRole('link', { name: /^\/Things\(\{id\}\)\s*One Thing$/ }).waitFor();
    await page.getByRole('searchbox', { name: 'Find an operation' }).fill('/Things({id})');
    await page.getByRole('link', { name: /^\/Things\(\{id\}\)\s*One Thing$/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'One Thing' }).waitFor();
    await page.getByRole('button', { name: 'Send' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('200 OK').waitFor();
    expect(await page.locator('pre.answer-body').last().textContent()).toContain('/sta/v1.1/Things(1)');
  });
});
