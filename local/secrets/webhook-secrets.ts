import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type WebhookSender, webhookSenders } from '../../events/webhook-senders.ts';

export type WebhookSecrets = Readonly<Record<WebhookSender, string>>;

const secretsSchema = z.partialRecord(z.enum(webhookSenders), z.string().min(16));

/** Where an administrator reads and changes what network servers must send. */
export const webhookSecretsFile = (home: string): string => join(home, 'webhook-secrets.json');

const readFile = (file: string): z.infer<typeof secretsSchema> =>
  existsSync(file) ? secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};

/**
 * The webhook's secrets in `<home>/webhook-secrets.json`, readable by their owner only; missing ones are made, 256 bits each.
 * @throws Error when the file is there and is not what it should be: making new ones would lock the networks out.
 */
export const openWebhookSecrets = (home: string): WebhookSecrets => {
  const file = webhookSecretsFile(home);
  const known = readFile(file);
  const secrets = Object.fromEntries(
    webhookSenders.map((sender) => [sender, known[sender] ?? randomBytes(32).toString('base64url')]),
  ) as WebhookSecrets;
  if (webhookSenders.every((sender) => known[sender] !== undefined)) return secrets;
  mkdirSync(home, { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, file);
  return secrets;
};
