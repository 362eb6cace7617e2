import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLogFile } from '../../../../local/lambda/log-file.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phosach-log-'));
  file = join(directory, 'logs', 'city.log');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const text = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

describe('a log file', () => {
  it('takes lines and streams, and goes on where an earlier process ended', async () => {
    const first = openLogFile(file);
    first.write('one\n');
    first.close();
    await vi.waitFor(() => expect(text()).toBe('one\n'));
    const second = openLogFile(file);
    const stream = new PassThrough();
    second.follow(stream);
    stream.write('two\n');
    await vi.waitFor(() => expect(text()).toBe('one\ntwo\n'));
    second.close();
  });

  it('begins anew when it is full and keeps the one before', async () => {
    const log = openLogFile(file);
    log.write(`${'x'.repeat(5_000_001)}\n`);
    log.write('fresh\n');
    await vi.waitFor(() => expect(text()).toBe('fresh\n'));
    expect(statSync(`${file}.1`).size).toBe(5_000_002);
    log.close();
  });

  it('drops what a dying thread still says after the end, instead of taking the process down', async () => {
    const log = openLogFile(file);
    log.write('last\n');
    log.close();
    log.write('too late\n');
    await vi.waitFor(() => expect(text()).toBe('last\n'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(text()).toBe('last\n');
  });
});
