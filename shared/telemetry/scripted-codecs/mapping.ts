import * as z from 'zod';
import { missingReasons } from '../missing-reason.ts';
import { isObservable, type Quantity, quantities } from '../quantity.ts';
import { toCanonical } from '../units.ts';
import { parseKeyPath } from './key-path.ts';

const quantityNames = Object.keys(quantities).filter(isObservable) as [Quantity, ...Quantity[]];

const pathSchema = z
  .string()
  .max(200)
  .refine((path) => parseKeyPath(path) !== undefined, 'a path such as distance, air.pm25 or history[*].level');

/** A value, as the vendor's script gives it and before it is scaled, that says that there is none. */
const sentinelSchema = z
  .strictObject({
    equals: z.union([z.number(), z.string(), z.boolean(), z.null()]).optional(),
    /** This and everything less. */
    atMost: z.number().optional(),
    /** This and everything more. */
    atLeast: z.number().optional(),
    reason: z.enum(missingReasons),
  })
  .refine(
    ({ equals, atMost, atLeast }) => [equals, atMost, atLeast].filter((test) => test !== undefined).length === 1,
    'one of equals, atMost and atLeast',
  );

const valueSchema = z
  .strictObject({
    quantity: z.enum(quantityNames),
    /** What the script's number is in; the quantity's own unit when absent. Converted after scale and offset. */
    unit: z.string().max(32).optional(),
    /** value × scale + offset. */
    scale: z
      .number()
      .refine((scale) => scale !== 0, 'not 0')
      .default(1),
    offset: z.number().default(0),
    sentinels: z.array(sentinelSchema).max(32).default([]),
    /** Whether the script gives numbers as text, `"3.61"`. */
    text: z.boolean().default(false),
    /** What stands behind the number in such a text, `"1820 mm"`. */
    suffix: z.string().max(16).optional(),
    /** Words that stand for numbers, `{ "normal": 0, "tilt": 1 }`. */
    words: z.record(z.string().max(64), z.number()).optional(),
    /** Refuse a frame without it. */
    required: z.boolean().default(false),
    /** Where an element of a list says when it was measured: its key, and how it counts. */
    measuredAt: z
      .strictObject({ path: pathSchema, format: z.enum(['iso', 'seconds', 'milliseconds']).default('iso') })
      .optional(),
  })
  .refine(({ quantity, unit }) => toCanonical(quantity, 1, unit) !== undefined, {
    error: ({ input }) => {
      const { quantity, unit } = input as { readonly quantity: Quantity; readonly unit: string };
      return `${unit} is no unit of ${quantity}, which is kept in ${quantities[quantity].unit}`;
    },
    path: ['unit'],
  });

/**
 * What the keys of a vendor's decoded object mean to the city. A key that is neither mapped nor ignored refuses the frame, so that
 * nothing a device says is lost unseen; `others: "ignore"` gives that up.
 */
export const codecMappingSchema = z
  .strictObject({
    /** LoRaWAN ports of its uplinks; any when absent. */
    ports: z.array(z.int().min(1).max(223)).min(1).max(223).optional(),
    /** By the path of the vendor's key. */
    values: z
      .record(pathSchema, valueSchema)
      .refine((values) => Object.keys(values).length > 0, 'at least one')
      .refine((values) => Object.keys(values).length <= 200, 'at most 200'),
    /** Keys that the city does not keep, with everything below them. */
    ignore: z.array(pathSchema).max(200).default([]),
    others: z.enum(['refuse', 'ignore']).default('refuse'),
    /** What a frame is worth that the script warns of (TS013 `warnings`). */
    warnings: z.enum(['suspect', 'accept', 'refuse']).default('suspect'),
  })
  .superRefine(({ values, ignore }, context) => {
    const ignored = new Set(ignore);
    for (const [path, { measuredAt }] of Object.entries(values)) {
      if (ignored.has(path)) context.addIssue({ code: 'custom', path: ['ignore'], message: `${path} is mapped` });
      if (measuredAt !== undefined && countEach(measuredAt.path) > countEach(path)) {
        const message = 'has more [*] than the value that it belongs to';
        context.addIssue({ code: 'custom', path: ['values', path, 'measuredAt', 'path'], message });
      }
    }
  });

export type CodecMapping = z.infer<typeof codecMappingSchema>;
export type MappedValue = CodecMapping['values'][string];

const countEach = (path: string): number => parseKeyPath(path)?.filter((step) => 'each' in step).length ?? 0;
