const HOUR_MS = 3_600_000;

/** Loggers that were cut off send what they kept within this time; later additions are rare. */
const SETTLED_AFTER_MS = 48 * HOUR_MS;

const RECENT_SECONDS = 60;
const SETTLED_SECONDS = 24 * 3_600;

/** Cache-Control of readings up to `to`: short while they may still arrive, long when the period is settled. */
export const readingsCacheControl = (to: number, at: number): string =>
  to + SETTLED_AFTER_MS <= at
    ? `public, max-age=${SETTLED_SECONDS}, stale-while-revalidate=${SETTLED_SECONDS}`
    : `public, max-age=${RECENT_SECONDS}, stale-while-revalidate=${RECENT_SECONDS}`;

/** Cache-Control of what changes when somebody edits the registry. */
export const REGISTRY_CACHE_CONTROL = 'public, max-age=300, stale-while-revalidate=3600';

/**
 * The end of a period that nobody gave: the next whole minute, so that all who ask within a minute get the same answer and a
 * cache can serve it.
 */
export const defaultEnd = (at: number): number => Math.ceil((at + 1) / 60_000) * 60_000;
