import { createHash } from 'node:crypto';
import * as z from 'zod';
import { codecMappingSchema } from './mapping.ts';

/** An item of the registry holds 400 KB; the mapping needs its part of it. */
const MAX_SCRIPT_BYTES = 256 * 1_024;

/** Names a codec of the registry; the same signs as every other id there. */
const codecIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, ".", "_", "-"; at most 64');

/** What a sensor of such a codec has as its codec: `script:NAME`. */
export const scriptReferenceSchema = z
  .templateLiteral(['script:', codecIdSchema])
  .describe('A codec that the city brought along, by its name in the registry');

export type ScriptReference = z.infer<typeof scriptReferenceSchema>;

export const isScriptReference = (codec: string): codec is ScriptReference => codec.startsWith('script:');

/** The name in the registry of what a sensor refers to. */
export const scriptId = (reference: ScriptReference): string => reference.slice('script:'.length);

/** A vendor's decoder as the city brought it along, and what its keys mean. */
export const scriptedCodecSchema = z.object({
  id: codecIdSchema,
  /** JavaScript with `decodeUplink(input)` (LoRa Alliance TS013), or one of the two older entry points. */
  script: z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= MAX_SCRIPT_BYTES, `at most ${MAX_SCRIPT_BYTES} bytes`),
  mapping: codecMappingSchema,
  /** Changes with script and mapping: what was decoded with another one may be decoded again. */
  version: z.string().regex(/^[0-9a-f]{16}$/),
});
export type ScriptedCodec = z.infer<typeof scriptedCodecSchema>;

/**
 * Makes the registry's entry of a script and a mapping, as read from JSON.
 * @throws ZodError that names every field at fault.
 */
export const scriptedCodec = (id: string, script: string, mapping: unknown): ScriptedCodec => {
  const valid = codecMappingSchema.parse(mapping);
  const version = createHash('sha256')
    .update(JSON.stringify([script, valid]))
    .digest('hex')
    .slice(0, 16);
  return scriptedCodecSchema.parse({ id, script, mapping: valid, version });
};
