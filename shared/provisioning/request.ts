import * as z from 'zod';
import { entityIdSchema, positionSchema, sensorSchema } from '../city/entities.ts';
import { readCsr } from './csr.ts';

/** A certificate signing request, PEM; AWS IoT takes at most 4,096 characters. */
export const csrSchema = z
  .string()
  .max(4_096)
  .refine((pem) => readCsr(pem) !== undefined, 'a certificate signing request in PEM');

/** What `functions/provision-sensor` is asked to do. Unknown members are refused: a mistyped one must not be forgotten silently. */
export const provisioningRequestSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('provision'),
    sensor: z.strictObject(sensorSchema.omit({ status: true }).shape),
    /** Where the sensor's site lies if it must be created. */
    position: positionSchema.optional(),
    csr: csrSchema.optional(),
    /** Registers only: the device claims its certificate itself. */
    claim: z.boolean().optional(),
  }),
  z.strictObject({ action: z.literal('renew'), sensorId: entityIdSchema, csr: csrSchema.optional() }),
  z.strictObject({ action: z.literal('retire'), sensorId: entityIdSchema }),
]);

export type ProvisioningRequest = z.infer<typeof provisioningRequestSchema>;
