import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { connectDevice, eventually } from '../support/device.ts';
import { runCommand } from '../support/run-command.ts';

/** From a hazardous value over MQTT to a letter and an acknowledgement: the real process, queues, functions and SDK clients. */
let home: string;
let city: ChildCity;

const json = async (path: string, init?: RequestInit) => (await fetch(`${city.running.http}${path}`, init)).json();
type Letter = { readonly message: string; readonly attributes: { readonly recipient: string } };
const letters = async (): Promise<readonly Letter[]> => (await json('/mailbox.json')).letters;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'phosach-alarm-'));
  city = await startChildCity(home);
});
afterAll(async () => {
  await city?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('two hazardous values in a row', () => {
  it('become a letter at once, and an episode that an officer acknowledges', async () => {
    const place = ['--kind', 'air', '--latitude', '10.98', '--longitude', '106.65'];
    expect(await runCommand(home, 'local/commands/sensor.ts', ['add', 'air-1', ...place])).toMatchObject({ code: 0 });
    const named = ['add', 'lan', '--language', 'en', '--severity', 'hazard'];
    expect(await runCommand(home, 'local/commands/notices.ts', named)).toMatchObject({ code: 0 });
    const client = await connectDevice(home, city.running, 'air-1');
    for (const minutesAgo of [10, 5]) {
      const measuredAt = new Date(Date.now() - minutesAgo * 60_000).toISOString();
      const payload = JSON.stringify({ measuredAt, values: { pm25: 320 + minutesAgo } });
      await client.publishAsync('phosach/uplink/air-1', payload, { qos: 1 });
    }
    await client.endAsync();
    const [letter] = await eventually(letters, (list) => list.length > 0);
    expect(letter?.attributes.recipient).toBe('lan');
    expect(letter?.message).toContain('ALARM: Limit broken: PM2.5');
    const { episodes } = await json('/api/v1/episodes');
    expect(episodes).toMatchObject([
      { phase: 'open', stationId: 'air-1', limit: { standardId: 'alarm' }, breaches: 2 },
    ]);
    const { episodeId } = episodes[0];
    const path = `/api/v1/episodes/${encodeURIComponent(episodeId)}`;
    const body = JSON.stringify({ note: 'Cháy bãi phế liệu', cause: 'burning' });
    const headers = { 'content-type': 'application/json' };
    expect(await json(`${path}/acknowledge`, { method: 'POST', headers, body })).toMatchObject({
      handling: 'acknowledged',
    });
    const detail = await json(path);
    expect(detail.events.map(({ kind, by }: { kind: string; by: string }) => `${kind} by ${by}`)).toEqual([
      'opened by system',
      'acknowledged by officer@local',
    ]);
    expect(detail.periods).toHaveLength(2);
    const all = await eventually(letters, (list) => list.length === 2);
    expect(all[0]?.message).toContain('Cháy bãi phế liệu');
  });
});
