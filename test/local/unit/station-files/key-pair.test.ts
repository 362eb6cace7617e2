import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openHostKeys } from '../../../../local/station-files/access.ts';
import { makeEd25519Pair } from '../../../../local/station-files/key-pair.ts';
import { folderPath } from '../../../../local/station-files/places.ts';

const { utils } = ssh2;

describe('an Ed25519 key pair', () => {
  it('is never one of those that ssh2 cuts short', () => {
    const message = Buffer.from('phosach');
    for (let pair = 0; pair < 1_000; pair += 1) {
      const keys = makeEd25519Pair(utils, 'BD_BAUB_KHIBBA');
      const [secret, open] = [utils.parseKey(keys.private), utils.parseKey(keys.public)];
      if (secret instanceof Error || open instanceof Error) throw new Error('a key that cannot be used');
      expect(open.verify(message, secret.sign(message))).toBe(true);
    }
  });
});

describe('the server’s keys', () => {
  it('stay over starts, but for one that could never be used', async () => {
    const home = mkdtempSync(join(tmpdir(), 'phosach-keys-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    const first = await openHostKeys(home);
    expect(await openHostKeys(home)).toEqual(first);
    const directory = folderPath(home, 'access');
    const [ed25519 = ''] = readdirSync(directory).filter((name) => name.includes('ed25519'));
    writeFileSync(join(directory, ed25519), readFileSync(join(directory, ed25519), 'utf8').replace(/.{40}\n/, '\n'));
    const [anew = '', rsa] = await openHostKeys(home);
    expect(utils.parseKey(anew)).not.toBeInstanceOf(Error);
    expect(anew).not.toBe(first[0]);
    expect(rsa).toBe(first[1]);
  });
});
