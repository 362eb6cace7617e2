import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const secretsSchema = z.record(z.string(), z.string().min(1));

/** Where an administrator enters what context brokers want to see, by host: `{ "ioc.example.vn": "Bearer …" }`. */
export const contextSecretsFile = (home: string): string => join(home, 'context-secrets.json');

const readSecrets = (file: string): z.infer<typeof secretsSchema> => {
  if (!existsSync(file)) return {};
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
};

/**
 * The secret of a host, as `contextSecretId` writes it; `undefined` where none was entered, or the file cannot be read: then nobody is told
 * until it is mended. Read at every question, so that a changed file counts at once.
 */
export const readContextSecret = (home: string, host: string): string | undefined => {
  const secrets = readSecrets(contextSecretsFile(home));
  return Object.entries(secrets).find(([name]) => name.replaceAll(':', '_') === host)?.[1];
};
