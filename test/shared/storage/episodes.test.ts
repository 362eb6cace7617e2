import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acknowledge } from '../../../shared/environment/episodes/acts.ts';
import type { Episode } from '../../../shared/environment/episodes/episode.ts';
import type {
  EpisodeStore,
  JudgedChunk,
  JudgedPeriodStore,
} from '../../../shared/environment/episodes/episode-store.ts';
import { withEvent } from '../../../shared/environment/episodes/events.ts';
import { foldPeriods } from '../../../shared/environment/episodes/fold-periods.ts';
import { episodePolicies } from '../../../shared/environment/episodes/policy.ts';
import { reconcileEpisodes } from '../../../shared/environment/episodes/reconcile-episodes.ts';
import { trackEpisodes } from '../../../shared/environment/episodes/track-episodes.ts';
import { dynamodbEpisodes } from '../../../shared/storage/dynamodb/episodes.ts';
import { dynamodbJudgedPeriods } from '../../../shared/storage/dynamodb/judged-periods.ts';
import { InvalidCursorError } from '../../../shared/telemetry/reading-store.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { endOf, judgedHour, no2Limit } from '../../support/judged-periods.ts';
import { memoryEpisodes, memoryJudgedPeriods } from '../../support/memory-episodes.ts';

const MONTH_HOURS = 31 * 24;

/** An episode as the tracking makes it, not stored yet. */
const episodeAt = (hour: number, sensorId = 'a1', values: readonly number[] = [230]): Episode => {
  const rules = { limit: no2Limit, policy: episodePolicies['1h'] };
  const periods = values.map((value, index) => judgedHour(hour + index, value));
  const facts = foldPeriods(periods, rules, endOf(hour + values.length - 1));
  const [episode] = reconcileEpisodes(
    { stationId: `air-${sensorId}`, sensorId, limit: no2Limit },
    [],
    facts,
    endOf(hour),
  );
  if (episode === undefined) throw new Error('The values make no episode');
  return episode;
};

const CLOSED = [230, 90, 90, 90];
const always = { from: 0, to: Number.MAX_SAFE_INTEGER };

