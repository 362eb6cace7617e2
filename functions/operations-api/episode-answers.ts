import * as z from 'zod';
import {
  acknowledgementSchema,
  type Episode,
  type EpisodeEvent,
  episodeEventSchema,
  episodeSchema,
} from '../../shared/environment/episodes/episode.ts';
import { type Peak, peakSchema } from '../../shared/environment/episodes/facts.ts';
import type { SeriesPeriod } from '../../shared/environment/episodes/fold-periods.ts';
import { instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { quantities } from '../../shared/telemetry/quantity.ts';

const peakAnswer = peakSchema
  .extend({ periodStartsAt: instantSchema, periodEndsAt: instantSchema })
  .meta({ id: 'EpisodePeak', description: 'A mean, its period, and how much data it rests on' });

const acknowledgementAnswer = acknowledgementSchema
  .extend({ at: instantSchema })
  .meta({ id: 'EpisodeAcknowledgement' });

const episodeMembers = {
  stationName: z.string(),
  unit: z.string(),
  limit: episodeSchema.shape.limit.extend({ quantity: z.string() }),
  startsAt: instantSchema,
  firstEndsAt: instantSchema,
  lastBreachEndsAt: instantSchema,
  trackedTo: instantSchema,
  recordedAt: instantSchema,
  changedAt: instantSchema,
  peak: peakAnswer,
  latest: peakAnswer,
  acknowledgements: z.array(acknowledgementAnswer),
};

const told = episodeSchema.omit({
  pending: true,
  version: true,
  eventCount: true,
  anchorAt: true,
  toldValue: true,
  wellRun: true,
  deepenings: true,
});

export const episodeAnswer = told.extend(episodeMembers).meta({
  id: 'Episode',
  description: 'A stretch in which a series of a station broke a limit, as the data shows it and as people handled it',
});

const eventAnswer = episodeEventSchema
  .extend({
    at: instantSchema,
    data: episodeEventSchema.shape.data.extend({ startsAt: instantSchema, peak: peakAnswer, latest: peakAnswer }),
  })
  .meta({ id: 'EpisodeEvent', description: 'One transition: who, when, and what was known at that moment' });

const periodAnswer = z
  .object({
    startsAt: instantSchema,
    endsAt: instantSchema,
    /** `null` where no reading counts; then nothing was found. */
    value: z.number().nullable(),
    observed: z.number(),
    expected: z.number().nullable(),
    isValid: z.boolean(),
  })
  .meta({ id: 'JudgedPeriod' });

export const episodeDetailAnswer = told
  .extend({ ...episodeMembers, events: z.array(eventAnswer), periods: z.array(periodAnswer) })
  .meta({ id: 'EpisodeDetail', description: 'An episode with its transitions and the periods it rests on' });

const peakOf = (peak: Peak): z.infer<typeof peakAnswer> => ({
  ...peak,
  periodStartsAt: isoInstant(peak.periodStartsAt),
  periodEndsAt: isoInstant(peak.periodEndsAt),
});

/** @param stationName the id, where the registry knows the station no more. */
export const answerOf = (episode: Episode, stationName: string): z.infer<typeof episodeAnswer> => {
  const { pending, version, eventCount, anchorAt, toldValue, wellRun, deepenings, ...rest } = episode;
  return {
    ...rest,
    stationName,
    unit: quantities[episode.limit.quantity].unit,
    startsAt: isoInstant(episode.startsAt),
    firstEndsAt: isoInstant(episode.firstEndsAt),
    lastBreachEndsAt: isoInstant(episode.lastBreachEndsAt),
    trackedTo: isoInstant(episode.trackedTo),
    recordedAt: isoInstant(episode.recordedAt),
    changedAt: isoInstant(episode.changedAt),
    peak: peakOf(episode.peak),
    latest: peakOf(episode.latest),
    acknowledgements: episode.acknowledgements.map((act) => ({ ...act, at: isoInstant(act.at) })),
  };
};

export const eventAnswerOf = ({ data, ...event }: EpisodeEvent): z.infer<typeof eventAnswer> => ({
  ...event,
  at: isoInstant(event.at),
  data: { ...data, startsAt: isoInstant(data.startsAt), peak: peakOf(data.peak), latest: peakOf(data.latest) },
});

export const periodAnswerOf = ({ startsAt, endsAt, mean }: SeriesPeriod): z.infer<typeof periodAnswer> => ({
  startsAt: isoInstant(startsAt),
  endsAt: isoInstant(endsAt),
  value: mean?.value ?? null,
  observed: mean?.observed ?? 0,
  expected: mean?.expected ?? null,
  isValid: mean?.isValid ?? false,
});
