/**
 * Keeps the crew's page on the phone: it opens without a network, and the newest one is fetched behind it for the next time. What crews report and
 * their plan are the page's own business, in its database. On its own: nothing is imported, so that it is one file.
 */

type Waits = { readonly waitUntil: (work: Promise<unknown>) => void };
type Fetches = Waits & { readonly request: Request; readonly respondWith: (answer: Promise<Response>) => void };
type Worker = {
  readonly location: Location;
  readonly clients: { readonly claim: () => Promise<void> };
  readonly skipWaiting: () => Promise<void>;
  readonly addEventListener: ((type: 'install' | 'activate', listen: (event: Waits) => void) => void) &
    ((type: 'fetch', listen: (event: Fetches) => void) => void);
};
const worker = globalThis as unknown as Worker;

const CACHE = 'phosach-crew-shell';
const PAGE = '/crew/';

/** What a page loads, of its own host; each once, for a cache refuses to be given the same thing twice. */
const partsOf = (html: string): readonly string[] => [
  ...new Set([...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].flatMap(([, path]) => path ?? [])),
];

/** Fetches the page with all its parts; the page itself is put last, so that it is never there without them. */
const keepShell = async (): Promise<void> => {
  const answer = await fetch(PAGE, { cache: 'no-cache' });
  if (!answer.ok || answer.redirected) return;
  const parts = partsOf(await answer.clone().text());
  const cache = await caches.open(CACHE);
  const missing: string[] = [];
  // Names under assets/ carry a hash of their content.
  for (const part of parts) if (!part.startsWith('/assets/') || !(await cache.match(part))) missing.push(part);
  await cache.addAll(missing);
  await cache.put(PAGE, answer);
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname !== PAGE && !parts.includes(pathname)) await cache.delete(url);
  }
};

const page = async (event: Fetches): Promise<Response> => {
  const kept = await (await caches.open(CACHE)).match(PAGE);
  if (kept === undefined) return fetch(event.request);
  event.waitUntil(keepShell().catch(() => {}));
  return kept;
};

const part = async (request: Request): Promise<Response> =>
  (await (await caches.open(CACHE)).match(request)) ?? fetch(request);

worker.addEventListener('install', (event) => event.waitUntil(keepShell().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== worker.location.origin) return;
  if (event.request.mode === 'navigate') {
    if (pathname === PAGE) event.respondWith(page(event));
  } else if (!/^\/(?:api|open|config)/.test(pathname)) event.respondWith(part(event.request));
});

export {};
