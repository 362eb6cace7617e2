import * as z from 'zod';
import type { IndexCategory, IndexResult } from './index-result.ts';

const notesSchema = z.array(z.object({ en: z.string(), vi: z.string() }));

const categorySchema = z.object({
  level: z.int().meta({ description: '1 is the best' }),
  min: z.number(),
  max: z.number(),
  nameEn: z.string(),
  nameVi: z.string(),
  colourEn: z.string(),
  colourVi: z.string(),
  rgb: z.array(z.int()).meta({ description: 'Red, green, blue as the decision prints them' }),
  healthEn: z.string().optional(),
  healthVi: z.string().optional(),
  adviceEn: z.string().optional().meta({ description: 'What anybody should do' }),
  adviceVi: z.string().optional(),
  sensitiveAdviceEn: z.string().optional().meta({ description: 'What sensitive people should do' }),
  sensitiveAdviceVi: z.string().optional(),
  alsoNamedVi: z.string().optional(),
  useEn: z.string().optional().meta({ description: 'What water of this category can be used for' }),
  useVi: z.string().optional(),
});

const computedSchema = z.object({
  status: z.literal('computed'),
  index: z.string(),
  value: z.int(),
  category: categorySchema,
  dominant: z.string().meta({ description: 'The quantity with the worst sub-index' }),
  subIndices: z.array(
    z.object({
      quantity: z.string(),
      period: z.string(),
      value: z.number(),
      isDominant: z.boolean(),
      beyondScale: z.boolean().meta({ description: 'Beyond the last break-point: the sub-index stays at its end' }),
      verified: z.boolean().meta({ description: 'False where nobody has read the source of the break-points' }),
    }),
  ),
  inputs: z.array(
    z.object({
      quantity: z.string(),
      value: z.number(),
      unit: z.string(),
      period: z.string(),
      completeness: z.number(),
    }),
  ),
  completeness: z.number().meta({ description: 'The least completeness among the inputs, 0 to 1' }),
  missing: z.array(z.string()).meta({ description: 'Quantities that the index knows and this value does without' }),
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
export type IndexAnswer = z.infer<typeof indexAnswer>;

const categoryAnswer = ({ rgb, ...category }: IndexCategory) => ({ ...category, rgb: [...rgb] });

export const indexAnswerOf = (result: IndexResult): IndexAnswer => {
  if (result.status === 'not-computable') return result;
  const { status, index, value, category, dominant, completeness, missing, methodVersion, notes } = result;
  return {
    status,
    index,
    value,
    category: categoryAnswer(category),
    dominant,
    subIndices: result.subIndices.map(({ quantity, period, value: sub, beyondScale, verified }) => {
      return { quantity, period, value: sub, isDominant: quantity === dominant, beyondScale, verified };
    }),
    inputs: result.inputs.map(({ quantity, value: input, unit, period, completeness: share }) => {
      return { quantity, value: input, unit, period, completeness: share };
    }),
    completeness,
    missing: [...missing],
    methodVersion,
    notes: notes.map((note) => ({ ...note })),
  };
};
