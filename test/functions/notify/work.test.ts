import { describe, expect, it, vi } from 'vitest';
import { attendEach } from '../../../functions/notify/work.ts';
import type { EpisodeEvent } from '../../../shared/environment/episodes/episode.ts';
import type { Letter } from '../../../shared/environment/notices/notice-text.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import { memoryEpisodes, memoryJudgedPeriods, memoryNotices } from '../../support/memory-episodes.ts';
import { memoryRegistry } from '../../support/memory-stores.ts';
import { aReading, aSensor, aStation, city } from '../../support/small-city.ts';

/** 02:00 in the city: what is no alarm waits. */
const NIGHT = Date.UTC(2026, 10, 22, 19);
const MINUTE = 60_000;

const setUp = async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  vi.spyOn(console, 'info').mockReturnValue();
  const letters: Letter[] = [];
  const told: EpisodeEvent[] = [];
  const readings = memoryReadingStore();
  await readings.append([0, 1].map((n) => aReading('a1', 'pm25', NIGHT + n * 5 * MINUTE, 300 + n)));
  const attend = attendEach({
    readings,
    episodes: memoryEpisodes(),
    judgedPeriods: memoryJudgedPeriods(),
    notices: memoryNotices(),
    publish: async (events) => void told.push(...events),
    topic: { send: async (letter) => void letters.push(letter) },
    registry: memoryRegistry({ city: [city], station: [aStation('air-1')], sensor: [aSensor('a1', 'air-1', 'air')] }),
    cityId: 'tdm',
    clock: () => NIGHT + 6 * MINUTE,
  });
  return { attend, letters, told };
};

const message = (messageId: string, notice: object) => ({ messageId, body: JSON.stringify(notice) });
const suspicion = { kind: 'suspicion', suspicions: [{ sensorId: 'a1', quantity: 'pm25', measuredAt: NIGHT }] };

describe('the notify function', () => {
  it('raises an alarm of a suspicion once, and tells of it in the middle of the night', async () => {
    const { attend, letters, told } = await setUp();
    expect(await attend([message('1', suspicion), message('2', suspicion)])).toEqual([]);
    expect(told.map(({ kind }) => kind)).toEqual(['opened']);
    const events = told.map(({ episodeId, eventId }) => ({ kind: 'event', episodeId, eventId }));
    await attend(events.map((event) => message('3', event)));
    await attend(events.map((event) => message('4', event)));
    expect(letters.map(({ subject }) => subject)).toEqual([
      'BÁO ĐỘNG: Bắt đầu vượt giới hạn: Bụi PM2.5, Station air-1',
    ]);
  });

  it('does what the clock asks for', async () => {
    const { attend } = await setUp();
    expect(await attend([message('1', { kind: 'clock' })])).toEqual([]);
  });

  it('hands back what it cannot do, and does the rest', async () => {
    const { attend, told } = await setUp();
    const nowhere = message('2', { kind: 'event', episodeId: 'x', eventId: 'x~1' });
    const batch = [
      { messageId: '1', body: 'hello' },
      nowhere,
      message('3', suspicion),
      message('4', { kind: 'other' }),
    ];
    expect(await attend(batch)).toEqual(['1', '2', '4']);
    expect(told).toHaveLength(1);
  });
});
