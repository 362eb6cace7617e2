import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export const chooseTruck = async (page: Page, name = 'Xe 1'): Promise<void> => {
  await page.getByRole('button', { name }).click();
  await page.locator('.stop.is-next').waitFor();
};
export const card = (page: Page, name: string) => page.locator('.stop').filter({ hasText: name });
export const tap = (page: Page, name: string) => page.locator('.stop.is-next').getByRole('button', { name }).click();
export const waiting = (page: Page, count: number) => page.getByText(`${count} báo cáo chờ gửi`).waitFor();

/** The page is on the phone once its worker holds it. */
export const isKept = (page: Page) =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          const kept = await (await caches.open('phosach-crew-shell')).match('/crew/');
          return kept !== undefined && navigator.serviceWorker.controller !== null;
        }),
      { timeout: 45_000 },
    )
    .toBe(true);
