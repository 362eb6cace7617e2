import * as z from 'zod';

/** What `notify` is asked for: to tell of a transition, to look at a hazardous reading, or to do what the clock wants. */
export const episodeNoticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), episodeId: z.string(), eventId: z.string() }),
  z.object({
    kind: z.literal('suspicion'),
    suspicions: z.array(z.object({ sensorId: z.string(), quantity: z.string(), measuredAt: z.int() })).min(1),
  }),
  z.object({ kind: z.literal('clock') }),
]);
export type EpisodeNotice = z.infer<typeof episodeNoticeSchema>;
