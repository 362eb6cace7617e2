import * as z from 'zod';
import { entityIdSchema } from '../../city/entities.ts';

/** What a crew found at a stop. Only `collected` ends the stop's need; of `partly` the rest comes back as due. */
export const crewOutcomeSchema = z.enum(['collected', 'partly', 'blocked', 'not-found']);
export type CrewOutcome = z.infer<typeof crewOutcomeSchema>;

/**
 * One report of a crew about one stop of a plan, made by a phone that may be offline: it is sent later, perhaps twice, perhaps behind
 * younger ones. Identity is `reportId`, chosen by the phone; a correction is a new report of the same stop. Instants are UTC
 * epoch milliseconds.
 */
export const crewReportSchema = z.object({
  reportId: z.uuid(),
  planId: z.string().min(1).max(80),
  vehicleId: entityIdSchema,
  binId: entityIdSchema,
  outcome: crewOutcomeSchema,
  /** By the phone's clock. */
  at: z.int().positive(),
  /** Counted by the phone: of two reports with the same instant the later one is the crew's last word. */
  sequence: z.int().nonnegative(),
  /** How full the crew left the container, 0..1; told with `partly`. */
  fractionLeft: z.number().min(0).max(1).optional(),
  note: z.string().max(1_000).optional(),
  /** Where the photo lies in the photo store. */
  photoKey: z.string().max(200).optional(),
  /** Takes back what this crew said of the stop before: it is open again, as if nobody had reported it. */
  takenBack: z.literal(true).optional(),
});
export type CrewReport = z.infer<typeof crewReportSchema>;

/** A report as it is kept: with the instant of its arrival, and who sent it, as far as a token said so. */
export type ReceivedReport = CrewReport & { readonly receivedAt: number; readonly reportedBy?: string };

/** Where crews' reports live. A port. */
export type CrewReportStore = {
  /** Answers false, changing nothing, where the report is known already. */
  readonly add: (report: ReceivedReport) => Promise<boolean>;
  /** All reports of a plan, in the order in which they were made (instant, then sequence, then id), not in which they came. */
  readonly ofPlan: (planId: string) => Promise<readonly ReceivedReport[]>;
};

export { inOrderMade, lastWords } from './last-words.ts';
