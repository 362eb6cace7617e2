import * as z from 'zod';
import { entityIdSchema } from '../../city/entities.ts';
import type { Quantity } from '../../telemetry/quantity.ts';
import { laboratoryQuantities } from './quantities.ts';

export const laboratoryQuantitySchema = z
  .string()
  .refine(
    (name): name is Quantity => (laboratoryQuantities as readonly string[]).includes(name),
    'is no quantity of water',
  );

/** One result, in the quantity's canonical unit, with what the report said. */
const laboratoryResultSchema = z.object({
  quantity: laboratoryQuantitySchema,
  /** `<`: not quantified; the value is the detection limit, and how little there is nobody knows. It is never zero. */
  qualifier: z.enum(['=', '<']),
  value: z.number(),
  detectionLimit: z.number().positive().optional(),
  /** As the report has it: `<0.01 mg/L`. */
  reported: z.string().max(100),
  method: z.string().max(200).optional(),
});
export type LaboratoryResult = z.infer<typeof laboratoryResultSchema>;

/** A sample of water as somebody entered it. Identity is station and instant; a correction is another version of it. */
export const laboratorySampleSchema = z.object({
  stationId: entityIdSchema,
  /** UTC epoch milliseconds. */
  sampledAt: z.int().positive(),
  /** 1 as first entered, one more with each correction. */
  version: z.int().positive(),
  laboratory: z.string().min(1).max(200),
  note: z.string().max(2_000).optional(),
  results: z.array(laboratoryResultSchema).min(1),
  /** The name in the token, or of whoever ran the import. */
  enteredBy: z.string().min(1).max(200),
  enteredAt: z.int().positive(),
  enteredThrough: z.enum(['api', 'import']),
  /** Why this version took the place of the one before it. */
  correctionReason: z.string().min(1).max(2_000).optional(),
});
export type LaboratorySample = z.infer<typeof laboratorySampleSchema>;

/** Samples with all their versions. A port. */
export type LaboratorySampleStore = {
  /** Keeps one version; false, changing nothing, when that version is there already. */
  readonly put: (sample: LaboratorySample) => Promise<boolean>;
  /** All versions of one sample, oldest first; empty when there is none. */
  readonly versions: (stationId: string, sampledAt: number) => Promise<readonly LaboratorySample[]>;
  /**
   * The newest version of each sample of a station, newest sample first, `from` ≤ sampledAt < `to`.
   * @throws InvalidCursorError for a cursor of another list.
   */
  readonly list: (query: {
    readonly stationId: string;
    readonly from: number;
    readonly to: number;
    readonly limit: number;
    readonly cursor?: string;
  }) => Promise<{ readonly samples: readonly LaboratorySample[]; readonly nextCursor?: string }>;
};

/** The sensor under which a station's laboratory results are kept as readings. */
export const laboratorySensorId = (stationId: string): string => `${stationId.slice(0, 60)}.lab`;

/** Whether two versions say the same of the water. */
export const saysTheSameResults = (a: LaboratorySample, b: LaboratorySample): boolean => {
  const told = ({ laboratory, note, results }: LaboratorySample): string =>
    JSON.stringify([
      laboratory,
      note ?? '',
      results
        .toSorted((x, y) => (x.quantity < y.quantity ? -1 : 1))
        .map((one) => [one.quantity, one.qualifier, one.value, one.detectionLimit ?? '', one.method ?? '']),
    ]);
  return told(a) === told(b);
};
