import { Buffer } from 'node:buffer';
import type * as z from 'zod';
import { InvalidCursorError } from '../telemetry/reading-store.ts';

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
