import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { webhookSenders } from '../../../../events/webhook-senders.ts';
import { startSecretsEndpoint } from '../../../../local/secrets/secrets-endpoint.ts';
import { openWebhookSecrets, webhookSecretsFile } from '../../../../local/secrets/webhook-secrets.ts';
import { secretsExtension } from '../../../../shared/storage/secrets.ts';
import { StoreUnavailableError } from '../../../../shared/telemetry/reading-store.ts';

describe('the webhook’s secrets', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'phosach-secrets-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it('are made once, one per sender, and are nobody else’s to read', () => {
    const secrets = openWebhookSecrets(home);
    expect(new Set(Object.values(secrets)).size).toBe(webhookSenders.length);
    for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThanOrEqual(43);
    expect(openWebhookSecrets(home)).toEqual(secrets);
    expect(statSync(webhookSecretsFile(home)).mode & 0o077).toBe(0);
  });

  it('stay as an administrator wrote them, with those made that are missing', () => {
    writeFileSync(webhookSecretsFile(home), JSON.stringify({ tts: 'written-by-a-person' }));
    const secrets = openWebhookSecrets(home);
    expect(secrets.tts).toBe('written-by-a-person');
    expect(secrets.chirpstack.length).toBeGreaterThanOrEqual(43);
    expect(JSON.parse(readFileSync(webhookSecretsFile(home), 'utf8'))).toEqual(secrets);
  });

  it('are not made anew over a file that cannot be read', () => {
    for (const text of ['{', '{"tts":""}', '{"sigfox":"a secret for nobody"}']) {
      writeFileSync(webhookSecretsFile(home), text);
      expect(() => openWebhookSecrets(home)).toThrow();
      expect(readFileSync(webhookSecretsFile(home), 'utf8')).toBe(text);
    }
  });
});

describe('the stand-in for the secrets extension', () => {
  it('answers who shows the session token, and nobody else', async () => {
    const { port, sessionToken, close } = await startSecretsEndpoint((id) =>
      id === 'a/b c' ? 'the secret' : undefined,
    );
    try {
      expect(await secretsExtension({ port, sessionToken }).get('a/b c')).toBe('the secret');
      await expect(secretsExtension({ port, sessionToken }).get('other')).rejects.toThrow(StoreUnavailableError);
      await expect(secretsExtension({ port, sessionToken: 'x' }).get('a/b c')).rejects.toThrow(StoreUnavailableError);
    } finally {
      await close();
    }
    await expect(secretsExtension({ port, sessionToken }).get('a/b c')).rejects.toThrow(StoreUnavailableError);
  });
});
