import * as z from 'zod';
import { entityIdSchema } from '../../city/basics.ts';

/** Who saw it. What a citizen says on the telephone is a citizen's word, whoever types it in. */
export const overflowChannels = ['citizen', 'crew', 'dispatcher', 'control-room'] as const;
export type OverflowChannel = (typeof overflowChannels)[number];

/** Chosen by whoever sends a report, so that one sent twice is one. */
export const overflowReportIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/, 'letters, digits, ".", "_", "~", "-"; at most 128');

/** A person's word that a report was wrong; the report stays on record. */
const withdrawalSchema = z.object({ at: z.int(), by: z.string().min(1), why: z.string().min(1).max(500) });

/**
 * Somebody saw a bin overflow. Instants are UTC epoch milliseconds. `reportedBy` is who entered it: a person's sign-in or a
 * part of the system, never a citizen's name.
 */
export const overflowReportSchema = z.object({
  reportId: overflowReportIdSchema,
  binId: entityIdSchema,
  channel: z.enum(overflowChannels),
  reportedBy: z.string().min(1).max(200),
  seenAt: z.int().nonnegative(),
  receivedAt: z.int().nonnegative(),
  note: z.string().min(1).max(1_000).optional(),
  /** The plan whose day was planned anew for it, or by which the crew that saw it drove. */
  planId: z.string().min(1).max(80).optional(),
  /** The truck whose crew saw it. */
  vehicleId: entityIdSchema.optional(),
  /** Where the crew's photo lies in the photo store. */
  photoKey: z.string().min(1).max(200).optional(),
  withdrawn: withdrawalSchema.optional(),
});
export type OverflowReport = z.infer<typeof overflowReportSchema>;
export type Withdrawal = z.infer<typeof withdrawalSchema>;

/** Where reports of overflowing bins live. A port. */
export type OverflowReportStore = {
  /** Answers false, changing nothing, where the id is taken. */
  readonly add: (report: OverflowReport) => Promise<boolean>;
  readonly get: (reportId: string) => Promise<OverflowReport | undefined>;
  /** False, changing nothing, where there is no such report or it was withdrawn before. */
  readonly withdraw: (reportId: string, withdrawal: Withdrawal) => Promise<boolean>;
  /** All seen at or after an instant, of every bin, in the order seen. */
  readonly since: (seenAt: number) => Promise<readonly OverflowReport[]>;
  /** The same of one bin. */
  readonly ofBin: (binId: string, seenAt: number) => Promise<readonly OverflowReport[]>;
};

/** Orders reports as things were seen: by instant, then by id. */
export const inOrderSeen = (a: OverflowReport, b: OverflowReport): number =>
  a.seenAt - b.seenAt || (a.reportId < b.reportId ? -1 : a.reportId > b.reportId ? 1 : 0);
