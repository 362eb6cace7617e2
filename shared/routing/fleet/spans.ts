/** From, to: seconds since the service day's midnight. */
export type Span = [number, number];

/** Sorted, with those that touch or overlap joined. */
export const joinSpans = (spans: readonly Readonly<Span>[]): Span[] => {
  const joined: Span[] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
};

/** What is left of a span outside of others; their ends belong to what is left. Nothing shorter than a second. */
export const outside = ([from, to]: Readonly<Span>, closed: readonly Readonly<Span>[]): Span[] => {
  const left: Span[] = [];
  let next = from;
  for (const [start, end] of joinSpans(closed)) {
    if (start > next) left.push([next, Math.min(start, to)]);
    next = Math.max(next, end);
    if (next >= to) break;
  }
  if (next < to) left.push([next, to]);
  return left.filter(([start, end]) => end - start >= 1);
};

/** The parts of spans that lie in all of two lists. */
export const inBoth = (some: readonly Readonly<Span>[], others: readonly Readonly<Span>[]): Span[] =>
  some
    .flatMap(([from, to]) => others.map(([start, end]): Span => [Math.max(from, start), Math.min(to, end)]))
    .filter(([from, to]) => from < to);

export const overlap = ([from, to]: Readonly<Span>, [start, end]: Readonly<Span>): boolean => from < end && start < to;
