import { InvalidCursorError } from '../telemetry/reading-store.ts';

/** An opaque cursor that continues a list behind the item with this sort key. */
export const keysetCursor = (sortKey: string): string => Buffer.from(sortKey).toString('base64url');

/**
 * The sort key that a cursor continues behind.
 * @throws InvalidCursorError when it is none of ours, or its key has not the list's form.
 */
export const sortKeyOf = (cursor: string, form: RegExp): string => {
  const sortKey = Buffer.from(cursor, 'base64url').toString();
  if (keysetCursor(sortKey) !== cursor || !form.test(sortKey)) {
    throw new InvalidCursorError(`Not a cursor of this list: ${cursor.slice(0, 100)}`);
  }
  return sortKey;
};

/** An instant as a sort key, so that text order is time order until the year 33658. */
export const sortableInstant = (epochMs: number): string => String(epochMs).padStart(15, '0');
