import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useConsole } from './support/console-suite.ts';

const { host, open } = useConsole();

const binRequests = (requests: readonly string[]): number =>
  requests.filter((address) => address.endsWith('/api/v1/bins')).length;

/** From now on the page's clock stands still, but for what the test lets pass. */
const holdClock = async (page: Page): Promise<void> => {
  await page.clock.install();
  await page.reload();
};

describe('when the API is down', () => {
  it('says so from the start, with the server’s detail, and recovers on request', async () => {
    host().mood.isDown = true;
    const { page } = await open({ locale: 'en-GB' });
    const alert = page.getByRole('alert');
    await alert.filter({ hasText: 'disposal sites' }).waitFor();
    const words = await alert.innerText();
    expect(words).toContain('The server reports an error: Service Unavailable');
    expect(words).toContain('The registry table is being restored.');
    expect(words).toContain('Nothing has been loaded yet.');
    host().mood.isDown = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: /^Plan for/ }).waitFor();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  });

  it('keeps what it has, and says of when it is', async () => {
    const { page } = await open({ locale: 'en-GB', path: '/#tab=bins' });
    await holdClock(page);
    await page.locator('.bin-table tbody tr').first().waitFor();
    host().mood.isDown = true;
    await page.clock.runFor(31_000);
    await page.getByText(/^Showing data of \d\d:\d\d:\d\d; it may be out of date\.$/).waitFor();
    expect(await page.locator('.bin-table tbody tr').count()).toBeGreaterThan(40);
  });

  it('tells a device that is offline from a server that does not answer', async () => {
    const { page, context } = await open({ locale: 'en-GB' });
    await holdClock(page);
    await page.getByRole('heading', { name: /^Plan for/ }).waitFor();
    await context.setOffline(true);
    await page.clock.runFor(31_000);
    await page.getByRole('alert').getByText('This device is offline').waitFor();
    await context.setOffline(false);
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  });
});

describe('refreshing', () => {
  it('happens every 30 seconds, pauses while nobody looks, and catches up at once', async () => {
    const { page, requests } = await open();
    await page.addInitScript(() => {
      Object.defineProperty(document, 'visibilityState', {
        get: () => document.documentElement.dataset.visibility ?? 'visible',
      });
    });
    await holdClock(page);
    await page.locator('.plan h2').waitFor();
    const look = (visibility: string) =>
      page.evaluate((state) => {
        document.documentElement.dataset.visibility = state;
        document.dispatchEvent(new Event('visibilitychange'));
      }, visibility);
    const before = binRequests(requests);
    await page.clock.runFor(61_000);
    await expect.poll(() => binRequests(requests)).toBe(before + 2);
    await look('hidden');
    await page.clock.runFor(300_000);
    expect(binRequests(requests)).toBe(before + 2);
    await look('visible');
    await expect.poll(() => binRequests(requests)).toBe(before + 3);
  });
});

describe('without WebGL', () => {
  it('says that there is no map, and the lists carry on', async () => {
    const { page } = await open({ locale: 'en-GB', withMap: true });
    await page.addInitScript(() => {
      const original = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
        return kind.startsWith('webgl') ? null : Reflect.apply(original, this, [kind, ...rest]);
      };
    });
    await page.reload();
    await page.getByText('This browser cannot draw the map.', { exact: false }).waitFor();
    expect(await page.getByRole('heading', { name: /^Plan for/ }).isVisible()).toBe(true);
  });
});
