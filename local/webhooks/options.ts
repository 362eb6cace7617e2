import { parseArgs } from 'node:util';
import * as z from 'zod';
import { planEventTypes, webhookSchema } from '../../shared/routing/webhooks/webhook.ts';

export const webhooksUsage = `npm run webhooks -- COMMAND

  add ID --url URL              a receiver that is told of plans (Standard Webhooks), or a change of it
      --event E                 ${planEventTypes.join(', ')}; again for more (all)
  remove ID                     it is told no more
  list                          the receivers, and how it goes with each
  secret ID                     what messages to its host are signed with (this machine; on AWS: Secrets Manager)

  --cloud                       in AWS instead: the registry of TABLE_NAME, the city of CITY_ID

The city calls only origins that its deployment names: PHOSACH_WEBHOOK_ORIGINS here, -c webhookOrigins on AWS.`;

const definitions = {
  url: { type: 'string' },
  event: { type: 'string', multiple: true },
  cloud: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const cloud = z.boolean();
const { id, url, events } = webhookSchema.shape;

const commands = {
  add: z.strictObject({ id, url, event: events, cloud }).transform(({ event, cloud: isCloud, ...rest }) => ({
    command: 'add' as const,
    webhook: { ...rest, events: event },
    cloud: isCloud,
  })),
  remove: z.strictObject({ id, cloud }).transform((rest) => ({ command: 'remove' as const, ...rest })),
  list: z.strictObject({ cloud }).transform((rest) => ({ command: 'list' as const, ...rest })),
  secret: z.strictObject({ id, cloud }).transform((rest) => ({ command: 'secret' as const, ...rest })),
} as const;

type CommandName = keyof typeof commands;
export type WebhooksCommand = { readonly command: 'help' } | z.infer<(typeof commands)[CommandName]>;

const isCommand = (name: string | undefined): name is CommandName =>
  name !== undefined && Object.hasOwn(commands, name);

/** @throws Error that says what is wrong with the line. */
export const readWebhooksCommand = (args: readonly string[]): WebhooksCommand => {
  const { values, positionals } = parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  const { help, ...options } = values;
  const [name, webhook, ...more] = positionals;
  if (help || name === undefined || name === 'help') return { command: 'help' };
  if (!isCommand(name)) throw new Error(`No such command: ${name}`);
  if (more.length > 0) throw new Error(`Too much: ${more.join(' ')}`);
  const parsed = commands[name].safeParse({ ...options, ...(webhook !== undefined && { id: webhook }) });
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
};
