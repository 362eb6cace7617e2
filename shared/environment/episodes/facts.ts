import * as z from 'zod';
import { dataPhases } from './vocabulary.ts';

const instant = z.int();

/** The period with the worst value, and the data that it rests on. */
export const peakSchema = z.object({
  value: z.number(),
  periodStartsAt: instant,
  periodEndsAt: instant,
  observed: z.number(),
  expected: z.number(),
  completeness: z.number(),
});
export type Peak = z.infer<typeof peakSchema>;

/** `no-data`: nobody knows how it went on. `limit-ended`: the limit is no longer in force. */
export const closingReasons = ['under-limit', 'no-data', 'limit-ended'] as const;

/** What the judged periods alone say of an episode. Instants are UTC epoch milliseconds, values in the quantity's canonical unit. */
export const factsSchema = z.object({
  phase: z.enum(dataPhases),
  /** Start of the first period that broke the limit, and its end. */
  startsAt: instant,
  firstEndsAt: instant,
  /** End of the last period that broke the limit. */
  lastBreachEndsAt: instant,
  /** End of the last valid period that belongs to it; of a closed one, of the period that closed it. */
  trackedTo: instant,
  /** Periods that broke the limit, and valid ones in all. */
  breaches: z.int(),
  valid: z.int(),
  peak: peakSchema,
  /** The last of these periods. */
  latest: peakSchema,
  /** The worst value told so far, which the next must pass by a step. */
  toldValue: z.number(),
  deepenings: z.int(),
  /** Valid periods in a row, up to the last one, that count towards closing. */
  wellRun: z.int(),
  closedBecause: z.enum(closingReasons).optional(),
});
export type EpisodeFacts = z.infer<typeof factsSchema>;
