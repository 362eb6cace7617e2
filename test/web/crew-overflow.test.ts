import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { desktop } from './support/browser.ts';
import { useCrewCity } from './support/crew-suite.ts';

const { city, open } = useCrewCity();
/** Named by whoever wants to look at what was drawn. */
const pictures = process.env.PICTURES;

const draw = async (page: Page, name: string): Promise<void> => {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png` });
};

const overflows = async () => city().parts().overflowReports.since(0);
const chooseTruck = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /Xe 1|Truck 1/ }).click();
  await page.locator('.stop.is-next').waitFor();
};
const aPicture = (page: Page): Promise<readonly number[]> =>
  page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [40, 30];
    canvas.getContext('2d')?.fillRect(0, 0, 20, 30);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
  });
const form = (page: Page) => page.locator('.overflow-report');
const isKept = (page: Page) =>
  expect
    .poll(() => page.evaluate(async () => (await caches.open('phosach-crew-shell')).match('/crew/').then(Boolean)), {
      timeout: 45_000,
    })
    .toBe(true);
/** The phone has the names and places of the city's bins. */
const hasPlaces = (page: Page) =>
  page.waitForFunction(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open('phosach-crew');
        request.onsuccess = () => {
          const asked = request.result.transaction('kept').objectStore('kept').get('places');
          asked.onsuccess = () => resolve(asked.result !== undefined);
        };
      }),
  );

describe('a crew that sees a bin overflow', () => {
  it('names one that is not on its route with the keyboard alone; the office has it, with note', async () => {
    const { page, faults } = await open({ locale: 'en-GB' });
    await chooseTruck(page);
    await hasPlaces(page);
    const summary = form(page).locator('details > summary').first();
    await summary.focus();
    await page.keyboard.press('Enter');
    // Nobody knows where this phone is: its next stop stands in.
    await form(page).getByText('Nobody knows where this phone is. The bins near').waitFor();
    await page.getByLabel('Find a bin by name, id, ward').fill('bin-6');
    await page.getByRole('radio', { name: /bin-6/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await page.getByRole('radio', { name: /bin-6/ }).isChecked()).toBe(true);
    await form(page).locator('.more summary').focus();
    await page.keyboard.press('Enter');
    await form(page).getByLabel('Note').fill('bags on the road');
    expect(await accessibilityFaults(page)).toEqual([]);
    await draw(page, 'crew-overflow-form');
    await page.getByRole('button', { name: 'Report overflowing: Bin bin-6' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Noted: Bin bin-6 overflows.').waitFor();
    await expect.poll(async () => (await overflows()).length, { timeout: 45_000 }).toBe(1);
    expect(await overflows()).toMatchObject([
      { binId: 'bin-6', channel: 'crew', planId: 'plan-a', vehicleId: 't1', note: 'bags on the road' },
    ]);
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    // It is no report of a stop: the route is where it was.
    await page.getByText('0 of 3 bins').first().waitFor();
    expect(faults).toEqual([]);
  });

  it('is offered the bins around where the phone is', async () => {
    const { page, context } = await open();
    const position = { latitude: 10.981, longitude: 106.6511 };
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation(position);
    await chooseTruck(page);
    await hasPlaces(page);
    await form(page).locator('details > summary').first().click();
    await form(page).getByText('Các thùng gần bạn nhất:').waitFor();
    expect(await form(page).getByRole('radio').count()).toBe(6);
    expect(await form(page).locator('.bin-choice label').first().innerText()).toContain('cách 10 m');
    await draw(page, 'crew-overflow-near');
    // Nothing is sent before a bin is chosen, and the page says why.
    await form(page).getByRole('button', { name: 'Báo tràn' }).click();
    await form(page).getByText('Hãy chọn một thùng trước.').waitFor();
    expect(await overflows()).toEqual([]);

    await form(page).getByRole('radio').first().check();
    await form(page).locator('.more summary').click();
    await form(page)
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(await aPicture(page)) });
    await form(page).getByText('Ảnh sẽ được gửi cùng báo cáo').waitFor();
    await form(page).locator('button[type=submit]').click();
    await page.locator('.overflows-said').getByText('đã gửi').waitFor();
    const [report] = await overflows();
    expect(report).toMatchObject({ photoKey: `crew-photos/${report?.reportId}` });
    const { crewPhotos } = city().parts();
    await expect.poll(() => crewPhotos.get(report?.reportId ?? '').then(Boolean), { timeout: 45_000 }).toBe(true);
  });

  it('reports without a network, in one order with its stops; a wrong tap is taken back; nothing is sent twice', async () => {
    const { page, context } = await open();
    await chooseTruck(page);
    await hasPlaces(page);
    await isKept(page);
    await context.setOffline(true);
    const tap = (name: string) => page.locator('.stop.is-next').getByRole('button', { name }).click();
    await tap('Đã lấy');
    const say = async (id: string) => {
      await form(page).locator('details > summary').first().click();
      await page.getByLabel('Tìm thùng theo tên, mã, phường').fill(id);
      await page.getByRole('radio', { name: new RegExp(id) }).check();
      await page.getByRole('button', { name: `Báo tràn: Bin ${id}` }).click();
      await page.getByText(`Đã ghi: Bin ${id} bị tràn`).waitFor();
    };
    await say('bin-5');
    await say('bin-6');
    await page.reload();
    await page.getByText('3 báo cáo chờ gửi').waitFor();
    await page.getByRole('button', { name: 'Hoàn tác báo tràn: Bin bin-5' }).click();
    await page.getByText('Đã rút lại: Bin bin-5.').waitFor();
    await tap('Đã lấy');
    await page.getByText('5 báo cáo chờ gửi').waitFor();
    await draw(page, 'crew-overflow-offline');
    expect(await accessibilityFaults(page)).toEqual([]);
    // Its answer is lost the first time, so all is sent again.
    city().mood.losesAnswers = true;
    await context.setOffline(false);
    await expect.poll(() => city().mood.batches.length, { timeout: 45_000 }).toBeGreaterThan(0);
    city().mood.losesAnswers = false;
    await page.locator('.sending.is-sent').waitFor();
    expect(await overflows()).toMatchObject([
      { binId: 'bin-5', withdrawn: { by: 'crew@local', why: 'taken back by the crew' } },
      { binId: 'bin-6' },
    ]);
    const [batch = []] = city().mood.batches;
    expect(batch.map((report) => ('kind' in report ? report.kind : 'stop'))).toEqual([
      ...['stop', 'overflow', 'overflow', 'overflow-taken-back', 'stop'],
    ]);
    expect(await city().parts().crewReports.since(0)).toHaveLength(2);
  });

  it('is told why a bin was refused, in its words', async () => {
    const { page } = await open({ viewport: desktop });
    await chooseTruck(page);
    await hasPlaces(page);
    await city().parts().registry.remove('bin', 'bin-6');
    await form(page).locator('details > summary').first().click();
    await page.getByLabel('Tìm thùng theo tên, mã, phường').fill('bin-6');
    await page.getByRole('radio', { name: /bin-6/ }).check();
    await page.getByRole('button', { name: 'Báo tràn: Bin bin-6' }).click();
    const refused = page.locator('.notice.is-problem', { hasText: 'Báo cáo bị từ chối' });
    await refused.getByText('Không có thùng bin-6').waitFor();
    expect(await refused.innerText()).toContain('Bị tràn');
    expect(await page.getByRole('button', { name: /Hoàn tác báo tràn/ }).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
