import * as z from 'zod';
import { timeWindowSchema } from '../basics.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const weekdaySchema = z.enum(weekdays);
export type Weekday = z.infer<typeof weekdaySchema>;

/** The weekday of a calendar day, `YYYY-MM-DD`. */
export const weekdayOf = (date: string): Weekday =>
  // Date's week begins on Sunday.
  weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] as Weekday;

/** Whole days, both ends included; without `to` until further notice. */
export const dateSpanSchema = z
  .object({ from: z.iso.date(), to: z.iso.date().optional(), reason: z.string().max(200).optional() })
  .refine(({ from, to }) => to === undefined || from <= to, {
    path: ['to'],
    message: 'must not be before from',
    params: { code: 'ends-before-start' },
  });
export type DateSpan = z.infer<typeof dateSpanSchema>;

/** The first of the spans that holds a day. */
export const spanAt = (spans: readonly DateSpan[] | undefined, date: string): DateSpan | undefined =>
  spans?.find(({ from, to }) => from <= date && (to === undefined || date <= to));

/** A rest of so many minutes that begins inside the window. */
export const breakSchema = z.object({ window: timeWindowSchema, minutes: z.number().int().min(1).max(480) });
export type Break = z.infer<typeof breakSchema>;
