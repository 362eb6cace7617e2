import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core';

/** WebGL in software; no sandbox, because in a container there may be none. */
const FLAGS = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/**
 * Starts the Chromium that comes from npm. It brings its own shared libraries when it takes the machine for a Lambda, so it is
 * told that it is one.
 */
export const launchBrowser = async (): Promise<Browser> => {
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs24.x';
  return playwright.launch({ executablePath: await chromium.executablePath(), args: FLAGS, headless: true });
};

export type Visit = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every address that the page asked for. */
  readonly requests: readonly string[];
  /** Uncaught errors, and violations of the content security policy. */
  readonly faults: readonly string[];
};

type VisitOptions = {
  readonly locale?: 'vi-VN' | 'en-GB' | 'fr-FR';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly path?: string;
  /** Software WebGL is slow: the map is left out where a test is not about it, as on a machine without WebGL. */
  readonly withMap?: boolean;
};

export const desktop = { width: 1_280, height: 800 };
export const phone = { width: 360, height: 740 };

/** A fresh visitor, far from the city, so that the city's own time zone has to come from somewhere. */
export const visit = async (
  browser: Browser,
  url: string,
  { locale = 'vi-VN', viewport = desktop, path = '/', withMap = false }: VisitOptions = {},
): Promise<Visit> => {
  const context = await browser.newContext({
    locale,
    viewport,
    timezoneId: 'America/Lima',
    reducedMotion: 'reduce',
    ...(viewport.width < 600 ? { hasTouch: true, isMobile: true } : {}),
  });
  if (!withMap) await context.route(/\/assets\/city-map.*\.js$/, (route) => route.abort());
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const requests: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  await page.goto(`${url}${path}`);
  return { page, context, requests, faults };
};
