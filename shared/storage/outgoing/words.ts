export const shortly = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 300);

/** RFC 9110, 10.2.3: seconds, or a date. */
export const retryAfter = (header: string | null): { readonly retryAfterMs?: number } => {
  if (header === null) return {};
  const wait = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) && wait > 0 ? { retryAfterMs: wait } : {};
};

/** The reason without the address: it may be read by whoever reads the logs. */
export const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return shortly(`${error.name}: ${error.message}${cause}`);
};
