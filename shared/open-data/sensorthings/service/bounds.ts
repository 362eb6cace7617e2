import type { QueryOptions } from '../query/ast.ts';

/** What one answer may cost. Whoever asks for more gets the rest on the next page, or is told what to ask for instead. */

/** Entities a page when nobody says. */
export const DEFAULT_TOP = 100;
/** A greater `$top` is read as this. */
const MAX_TOP = 1_000;
/** Entities in one answer, expanded ones included. */
export const MAX_ENTITIES = 20_000;
/** Readings looked at for one page. A page that ends here is shorter than asked for and has a next link. */
export const MAX_SCANNED = 100_000;
/** Observations read to answer a condition on the observations of something else. */
export const MAX_SEARCHED = 50_000;
/** Observations looked through for a page in an order other than that of time. */
export const MAX_SORTED = 200_000;
/** How long a scan may read; a page that is cut off here is short and has a next link, everything else is refused with the reason. */
export const MAX_READING_MS = 10_000;
/** What an entity takes of an answer, rather more than less: one in four is longer. */
export const USUAL_CHARACTERS = 1_200;
/** Datastreams of which an expansion reads more than the newest or oldest observation. */
export const MAX_EXPANDED_SERIES = 1_000;

/** The same for formats that need a tenth of the room: a month of five-minute values is one page. */
export const MAX_ROWS = 10_000;

export const pageSizeOf = ({ top, resultFormat }: Pick<QueryOptions, 'top' | 'resultFormat'>): number => {
  const isShort = resultFormat === 'dataArray' || resultFormat === 'csv';
  return Math.min(top ?? DEFAULT_TOP, isShort ? MAX_ROWS : MAX_TOP);
};
