import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoCity } from '../../../../local/demo-city/demo-city.ts';
import type { SensorClient } from '../../../../local/simulator/client.ts';
import { runSimulator } from '../../../../local/simulator/main.ts';
import { readCityJson } from '../../../../shared/telemetry/envelopes/city-json.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const demo = demoCity();
const onlySensors = (...ids: string[]) => ({ sensors: demo.sensors.filter(({ id }) => ids.includes(id)) });
const start = Date.UTC(2026, 10, 22, 9, 10);

/** Remembers what it is given, and acknowledges it while the line is up. */
const recordingLine = () => {
  const messages: { sensorId: string; payload: string }[] = [];
  const line = { up: true, limit: Number.POSITIVE_INFINITY };
  const connect = async (sensorId: string): Promise<SensorClient> => {
    let close: (error: Error) => void = () => undefined;
    const closed = new Promise<never>((_resolve, reject) => {
      close = reject;
    });
    closed.catch(() => undefined);
    return {
      publish: async (payload) => {
        while (!line.up || messages.length >= line.limit) await Promise.race([closed, sleep(10)]);
        messages.push({ sensorId, payload });
      },
      close: async () => close(new Error('closed')),
    };
  };
  const entries = (sensorId: string): { measuredAt: number; values: Record<string, number> }[] =>
    messages.filter((message) => message.sensorId === sensorId).flatMap(({ payload }) => JSON.parse(payload));
  return { messages, line, connect, entries };
};

