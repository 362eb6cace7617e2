import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPki } from '../../../../local/pki/pki.ts';

const freshHome = (): string => mkdtempSync(join(tmpdir(), 'phosach-pki-'));
const DAY_MS = 86_400_000;

describe('the city certificate authority', () => {
  it('is made once and kept', async () => {
    const home = freshHome();
    const first = await openPki(home);
    const second = await openPki(home);
    expect(second.ca).toBe(first.ca);
    expect(second.server).toEqual(first.server);
  });

  it('is one even when several processes open the folder at once', async () => {
    const home = freshHome();
    const opened = await Promise.all([openPki(home), openPki(home), openPki(home)]);
    expect(new Set(opened.map(({ ca }) => ca)).size).toBe(1);
  });

  it('keeps private keys from other users', async () => {
    const home = freshHome();
    const pki = await openPki(home);
    const { keyPath } = await pki.issueDevice('BIN-1');
    for (const path of [keyPath, join(home, 'pki', 'ca.pem'), join(home, 'pki', 'server.pem')]) {
      expect(statSync(path).mode & 0o077).toBe(0);
    }
  });
});

describe("the broker's certificate", () => {
  it('covers every name of this machine and is signed by the authority', async () => {
    const pki = await openPki(freshHome());
    const server = new X509Certificate(pki.server.certificate);
    expect(server.checkHost('localhost')).toBe('localhost');
    expect(server.checkHost(hostname())).toBe(hostname());
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.checkIP('::1')).toBe('::1');
    expect(server.checkIssued(new X509Certificate(pki.ca))).toBe(true);
  });

  it('is renewed before it expires, under the same authority', async () => {
    const home = freshHome();
    const now = Date.now();
    const first = await openPki(home, () => now);
    const soon = await openPki(home, () => now + 300 * DAY_MS);
    const later = await openPki(home, () => now + 380 * DAY_MS);
    expect(soon.server).toEqual(first.server);
    expect(later.server).not.toEqual(first.server);
    expect(later.ca).toBe(first.ca);
  });
});

describe("a device's certificate", () => {
  it('names the sensor and lies beside its key and the authority', async () => {
    const home = freshHome();
    const pki = await openPki(home);
    const device = await pki.issueDevice('BIN-7.a_b');
    const certificate = new X509Certificate(readFileSync(device.certificatePath));
    expect(certificate.subject).toBe('CN=BIN-7.a_b');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.checkIssued(new X509Certificate(readFileSync(device.caPath)))).toBe(true);
    expect(device.keyPath).toBe(join(home, 'certificates', 'BIN-7.a_b.key'));
  });

  it('is the same however often it is asked for', async () => {
    const home = freshHome();
    const first = await (await openPki(home)).issueDevice('BIN-1');
    const second = await (await openPki(home)).issueDevice('BIN-1');
    expect(second).toEqual(first);
  });

  it.each(['../escape', '', 'a/b', 'x'.repeat(65)])('is refused to %j, which is no sensor id', async (id) => {
    const pki = await openPki(freshHome());
    await expect(async () => pki.issueDevice(id)).rejects.toThrow('letters, digits');
  });
});
