import * as z from 'zod';

/** What `push-context` is asked for: to tell context brokers of what changed. */
export const contextPushSchema = z.object({ kind: z.literal('sweep') });
export type ContextPush = z.infer<typeof contextPushSchema>;

/** An entity that a broker refused, as it lies in the dead-letter queue. */
export const refusedEntitySchema = z.object({
  kind: z.literal('refused-entity'),
  brokerId: z.string(),
  entityId: z.string(),
  reason: z.string(),
  at: z.int(),
  entity: z.looseObject({ id: z.string(), type: z.string() }),
});

/** The secret's name behind the deployment's prefix: `ioc.example.vn`, `localhost_9090`. */
export const contextSecretId = (prefix: string, origin: string): string =>
  `${prefix}${new URL(origin).host.replaceAll(':', '_')}`;
