import * as z from 'zod';
import { instantSchema, isoInstant, isoInstantOrNull } from '../../shared/lambda/instant.ts';
import type { FillState } from '../../shared/waste/fill-state.ts';

const doubtAnswer = z
  .object({
    code: z.enum(['heads-disagree', 'not-confirmed', 'sudden-rise', 'sensor-against-crew']),
    reason: z.string(),
    reasonVi: z.string(),
  })
  .meta({ id: 'FillDoubt', description: 'Why the level is not quite sure, in English and Vietnamese' });

export const fillAnswer = z
  .discriminatedUnion('status', [
    z.object({
      status: z.literal('known'),
      fraction: z.number().min(0).max(1),
      measuredAt: instantSchema,
      flag: z.union([z.literal(1), z.literal(2), z.literal(3)]),
      toldBy: z
        .literal('crew')
        .optional()
        .meta({ description: 'A crew said so; its word counts for more than the sensor’s' }),
      doubt: doubtAnswer.optional(),
      silentSince: instantSchema.optional().meta({
        description:
          'When a sensor of the bin was heard last, where all are silent by their limits: the level is an old one',
      }),
    }),
    z.object({ status: z.literal('no-data'), reason: z.string(), lastHeardAt: instantSchema.nullable() }),
  ])
  .meta({ id: 'Fill', description: 'How full the bin is; where nobody knows, why. No data is never "empty".' });

export const fillAnswerOf = (fill: FillState): z.infer<typeof fillAnswer> =>
  fill.status === 'known'
    ? { ...fill, measuredAt: isoInstant(fill.measuredAt) }
    : { ...fill, lastHeardAt: isoInstantOrNull(fill.lastHeardAt) };
