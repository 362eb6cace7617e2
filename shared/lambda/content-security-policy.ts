export type PageNeeds = {
  /** Template of the tiles, e.g. `https://tiles.example/{z}/{x}/{y}.png`; a relative one needs nothing more. */
  readonly tilesUrl?: string | undefined;
  /** Origins that the page asks besides its own: where people sign in. */
  readonly alsoConnectTo?: readonly string[];
};

/**
 * What the console's page may load: itself, and map tiles where the city configured some. The same header from CloudFront and from
 * the local city; the browser tests hold the console to it.
 */
export const contentSecurityPolicy = ({ tilesUrl, alsoConnectTo = [] }: PageNeeds = {}): string => {
  const tilesOrigin = tilesUrl && /^https?:/.test(tilesUrl) ? ` ${new URL(tilesUrl).origin}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: blob:${tilesOrigin}`,
    `connect-src ${["'self'", ...alsoConnectTo].join(' ')}${tilesOrigin}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
};
