import { invalidRequest } from './problem.ts';

/** UTC epoch milliseconds, `from` inclusive, `to` exclusive. */
export type Period = { readonly from: number; readonly to: number };

const DAY_MS = 86_400_000;

/**
 * The period that a query asks for. Without `to` it ends now; without `from` it starts `defaultMs` before its end.
 * @throws ProblemError 400 when it ends before it starts or is longer than `maxMs`.
 */
export const requestedPeriod = (
  asked: { readonly from?: number | undefined; readonly to?: number | undefined },
  { at, defaultMs, maxMs }: { readonly at: number; readonly defaultMs: number; readonly maxMs: number },
): Period => {
  const { to = at, from = to - defaultMs } = asked;
  const field = asked.from === undefined ? 'to' : 'from';
  if (from >= to) throw invalidRequest([{ in: 'query', field, message: 'the period must start before it ends' }]);
  if (to - from > maxMs) {
    const message = `the period may span at most ${maxMs / DAY_MS} days: ask for the rest separately`;
    throw invalidRequest([{ in: 'query', field, message }]);
  }
  return { from, to };
};
