import * as z from 'zod';
import { entityIdSchema } from '../../city/basics.ts';
import { crewReportSchema } from './crew-report.ts';

const { reportId, at, sequence, note, photoKey } = crewReportSchema.shape;

/**
 * A crew saw a bin overflow, on its route or not: what it found, not what it did there. Made by a phone that may be offline, beside
 * the reports of its stops and in one order with them. Instants are UTC epoch milliseconds.
 */
export const crewOverflowSchema = z.object({
  kind: z.literal('overflow'),
  reportId,
  binId: entityIdSchema,
  /** The truck it was seen from, and the plan it drove by, where there was one. */
  vehicleId: entityIdSchema.optional(),
  planId: crewReportSchema.shape.planId.optional(),
  /** When it was seen, by the phone's clock. */
  at,
  sequence,
  note,
  photoKey,
});
export type CrewOverflow = z.infer<typeof crewOverflowSchema>;

/** The crew takes back that a bin overflows: a wrong tap. The report stays on record, withdrawn. */
export const crewOverflowTakenBackSchema = z.object({
  kind: z.literal('overflow-taken-back'),
  reportId,
  /** The `reportId` of what is taken back. */
  overflowId: reportId,
  binId: entityIdSchema,
  at,
  sequence,
});
export type CrewOverflowTakenBack = z.infer<typeof crewOverflowTakenBackSchema>;

/** What a crew says of bins that overflow. */
export const crewOverflowWordSchema = z.discriminatedUnion('kind', [crewOverflowSchema, crewOverflowTakenBackSchema]);
export type CrewOverflowWord = CrewOverflow | CrewOverflowTakenBack;

/** Whether something a phone sent is a word about an overflow; reports of stops have no `kind`. */
export const isOverflowWord = (sent: unknown): sent is { readonly kind: string } =>
  typeof sent === 'object' && sent !== null && 'kind' in sent && typeof sent.kind === 'string';
