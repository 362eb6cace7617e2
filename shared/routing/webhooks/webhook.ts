import * as z from 'zod';

/** What happens to a plan that others may want to hear of. */
export const planEventTypes = [
  'plan.published',
  'plan.changed',
  'plan.started',
  'plan.closed',
  'plan.withdrawn',
] as const;
export type PlanEventType = (typeof planEventTypes)[number];

const urlSchema = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => {
    if (!URL.canParse(url)) return true;
    const { username, password, hash } = new URL(url);
    return [username, password, hash].every((part) => part === '');
  }, 'holds no user, password or fragment');

/**
 * A receiver that is told of plans by Standard Webhooks: part of the city's profile. Where it may be is for the deployment to say
 * (`WEBHOOK_ORIGINS`), and its secret is kept by its host: who may edit the registry cannot have the city call or sign elsewhere.
 */
export const webhookSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'lower-case letters, digits and "-"; at most 31'),
  url: urlSchema,
  events: z
    .array(z.enum(planEventTypes))
    .min(1)
    .default([...planEventTypes]),
});
export type Webhook = z.infer<typeof webhookSchema>;

export const webhooksSchema = z
  .array(webhookSchema)
  .max(8)
  .refine((webhooks) => new Set(webhooks.map(({ id }) => id)).size === webhooks.length, 'two webhooks of one id');
