import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchBrowser, type Visit, visit } from './browser.ts';
import { ensureConsoleBuilt } from './console-build.ts';
import { type ConsoleHost, startConsoleHost } from './console-host.ts';

type Visiting = Parameters<typeof visit>[2];

/** One browser and one host for a whole file; every visitor comes fresh and finds the API well, and every test its data as they were. */
export const useConsole = () => {
  let browser: Browser | undefined;
  let host: ConsoleHost | undefined;
  const visits: Visit[] = [];

  beforeAll(async () => {
    await ensureConsoleBuilt();
    [browser, host] = await Promise.all([launchBrowser(), startConsoleHost()]);
  }, 120_000);
  afterEach(async () => {
    await Promise.all(visits.splice(0).map(({ context }) => context.close()));
    host?.reset();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const started = (): ConsoleHost => {
    if (!host) throw new Error('The console host has not started');
    return host;
  };
  return {
    host: started,
    open: async (options: Visiting = {}): Promise<Visit> => {
      if (!browser) throw new Error('The browser has not started');
      const visitor = await visit(browser, started().url, options);
      visits.push(visitor);
      return visitor;
    },
  };
};
