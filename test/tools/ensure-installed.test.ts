import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A checkout with nothing but a lock file, and an npm that only notes that it was called. */
let checkout: string;

const fakeNpm = `
const fs = require('node:fs');
fs.appendFileSync('calls.txt', process.argv.slice(2).join(' ') + '\\n');
if (process.env.NPM_FAILS) process.exit(7);
fs.mkdirSync('node_modules/.bin', { recursive: true });
fs.writeFileSync('node_modules/.bin/' + (process.platform === 'win32' ? 'node.cmd' : 'node'), '');
`;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'phosach-install-'));
  mkdirSync(join(checkout, 'tools'));
  cpSync(
    join(import.meta.dirname, '..', '..', 'tools', 'ensure-installed.mjs'),
    join(checkout, 'tools', 'ensure-installed.mjs'),
  );
  writeFileSync(join(checkout, 'package-lock.json'), '{"lock":1}');
  writeFileSync(join(checkout, 'npm.cjs'), fakeNpm);
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

const run = (environment: Record<string, string> = {}) =>
  spawnSync(process.execPath, [join(checkout, 'tools', 'ensure-installed.mjs')], {
    cwd: tmpdir(),
    env: { ...process.env, npm_execpath: join(checkout, 'npm.cjs'), ...environment },
    encoding: 'utf8',
  });

const calls = (): readonly string[] =>
  existsSync(join(checkout, 'calls.txt')) ? readFileSync(join(checkout, 'calls.txt'), 'utf8').trim().split('\n') : [];

describe('what runs before every npm script', () => {
  it('installs the locked dependencies once, and says so on standard error only', () => {
    const first = run();
    expect(first.status).toBe(0);
    expect(first.stdout).toBe('');
    expect(first.stderr).toContain('Installing');
    expect(calls()).toEqual([expect.stringMatching(/^ci /)]);
    expect(run()).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(calls()).toHaveLength(1);
  });

  it('installs again when the lock file changed or the modules are gone', () => {
    run();
    writeFileSync(join(checkout, 'package-lock.json'), '{"lock":2}');
    run();
    expect(calls()).toHaveLength(2);
    rmSync(join(checkout, 'node_modules'), { recursive: true });
    run();
    expect(calls()).toHaveLength(3);
  });

  it('ends with npm’s own exit code when the installation fails, and tries again the next time', () => {
    const failed = run({ NPM_FAILS: 'yes' });
    expect(failed.status).toBe(7);
    expect(failed.stderr).toContain('npm ci failed');
    expect(run().status).toBe(0);
  });
});
