import * as z from 'zod';
import type { IndexResult } from '../../shared/environment/indices/index-result.ts';

const notesSchema = z.array(z.object({ en: z.string(), vi: z.string() }));

const computedSchema = z.object({
  status: z.literal('computed'),
  index: z.string(),
  value: z.int(),
  category: z.object({
    level: z.int(),
    min: z.number(),
    max: z.number(),
    nameEn: z.string(),
    nameVi: z.string(),
    rgb: z.array(z.int()).meta({ description: 'Red, green, blue as the decision prints them' }),
  }),
  dominant: z.string().meta({ description: 'The quantity with the worst sub-index' }),
  subIndices: z.array(z.object({ quantity: z.string(), value: z.number() })),
  inputs: z.array(
    z.object({
      quantity: z.string(),
      value: z.number(),
      unit: z.string(),
      period: z.string(),
      completeness: z.number(),
    }),
  ),
  missing: z.array(z.string()),
  methodVersion: z.string(),
  notes: notesSchema,
});

const notComputableSchema = z.object({
  status: z.literal('not-computable'),
  index: z.string(),
  reason: z.string(),
  reasonEn: z.string(),
  reasonVi: z.string(),
  methodVersion: z.string(),
});

/** An index with all that it rests on, or the reason why there is none. */
export const indexAnswer = z.discriminatedUnion('status', [computedSchema, notComputableSchema]);

export const indexAnswerOf = (result: IndexResult): z.infer<typeof indexAnswer> => {
  if (result.status === 'not-computable') return result;
  const { status, index, value, dominant, missing, methodVersion, notes } = result;
  const { level, min, max, nameEn, nameVi, rgb } = result.category;
  return {
    status,
    index,
    value,
    category: { level, min, max, nameEn, nameVi, rgb: [...rgb] },
    dominant,
    subIndices: result.subIndices.map(({ quantity, value: sub }) => ({ quantity, value: sub })),
    inputs: result.inputs.map(({ quantity, value: input, unit, period, completeness }) => ({
      quantity,
      value: input,
      unit,
      period,
      completeness,
    })),
    missing: [...missing],
    methodVersion,
    notes: notes.map((note) => ({ ...note })),
  };
};
