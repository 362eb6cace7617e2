import { QueryError } from './query-error.ts';

/**
 * Percent-decoded text.
 * @throws QueryError when it is not UTF-8; `start` is where the text stands in its option.
 */
export const decodeComponent = (raw: string, option: string, start = 0): string => {
  try {
    const text = decodeURIComponent(raw);
    if (text.isWellFormed()) return text;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  const wrong = raw.search(/%(?![0-9a-f]{2})/i);
  throw new QueryError('syntax', option, start + Math.max(wrong, 0), 'not percent-encoded UTF-8', '%25 for a bare %');
};

/** As in HTML forms, which clients use to write queries: a plus is a space, a plus itself comes as %2B. */
export const decodeQueryComponent = (raw: string, option: string): string =>
  decodeComponent(raw.replaceAll('+', ' '), option);
