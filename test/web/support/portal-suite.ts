import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { openPublicCity } from '../../support/open-city.ts';
import { launchBrowser, type Visit, visit } from './browser.ts';
import { consoleFolder, ensureConsoleBuilt } from './console-build.ts';

/** 17:30 in Thủ Dầu Một. */
const NOW = Date.UTC(2026, 10, 23, 10, 30);

type Visiting = NonNullable<Parameters<typeof visit>[2]>;

/** The built portal before the city's real public functions, and a browser, for a whole file. */
export const usePortalCity = () => {
  let browser: Browser | undefined;
  let city: Awaited<ReturnType<typeof openPublicCity>> | undefined;
  const visits: Visit[] = [];

  beforeAll(async () => {
    await ensureConsoleBuilt();
    [browser, city] = await Promise.all([launchBrowser(), openPublicCity(consoleFolder, () => NOW)]);
  }, 120_000);
  afterEach(async () => {
    await Promise.all(visits.splice(0).map(({ context }) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });

  const origin = (): string => {
    if (!city) throw new Error('The city has not started');
    return city.origin;
  };
  return {
    origin,
    open: async (path: string, options: Visiting = {}): Promise<Visit> => {
      if (!browser) throw new Error('The browser has not started');
      const visitor = await visit(browser, origin(), { ...options, path });
      // A city's machine may be busy: a test that waits is better than one that fails.
      visitor.page.setDefaultTimeout(45_000);
      visits.push(visitor);
      return visitor;
    },
  };
};
