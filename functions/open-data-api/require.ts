import type { Period } from '../../shared/lambda/period.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { type SelectedSeries, type SeriesFilter, selectSeries } from '../../shared/open-data/series.ts';
import { InvalidCursorError } from '../../shared/telemetry/reading-store.ts';
import { BASE_PATH, type OpenDataParts } from './parts.ts';

/** @throws ProblemError 404 where the filter names what there is not. */
export const requireSeries = async (
  { registry, sensorStates }: OpenDataParts,
  filter: SeriesFilter,
): Promise<Extract<SelectedSeries, { ok: true }>> => {
  const selected = await selectSeries(registry, sensorStates, filter);
  if (selected.ok) return selected;
  const { field, reason } = selected;
  throw notFound(`${field}: ${reason}`, [{ in: 'query', field, message: reason }]);
};

/** The address of the page that follows (RFC 8288), of the same query with another cursor. */
export const nextPage = (path: string, query: Readonly<Record<string, unknown>>, cursor: string): string => {
  const parts = Object.entries({ ...query, cursor });
  const search = new URLSearchParams(
    parts.flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]])),
  );
  return `<${BASE_PATH}${path}?${search}>; rel="next"`;
};

/** What a cursor keeps of its query, so that it continues that one and no other. */
export const filterText = (filter: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(filter).filter(([, value]) => value !== undefined));

/** @throws InvalidCursorError for a cursor of another query. */
export const requireSame = (cursor: { readonly filter: string }, filter: Readonly<Record<string, unknown>>): void => {
  if (cursor.filter !== filterText(filter)) throw new InvalidCursorError('A cursor of another query');
};

/** The rest of a period that a cursor names. @throws InvalidCursorError for a cursor of another query, or one that nobody was given. */
export const continuedPeriod = <Cursor extends Period & { readonly filter: string }>(
  cursor: Cursor,
  query: Partial<Record<keyof Period, number | undefined>>,
  { filter, maxMs }: { readonly filter: Readonly<Record<string, unknown>>; readonly maxMs: number },
): Cursor => {
  const { from, to } = cursor;
  const samePeriod = (query.from ?? from) === from && (query.to ?? to) === to;
  const possible = from < to && to - from <= maxMs;
  requireSame(cursor, filter);
  if (samePeriod && possible) return cursor;
  throw new InvalidCursorError('A cursor of another query');
};