const episodesContract = (
  name: string,
  open: () => Promise<{ episodes: EpisodeStore; judgedPeriods: JudgedPeriodStore; close: () => Promise<void> }>,
): void => {
  describe(`${name} keep episodes`, () => {
    let episodes: EpisodeStore;
    let judgedPeriods: JudgedPeriodStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ episodes, judgedPeriods, close } = await open());
    });
    afterAll(() => close());
    const stored = [
      episodeAt(0),
      episodeAt(2, 'a2', CLOSED),
      episodeAt(MONTH_HOURS, 'a3'),
      episodeAt(3 * MONTH_HOURS, 'a4', CLOSED),
    ];

    it('has none before any was put', async () => {
      expect(await episodes.list({ ...always, limit: 10 })).toEqual({ episodes: [] });
      expect(await episodes.around({ from: endOf(0), to: endOf(9) })).toEqual([]);
      expect(await episodes.unsettled()).toEqual([]);
      for (const id of ['nothing', 'air~a~l~1', '']) expect(await episodes.get(id)).toBeUndefined();
    });

    it('puts one once, and then only for whoever has read it last', async () => {
      for (const episode of stored) expect(await episodes.put(episode)).toBe(true);
      const [first] = stored;
      if (first === undefined) throw new Error('none');
      expect(await episodes.put(first)).toBe(false);
      const known = await episodes.get(first.episodeId);
      expect(known).toEqual({ ...first, version: 1 });
      if (known === undefined) return;
      const outcome = acknowledge(known, { at: endOf(3), by: 'lan@tdm', cause: 'traffic', note: 'giờ cao điểm' });
      if (!outcome.ok) throw new Error(outcome.reason);
      const both = await Promise.all([episodes.put(outcome.episode), episodes.put(outcome.episode)]);
      expect(both.filter(Boolean)).toHaveLength(1);
    });

    it('finds what is live wherever one looks, and what is over where it was', async () => {
      const sensorsOf = (found: readonly Episode[]) => found.map(({ sensorId }) => sensorId).sort();
      expect(sensorsOf(await episodes.live())).toEqual(['a1', 'a3']);
      const around = async (hour: number) => sensorsOf(await episodes.around({ from: endOf(hour), to: endOf(hour) }));
      expect(await around(1)).toEqual(['a1', 'a2', 'a3']);
      expect(await around(3 * MONTH_HOURS)).toEqual(['a1', 'a3', 'a4']);
    });

    it('keeps events until they are settled, and in the trail for ever', async () => {
      const unsettled = await episodes.unsettled();
      expect(unsettled).toHaveLength(stored.length);
      const [first] = unsettled.filter(({ sensorId }) => sensorId === 'a1');
      if (first === undefined) throw new Error('none');
      const before = await episodes.events(first.episodeId);
      expect(before.map(({ kind }) => kind)).toEqual(['opened', 'acknowledged']);
      await episodes.settle(first);
      await episodes.settle(first);
      expect(await episodes.events(first.episodeId)).toEqual(before);
      const settled = await episodes.get(first.episodeId);
      expect(settled).toMatchObject({ pending: [], handling: 'acknowledged' });
      expect((await episodes.unsettled()).map(({ sensorId }) => sensorId)).not.toContain('a1');
    });

    it('does not settle over what was written meanwhile', async () => {
      const [read] = (await episodes.unsettled()).filter(({ sensorId }) => sensorId === 'a3');
      if (read === undefined) throw new Error('none');
      expect(await episodes.put(withEvent(read, 'deepened', { at: endOf(MONTH_HOURS + 1) }))).toBe(true);
      await episodes.settle(read);
      const [again] = (await episodes.unsettled()).filter(({ sensorId }) => sensorId === 'a3');
      expect(again?.pending.map(({ kind }) => kind)).toEqual(['opened', 'deepened']);
      expect((await episodes.events(read.episodeId)).map(({ seq }) => seq)).toEqual([1, 2]);
    });

    it('is not live any more once it is over', async () => {
      const [open] = (await episodes.live()).filter(({ sensorId }) => sensorId === 'a3');
      if (open === undefined) throw new Error('none');
      await episodes.put(withEvent({ ...open, phase: 'closed', closedBecause: 'no-data' }, 'closed', { at: 1 }));
      for (const episode of await episodes.unsettled()) await episodes.settle(episode);
      expect((await episodes.live()).map(({ sensorId }) => sensorId)).toEqual(['a1']);
      expect(await episodes.unsettled()).toEqual([]);
    });

    it('lists the same in pages of any size, newest first, filtered or not', () =>
      fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 5 }),
          fc.constantFrom(undefined, 'air-a1', 'air-a2'),
          fc.constantFrom(undefined, 'open' as const, 'closed' as const),
          fc.constantFrom(undefined, 'acknowledged' as const),
          async (limit, stationId, phase, handling) => {
            const found: Episode[] = [];
            let cursor: string | undefined;
            do {
              const page = await episodes.list({
                ...always,
                limit,
                ...(stationId !== undefined && { stationId }),
                ...(phase !== undefined && { phase }),
                ...(handling !== undefined && { handling }),
                ...(cursor !== undefined && { cursor }),
              });
              found.push(...page.episodes);
              cursor = page.nextCursor;
            } while (cursor !== undefined);
            const phases = { a1: 'open', a2: 'closed', a3: 'closed', a4: 'closed' } as const;
            const expected = (['a4', 'a3', 'a2', 'a1'] as const)
              .filter((id) => stationId === undefined || stationId === `air-${id}`)
              .filter((id) => phase === undefined || phases[id] === phase)
              .filter((id) => handling === undefined || id === 'a1');
            expect(found.map(({ sensorId }) => sensorId)).toEqual(expected);
          },
        ),
        { numRuns: 20 },
      ));

    it('refuses a cursor that it did not issue', async () => {
      await expect(episodes.list({ ...always, limit: 2, cursor: 'nonsense' })).rejects.toBeInstanceOf(
        InvalidCursorError,
      );
    });

    it('keeps judged periods by version, those without a mean too', async () => {
      const { startsAt, endsAt } = judgedHour(5, null);
      const { mean } = judgedHour(6, -12.5);
      const series = {
        'air-1|no2': [
          { startsAt, endsAt },
          { startsAt: endsAt, endsAt: endOf(6), ...(mean && { mean }) },
        ],
      };
      const chunk: JudgedChunk = { sensorId: 'j', averagingPeriod: '1h', chunk: '2026-10-31', series, version: 0 };
      expect(await judgedPeriods.write([chunk])).toEqual([]);
      expect(await judgedPeriods.write([chunk])).toMatchObject([{ sensorId: 'j', chunk: '2026-10-31' }]);
      expect(await judgedPeriods.read([chunk, { ...chunk, chunk: '2026-11-01' }])).toEqual([{ ...chunk, version: 1 }]);
      expect(await judgedPeriods.range('j', '1h', ['2026-10-30', '2026-11-02'])).toEqual([{ ...chunk, version: 1 }]);
      expect(await judgedPeriods.range('j', '24h', ['2026-10-30', '2026-11-02'])).toEqual([]);
    });

    it('carries the tracking of episodes from run to run', async () => {
      for (const [hour, value] of [230, 260, 90, 90, 90].entries()) {
        const judged = [judgedHour(hour, value, { sensorId: 'tracked' })];
        await trackEpisodes({ episodes, judgedPeriods, judged, at: endOf(hour) });
        await trackEpisodes({ episodes, judgedPeriods, judged, at: endOf(hour) });
      }
      const { episodes: found } = await episodes.list({ ...always, stationId: 'air-1', limit: 10 });
      expect(found).toHaveLength(1);
      const kinds = (await episodes.events(found[0]?.episodeId ?? '')).map(({ kind }) => kind);
      expect(kinds).toEqual(['opened', 'deepened', 'closing', 'closed']);
    });
  });
};

episodesContract('The in-memory stores', async () => ({
  episodes: memoryEpisodes(),
  judgedPeriods: memoryJudgedPeriods(),
  close: async () => undefined,
}));

episodesContract('The DynamoDB stores', async () => {
  const table = await openTestTable();
  return { episodes: dynamodbEpisodes(table), judgedPeriods: dynamodbJudgedPeriods(table), close: table.close };
});
