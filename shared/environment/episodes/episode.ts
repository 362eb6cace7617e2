import * as z from 'zod';
import { type Quantity, quantityNames } from '../../telemetry/quantity.ts';
import { averagingPeriods, type Limit } from '../limit.ts';
import { factsSchema, peakSchema } from './facts.ts';
import { episodeCauses, episodePhases, eventKinds, handlings } from './vocabulary.ts';

export type { EpisodeCause, EpisodeEventKind, EpisodePhase, Handling } from './vocabulary.ts';

const instant = z.int();

/** Who did what the machine did. */
export const SYSTEM = 'system';

/** One transition, for the record: who, when, and what was known at that moment. */
export const episodeEventSchema = z.object({
  /** `<episodeId>~<seq>`; a transition has one. */
  eventId: z.string(),
  episodeId: z.string(),
  /** 1, 2, 3 ... within the episode. */
  seq: z.int().positive(),
  kind: z.enum(eventKinds),
  at: instant,
  /** The user's identity, or `system`. */
  by: z.string(),
  data: z.object({
    phase: z.enum(episodePhases),
    startsAt: instant,
    breaches: z.int(),
    valid: z.int(),
    peak: peakSchema,
    latest: peakSchema,
  }),
  cause: z.enum(episodeCauses).optional(),
  note: z.string().optional(),
  /** The other one of a merge. */
  otherEpisodeId: z.string().optional(),
});
export type EpisodeEvent = z.infer<typeof episodeEventSchema>;

export const acknowledgementSchema = z.object({
  at: instant,
  by: z.string(),
  cause: z.enum(episodeCauses),
  note: z.string(),
  /** The episode that was acknowledged; another one where it was merged into this. */
  episodeId: z.string(),
});
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

const limitSchema = z.object({
  limitId: z.string(),
  standardId: z.string(),
  standard: z.string(),
  decision: z.string(),
  quantity: z.custom<Quantity>((name) => quantityNames.some((known) => known === name)),
  averagingPeriod: z.enum(averagingPeriods),
  bound: z.enum(['max', 'min']),
  value: z.number(),
  inForce: z.object({ from: z.string(), to: z.string().optional() }),
  verified: z.boolean(),
});

/** One stretch in which one series of one station broke one limit. */
export const episodeSchema = factsSchema.extend({
  /** `<stationId>~<sensorId>~<limitId>~<end of the first period when it was found>`; stays when late data moves the start. */
  episodeId: z.string(),
  /** Position in lists: `firstEndsAt` when it was found. */
  anchorAt: instant,
  stationId: z.string(),
  sensorId: z.string(),
  limit: limitSchema,
  phase: z.enum(episodePhases),
  mergedInto: z.string().optional(),
  /** Episodes that turned out to be part of this one. */
  mergedFrom: z.array(z.string()),
  handling: z.enum(handlings),
  acknowledgements: z.array(acknowledgementSchema),
  /** When it was first recorded, and when it last changed. */
  recordedAt: instant,
  changedAt: instant,
  /** How often the next group of recipients was told because nobody acknowledged it. */
  escalations: z.int(),
  eventCount: z.int(),
  /** Events that are not in the trail and on their way yet: written with the state, so that neither is there without the other. */
  pending: z.array(episodeEventSchema),
  /** Counts writes; 1 for the first. */
  version: z.int(),
});
export type Episode = z.infer<typeof episodeSchema>;

export type EpisodeKey = { readonly stationId: string; readonly sensorId: string; readonly limit: Limit };

type Keyed = Pick<EpisodeKey, 'stationId' | 'sensorId'> & { readonly limit: Pick<Limit, 'limitId'> };

/** One string for each series under one limit. */
export const keyText = ({ stationId, sensorId, limit }: Keyed): string =>
  [stationId, sensorId, limit.limitId].join('~');

/** Whether the data says that it is not over. */
export const isLive = ({ phase }: Pick<Episode, 'phase'>): boolean =>
  phase === 'open' || phase === 'deepening' || phase === 'closing';

/** Whether it counts at all: not part of another, not disproved. */
export const isStanding = ({ phase }: Pick<Episode, 'phase'>): boolean => phase !== 'merged' && phase !== 'withdrawn';
