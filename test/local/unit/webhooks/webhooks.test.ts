import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planWebhookSecret, planWebhookSecretsFile } from '../../../../local/secrets/plan-webhook-secrets.ts';
import { changeWebhooks } from '../../../../local/webhooks/change-webhooks.ts';
import { readWebhooksCommand } from '../../../../local/webhooks/options.ts';
import { memoryPushLedger } from '../../../support/memory-push-ledger.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';
import { city } from '../../../support/small-city.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'phosach-webhooks-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const open = () => {
  const registry = memoryRegistry({ city: [city] });
  const ports = {
    registry,
    pushLedger: memoryPushLedger(),
    secretOf: (host: string) => planWebhookSecret(home, host),
  };
  const run = async (...args: readonly string[]) => {
    const command = readWebhooksCommand(args);
    return command.command === 'help' ? [] : changeWebhooks(ports, city.id, command);
  };
  return { registry, run };
};

describe('npm run webhooks', () => {
  it('adds a receiver, changes it, lists it and takes it away', async () => {
    const { registry, run } = open();
    await run('add', 'erp', '--url', 'https://erp.example.vn/hook', '--event', 'plan.published');
    await run('add', 'erp', '--url', 'https://erp.example.vn/other');
    expect((await registry.get('city', city.id))?.webhooks).toMatchObject([{ url: 'https://erp.example.vn/other' }]);
    expect(await run('list')).toEqual([
      expect.stringMatching(
        /^erp {2}https:\/\/erp\.example\.vn\/other {2}plan\.published\+.* never told of anything yet$/,
      ),
    ]);
    await run('remove', 'erp');
    expect(await run('list')).toEqual(['Nobody is told of plans.']);
  });

  it('tells the secret of a receiver’s host, the same each time', async () => {
    const { run } = open();
    await run('add', 'erp', '--url', 'https://erp.example.vn:8443/hook');
    const [secret] = await run('secret', 'erp');
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await run('secret', 'erp')).toEqual([secret]);
    expect(planWebhookSecret(home, 'other.example.vn')).not.toBe(secret);
    expect(statSync(planWebhookSecretsFile(home)).mode & 0o077).toBe(0);
  });

  it('makes no new secrets where the file is broken: receivers would be locked out', () => {
    writeFileSync(planWebhookSecretsFile(home), '{');
    expect(() => planWebhookSecret(home, 'erp.example.vn')).toThrow();
  });

  it.each([
    [['remove', 'nobody'], 'There is no receiver nobody'],
    [['add', 'erp', '--url', 'ftp://erp.example.vn'], 'url'],
    [['add', 'erp', '--url', 'https://me:secret@erp.example.vn'], 'holds no user'],
    [['add', 'erp', '--url', 'https://erp.example.vn', '--event', 'plan.eaten'], 'event'],
    [['forget'], 'No such command'],
  ])('says what is wrong with %j', async (args, words) => {
    const { run } = open();
    await expect(run(...args)).rejects.toThrow(words);
  });
});
