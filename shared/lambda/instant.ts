import * as z from 'zod';

/** An instant in an answer: ISO 8601, UTC. */
export const instantSchema = z.iso.datetime().meta({ example: '2026-11-22T10:00:00.000Z' });

/** Writes UTC epoch milliseconds as answers show them. */
export const isoInstant = (epochMs: number): string => new Date(epochMs).toISOString();

export const isoInstantOrNull = (epochMs: number | null | undefined): string | null =>
  typeof epochMs === 'number' ? isoInstant(epochMs) : null;

const MESSAGE = 'must be an ISO 8601 instant with its offset, e.g. 2026-11-22T10:00:00Z or 2026-11-22T17:00:00+07:00';

/**
 * An instant in a query, as UTC epoch milliseconds. A `+` that the caller forgot to write as %2B arrives as a space: no other
 * meaning is possible in front of an offset, so it is read as the plus that was meant.
 */
export const instantParameter = (description: string) =>
  z
    .string()
    .overwrite((value) => value.replace(/ (\d{2}:\d{2})$/, '+$1'))
    .refine((value) => z.iso.datetime({ offset: true }).safeParse(value).success, MESSAGE)
    .transform((value) => Date.parse(value))
    .meta({ description, example: '2026-11-22T10:00:00Z', override: { type: 'string', format: 'date-time' } });

/** A count in a query, within bounds. */
export const limitParameter = (max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from 1 to ${max}`)
    .transform(Number)
    .pipe(z.int().min(1, `must be at least 1`).max(max, `must be at most ${max}`))
    .default(fallback)
    .meta({
      description: 'Most items in one answer',
      override: ({ jsonSchema }) => {
        delete jsonSchema.pattern;
        Object.assign(jsonSchema, { type: 'integer', minimum: 1, maximum: max, default: fallback });
      },
    });

export const cursorParameter = z
  .string()
  .min(1)
  .max(1_000)
  .optional()
  .meta({ description: '`nextCursor` of the answer before, with the other parameters unchanged' });
