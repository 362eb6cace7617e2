import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const secretsSchema = z.record(z.string(), z.string().min(16));

/** What messages to receivers of plans are signed with, by host as `outgoingWebhookSecretId` writes it: `{ "erp.example.vn": "whsec_…" }`. */
export const planWebhookSecretsFile = (home: string): string => join(home, 'plan-webhook-secrets.json');

/**
 * The secret of a host; made when it is first asked for, 256 bits, in a file that its owner alone may read.
 * @throws Error when the file is there and is not what it should be: a new one would lock receivers out.
 */
export const planWebhookSecret = (home: string, host: string): string => {
  const file = planWebhookSecretsFile(home);
  const known = existsSync(file) ? secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const found = known[host];
  if (found !== undefined) return found;
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  mkdirSync(home, { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, `${JSON.stringify({ ...known, [host]: secret }, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, file);
  return secret;
};
