import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startScheduler } from '../../../local/scheduler.ts';

const hourly = { name: 'hourly', description: 'ten past', cron: '10 * * * *' };
const evening = { name: 'evening', description: 'at 19:00 in the city', cron: '0 19 * * *' };
const timeZone = 'Asia/Ho_Chi_Minh';

let directory: string;
let stateFile: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phosach-scheduler-'));
  stateFile = join(directory, 'schedules.json');
  vi.useFakeTimers({ now: Date.parse('2026-11-22T11:59:00Z') });
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true, force: true });
});

const start = (
  schedule: typeof hourly,
  run: (dueAt: number) => Promise<void>,
  log: (line: string) => void = () => undefined,
) => startScheduler([{ schedule, timeZone, run }], stateFile, log);

describe('the local scheduler', () => {
  it('runs at the city’s wall clock', async () => {
    const run = vi.fn(async () => undefined);
    const scheduler = start(evening, run);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(run).toHaveBeenCalledTimes(1);
    scheduler.stop();
  });

  it('makes up once for the runs that were missed while the city was down, with the newest due instant', async () => {
    writeFileSync(stateFile, JSON.stringify({ hourly: Date.parse('2026-11-22T07:10:00Z') }));
    const run = vi.fn(async (_dueAt: number) => undefined);
    const scheduler = start(hourly, run);
    await vi.advanceTimersByTimeAsync(10);
    expect(run.mock.calls).toEqual([[Date.parse('2026-11-22T11:10:00Z')]]);
    scheduler.stop();
    const again = start(hourly, run);
    await vi.advanceTimersByTimeAsync(10);
    expect(run).toHaveBeenCalledTimes(1);
    again.stop();
  });

  it('invents no missed run for a city that never ran', async () => {
    const run = vi.fn(async () => undefined);
    const scheduler = start(hourly, run);
    await vi.advanceTimersByTimeAsync(10);
    expect(run).not.toHaveBeenCalled();
    scheduler.stop();
  });

  it('logs a failed run, stays alive, and makes up for it after a restart', async () => {
    writeFileSync(stateFile, JSON.stringify({ hourly: Date.parse('2026-11-22T10:10:00Z') }));
    const lines: string[] = [];
    const scheduler = start(
      hourly,
      () => Promise.reject(new Error('store down')),
      (line) => lines.push(line),
    );
    await vi.advanceTimersByTimeAsync(10);
    expect(lines.join()).toContain('store down');
    scheduler.stop();
    const run = vi.fn(async () => undefined);
    const again = start(hourly, run);
    await vi.advanceTimersByTimeAsync(10);
    expect(run).toHaveBeenCalledTimes(1);
    again.stop();
  });
});
