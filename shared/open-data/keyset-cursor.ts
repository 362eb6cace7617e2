import { Buffer } from 'node:buffer';
import * as z from 'zod';
import { InvalidCursorError } from '../telemetry/reading-store.ts';

/** An instant in a cursor, UTC epoch milliseconds: of the years 1 to 9999, which all calendars here can write. */
export const cursorInstant = z.int().min(-62_135_596_800_000).max(253_402_214_400_000);

/**
 * Opaque cursors that hold the position of the last item sent, so that a page after it is the same whatever arrived in between.
 * They carry no secret and grant nothing: whoever forges one gets a page they could have asked for.
 */
export const writeCursor = (position: object): string => Buffer.from(JSON.stringify(position)).toString('base64url');

/** @throws InvalidCursorError when `writeCursor` did not write it for this schema. */
export const readCursor = <Schema extends z.ZodType>(schema: Schema, cursor: string): z.output<Schema> => {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new InvalidCursorError('Not a cursor of this query');
  }
};