describe('the simulator', () => {
  let directory: string;
  let stateFile: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'simulator-'));
    stateFile = join(directory, 'simulator.json');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('speaks at once, then delivers two weeks of memory in messages that the city accepts', async () => {
    const { messages, connect, entries } = recordingLine();
    const simulator = runSimulator({
      city: onlySensors('sensor-bin-001', 'sensor-air-03', 'sensor-water-02'),
      connect,
      stateFile,
      clock: () => start,
    });
    await vi.waitFor(() => expect(entries('sensor-air-03').length).toBeGreaterThan(1_250), 30_000);
    await vi.waitFor(() => expect(entries('sensor-bin-001').length).toBeGreaterThan(310), 30_000);
    await simulator.stop();

    for (const { payload } of messages) {
      expect(readCityJson(JSON.parse(payload))).toMatchObject({ ok: true });
      expect(payload.length).toBeLessThan(100_000);
      const parsed: unknown = JSON.parse(payload);
      if (Array.isArray(parsed)) expect(parsed.length).toBeLessThanOrEqual(96);
    }
    const first = JSON.parse(messages.find(({ sensorId }) => sensorId === 'sensor-air-03')?.payload ?? '');
    expect(first.measuredAt).toBe(Date.UTC(2026, 10, 22, 9, 0));
    const instants = entries('sensor-air-03').map(({ measuredAt }) => measuredAt);
    expect(new Set(instants).size).toBe(instants.length);
    expect(Math.min(...instants)).toBeLessThan(start - 13 * DAY);
    expect(Math.max(...instants)).toBeLessThanOrEqual(start);
  });

  it('resumes its memory after it was cut short, and repeats nothing that was acknowledged', async () => {
    const { line, connect, entries } = recordingLine();
    const city = onlySensors('sensor-air-01');
    line.limit = 4;
    const first = runSimulator({ city, connect, stateFile, clock: () => start });
    await vi.waitFor(() => expect(entries('sensor-air-01').length).toBeGreaterThan(200), 30_000);
    await first.stop();
    const delivered = entries('sensor-air-01').length;
    expect(delivered).toBeLessThan(400);

    line.limit = Number.POSITIVE_INFINITY;
    const second = runSimulator({ city, connect, stateFile, clock: () => start + 5 * HOUR });
    await vi.waitFor(() => expect(entries('sensor-air-01').length).toBeGreaterThan(1_280), 30_000);
    await second.stop();
    const instants = entries('sensor-air-01').map(({ measuredAt }) => measuredAt);
    expect(new Set(instants).size).toBe(instants.length);
    // The five hours while it was off are in its memory too: twenty quarter hours, but for a lost report.
    expect(instants.filter((at) => at > start && at <= start + 5 * HOUR).length).toBeGreaterThan(15);
  });

  it('continues with the values that it would have had without a restart', async () => {
    const whole = recordingLine();
    const city = onlySensors('sensor-bin-030');
    const once = runSimulator({ city, ...whole, stateFile, clock: () => start + DAY });
    await vi.waitFor(() => expect(whole.entries('sensor-bin-030').length).toBeGreaterThan(310), 30_000);
    await once.stop();
    rmSync(stateFile);
    const parted = recordingLine();
    for (const now of [start, start + DAY]) {
      const simulator = runSimulator({ city, ...parted, stateFile, clock: () => now });
      await vi.waitFor(() => expect(parted.entries('sensor-bin-030').length).toBeGreaterThan(310), 30_000);
      await simulator.stop();
    }
    const expected = new Map(whole.entries('sensor-bin-030').map(({ measuredAt, values }) => [measuredAt, values]));
    const common = parted.entries('sensor-bin-030').filter(({ measuredAt }) => expected.has(measuredAt));
    expect(common.length).toBeGreaterThan(250);
    for (const { measuredAt, values } of common) expect(values).toEqual(expected.get(measuredAt));
  });

  it('reports more often at a speed-up, never from the future, while the bins live faster', async () => {
    const { connect, entries } = recordingLine();
    const city = onlySensors('sensor-bin-040');
    const simulator = runSimulator({ city, connect, stateFile, speed: 20_000, historyDays: 0 });
    await vi.waitFor(() => expect(entries('sensor-bin-040').length).toBeGreaterThanOrEqual(4), 8_000);
    await simulator.stop();
    const reports = entries('sensor-bin-040');
    const instants = reports.map(({ measuredAt }) => measuredAt);
    expect(Math.max(...instants)).toBeLessThanOrEqual(Date.now());
    expect((instants.at(-1) ?? 0) - (instants[0] ?? 0)).toBeLessThan(10_000);
    // Three seconds are 17 hours in the model, by day or by night; at its own speed it would show only its noise.
    const distances = reports.map(({ values }) => values.fillDistance ?? Number.NaN);
    expect(Math.max(...distances) - Math.min(...distances)).toBeGreaterThan(60);
  });

  it('keeps what fell due while the line was down and delivers it afterwards', async () => {
    const { connect, entries, line } = recordingLine();
    let now = start;
    line.up = false;
    const city = onlySensors('sensor-air-01');
    const simulator = runSimulator({ city, connect, stateFile, historyDays: 0, clock: () => now });
    await simulator.stop();
    now += 3 * HOUR;
    line.up = true;
    const again = runSimulator({ city, connect, stateFile, historyDays: 1, clock: () => now });
    await vi.waitFor(() => expect(entries('sensor-air-01').length).toBeGreaterThanOrEqual(10), 30_000);
    await again.stop();
    const instants = entries('sensor-air-01').map(({ measuredAt }) => measuredAt);
    expect(Math.max(...instants)).toBe(start + 3 * HOUR - 10 * 60_000);
  });

  it('delivers from memory what fell due while one message waited for a lost line', async () => {
    const { connect, entries, line } = recordingLine();
    const city = onlySensors('sensor-air-01');
    let ahead = 0;
    const clock = () => Date.now() + ahead;
    const simulator = runSimulator({ city, connect, stateFile, historyDays: 0, speed: 900, clock });
    await vi.waitFor(() => expect(entries('sensor-air-01').length).toBeGreaterThanOrEqual(1), 30_000);
    line.up = false;
    await sleep(1_200);
    ahead = 3 * HOUR;
    line.up = true;
    // Twelve quarter hours, but for a lost report, and what it says live.
    await vi.waitFor(() => expect(entries('sensor-air-01').length).toBeGreaterThanOrEqual(10), 30_000);
    await simulator.stop();
    const instants = entries('sensor-air-01').map(({ measuredAt }) => measuredAt);
    expect(new Set(instants).size).toBe(instants.length);
  });

  it('says once that its history is delivered, and not again after a restart', async () => {
    const { connect } = recordingLine();
    const events: string[] = [];
    const log = (event: string) => void events.push(event);
    const city = onlySensors('sensor-bin-001', 'sensor-bin-002');
    for (const _start of ['first', 'second']) {
      const simulator = runSimulator({ city, connect, stateFile, historyDays: 1, log });
      await vi.waitFor(() => expect(events).toContain('history-delivered'), 30_000);
      await sleep(1_200);
      await simulator.stop();
    }
    expect(events.filter((event) => event === 'history-delivered')).toHaveLength(1);
  });

  it('leaves one bin silent for three days and one sensor stuck', async () => {
    const { connect, entries } = recordingLine();
    const city = onlySensors('sensor-bin-017', 'sensor-bin-053');
    const simulator = runSimulator({ city, connect, stateFile, clock: () => start });
    await vi.waitFor(() => expect(entries('sensor-bin-017').length).toBeGreaterThan(310), 30_000);
    await vi.waitFor(() => expect(entries('sensor-bin-053').length).toBeGreaterThan(230), 30_000);
    await simulator.stop();
    expect(Math.max(...entries('sensor-bin-053').map(({ measuredAt }) => measuredAt))).toBeLessThanOrEqual(
      start - 3 * DAY,
    );
    const stuck = entries('sensor-bin-017').filter(({ measuredAt }) => measuredAt > start - 5 * DAY);
    expect(stuck.length).toBeGreaterThan(100);
    expect(new Set(stuck.map(({ values }) => values.fillDistance)).size).toBe(1);
  });
});

describe('the whole demo city’s memory', () => {
  it('is two weeks in fewer than 150,000 readings', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'simulator-'));
    const { messages, connect } = recordingLine();
    const simulator = runSimulator({
      city: demo,
      connect,
      stateFile: join(directory, 'simulator.json'),
      clock: () => start,
    });
    const count = () =>
      messages
        .flatMap(({ payload }) => JSON.parse(payload) as { values: Record<string, number> }[])
        .reduce((sum, { values }) => sum + Object.keys(values).length, 0);
    await vi.waitFor(() => expect(messages.length).toBeGreaterThan(740), { timeout: 20_000, interval: 200 });
    await simulator.stop();
    rmSync(directory, { recursive: true, force: true });
    expect(count()).toBeLessThan(150_000);
    expect(count()).toBeGreaterThan(100_000);
  });
});
