import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextSecretId } from '../../../../events/context-push.ts';
import { contextSecretsFile, readContextSecret } from '../../../../local/secrets/context-secrets.ts';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'phosach-secrets-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const secretOf = (origin: string) => readContextSecret(home, contextSecretId('', origin));

describe('The secret of a context broker', () => {
  it('is that of its host and of no other, from now on', () => {
    expect(secretOf('https://ioc.example.vn')).toBeUndefined();
    const secrets = { 'ioc.example.vn': 'Bearer a', 'localhost:9090': 'b' };
    writeFileSync(contextSecretsFile(home), JSON.stringify(secrets));
    expect(secretOf('https://ioc.example.vn')).toBe('Bearer a');
    expect(secretOf('http://localhost:9090')).toBe('b');
    expect(secretOf('http://localhost:9091')).toBeUndefined();
  });

  it('is none while the file is broken', () => {
    writeFileSync(contextSecretsFile(home), '{ "ioc');
    expect(secretOf('https://ioc.example.vn')).toBeUndefined();
  });
});
