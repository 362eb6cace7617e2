import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { acknowledge, reopen } from '../../../../shared/environment/episodes/acts.ts';
import {
  type Episode,
  type EpisodeEvent,
  isLive,
  isStanding,
} from '../../../../shared/environment/episodes/episode.ts';
import { factsSchema } from '../../../../shared/environment/episodes/facts.ts';
import { trackEpisodes } from '../../../../shared/environment/episodes/track-episodes.ts';
import type { JudgedPeriod } from '../../../../shared/environment/judged-period.ts';
import { endOf, HOUR, judgedHour } from '../../../support/judged-periods.ts';
import { memoryEpisodes, memoryJudgedPeriods } from '../../../support/memory-episodes.ts';

const openCity = () => {
  const episodes = memoryEpisodes();
  const judgedPeriods = memoryJudgedPeriods();
  const published: EpisodeEvent[] = [];
  const publish = async (events: readonly EpisodeEvent[]) => void published.push(...events);
  const track = (judged: readonly JudgedPeriod[], at: number) =>
    trackEpisodes({ episodes, judgedPeriods, publish, judged, at });
  const all = async (): Promise<readonly Episode[]> => {
    const page = await episodes.list({ from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1_000 });
    return page.episodes.toReversed();
  };
  return { episodes, judgedPeriods, published, publish, track, all };
};
type City = ReturnType<typeof openCity>;

const factsOf = (episodes: readonly Episode[]) =>
  episodes
    .filter(isStanding)
    .map((episode) => factsSchema.parse(episode))
    .sort((a, b) => a.startsAt - b.startsAt);

/** Hour by hour, as the schedule does. */
const followHours = async (city: City, values: readonly (number | null)[]): Promise<void> => {
  for (const [hour, value] of values.entries()) await city.track([judgedHour(hour, value)], endOf(hour));
};

const kindsOf = (events: readonly EpisodeEvent[]) => events.map(({ kind }) => kind);

describe('an episode of hourly means', () => {
  let city: City;
  beforeEach(() => {
    city = openCity();
  });

  it('opens, deepens, begins to close and closes, each told once', async () => {
    await followHours(city, [150, 210, 215, 260, 190, 150, 120, 100, 90]);
    expect(kindsOf(city.published)).toEqual(['opened', 'deepened', 'closing', 'closed']);
    const [episode] = await city.all();
    expect(episode).toMatchObject({
      phase: 'closed',
      closedBecause: 'under-limit',
      startsAt: endOf(0),
      trackedTo: endOf(7),
      breaches: 3,
      valid: 7,
      peak: { value: 260, periodEndsAt: endOf(3), observed: 12, expected: 12 },
      handling: 'unacknowledged',
      pending: [],
    });
    const trail = await city.episodes.events(episode?.episodeId ?? '');
    expect(trail).toEqual(city.published);
    expect(trail.map(({ at, by }) => ({ at, by }))).toContainEqual({ at: endOf(3), by: 'system' });
    expect(trail[0]?.data).toMatchObject({ phase: 'open', latest: { value: 210 } });
  });

  it('does not flap around the limit', async () => {
    await followHours(city, [210, 190, 205, 150, 206, 150, 140, 201, 185, 210, 195]);
    expect(kindsOf(city.published).filter((kind) => kind === 'opened' || kind === 'closed')).toEqual(['opened']);
  });

  it('is one episode where only data is missing, and two where the data says so', async () => {
    await followHours(city, [210, null, null, -500, 220, 90, 90, 90, 230]);
    const [first, second] = await city.all();
    expect(first).toMatchObject({ breaches: 2, valid: 5, phase: 'closed', peak: { value: 220 } });
    expect(second).toMatchObject({ breaches: 1, phase: 'open' });
  });

  it('closes for want of data when a sensor falls silent, which is not an all-clear', async () => {
    await city.track([judgedHour(0, 230)], endOf(0));
    await city.track([], endOf(24));
    expect((await city.all())[0]?.phase).toBe('open');
    await city.track([], endOf(27));
    expect((await city.all())[0]).toMatchObject({ phase: 'closed', closedBecause: 'no-data', trackedTo: endOf(0) });
  });

  it('says that the limit ended where it did', async () => {
    const limit = { ...judgedHour(0, 1).limit, inForce: { from: '2023-09-12', to: '2026-10-30' } };
    await city.track([judgedHour(0, 230, { limit })], endOf(0));
    await city.track([], endOf(30));
    expect((await city.all())[0]).toMatchObject({ phase: 'closed', closedBecause: 'limit-ended' });
  });

  it('keeps least values apart from greatest ones', async () => {
    const limit = { ...judgedHour(0, 1).limit, limitId: 'do', bound: 'min', value: 5 } as const;
    for (const [hour, value] of [6, 4, 3, 5.2, 5.6, 5.7, 5.8].entries()) {
      await city.track([judgedHour(hour, value, { limit })], endOf(hour));
    }
    expect((await city.all())[0]).toMatchObject({ phase: 'closed', breaches: 2, peak: { value: 3 } });
  });

  it('withdraws what late data proved wrong, keeps it on record, and takes it back when that was wrong too', async () => {
    await city.track([judgedHour(0, 230)], endOf(0));
    await city.track([judgedHour(0, 150)], endOf(1));
    const [episode] = await city.all();
    expect(episode?.phase).toBe('withdrawn');
    await city.track([judgedHour(0, 240)], endOf(2));
    const [again, ...others] = await city.all();
    expect(others).toEqual([]);
    expect(again).toMatchObject({ episodeId: episode?.episodeId, phase: 'open', peak: { value: 240 } });
    expect(kindsOf(city.published)).toEqual(['opened', 'withdrawn', 'reinstated', 'deepened']);
  });

  it('merges two when the hours between are corrected, with both acknowledgements, and parts them again', async () => {
    await followHours(city, [230, 90, 90, 90, 90, 240, 90, 90, 90, 90]);
    const [first, second] = await city.all();
    for (const [episode, note] of [
      [first, 'a fire'],
      [second, 'another fire'],
    ] as const) {
      if (episode === undefined) throw new Error('There are not two');
      const outcome = acknowledge(episode, { at: endOf(10), by: 'officer@tdm', cause: 'burning', note });
      if (!outcome.ok) throw new Error(outcome.reason);
      expect(await city.episodes.put(outcome.episode)).toBe(true);
    }
    await city.track([judgedHour(2, 215), judgedHour(3, 215)], endOf(11));
    const [survivor, part] = await city.all();
    expect(survivor).toMatchObject({ episodeId: first?.episodeId, breaches: 4, handling: 'acknowledged' });
    expect(survivor?.acknowledgements.map(({ note }) => note)).toEqual(['a fire', 'another fire']);
    expect(part).toMatchObject({ phase: 'merged', mergedInto: first?.episodeId });
    expect(part?.acknowledgements).toHaveLength(1);
    await city.track([judgedHour(2, 90), judgedHour(3, 90)], endOf(12));
    expect(factsOf(await city.all()).map(({ peak }) => peak.value)).toEqual([230, 240]);
    expect((await city.all())[1]).toMatchObject({ episodeId: second?.episodeId, handling: 'acknowledged' });
  });

  it('lets nobody acknowledge what was withdrawn, nor reopen what nobody acknowledged', async () => {
    await city.track([judgedHour(0, 230)], endOf(0));
    const [open] = await city.all();
    if (open === undefined) throw new Error('There is none');
    expect(reopen(open, { at: 1, by: 'x', note: 'n' })).toMatchObject({ ok: false, code: 'not-acknowledged' });
    await city.track([judgedHour(0, 150)], endOf(1));
    const [withdrawn] = await city.all();
    if (withdrawn === undefined) throw new Error('There is none');
    expect(acknowledge(withdrawn, { at: 1, by: 'x', cause: 'traffic', note: 'n' })).toMatchObject({ ok: false });
  });

  it('tells what a run before had written and not told', async () => {
    const failing = { ...city, publish: async () => Promise.reject(new Error('the queue is down')) };
    const run = { judged: [judgedHour(0, 230)], at: endOf(0) };
    await expect(trackEpisodes({ ...failing, ...run })).rejects.toThrow('queue');
    expect((await city.all())[0]?.pending).toHaveLength(1);
    await trackEpisodes({ ...city, ...run });
    expect(kindsOf(city.published)).toEqual(['opened']);
    await trackEpisodes({ ...city, ...run });
    expect(city.published).toHaveLength(1);
  });

  it('gives way to whoever wrote in between, and loses neither', async () => {
    await city.track([judgedHour(0, 230)], endOf(0));
    let isFirst = true;
    const put = async (episode: Episode): Promise<boolean> => {
      if (isFirst) {
        isFirst = false;
        const known = await city.episodes.get(episode.episodeId);
        const act = known && acknowledge(known, { at: endOf(1), by: 'officer', cause: 'traffic', note: 'rush hour' });
        if (act?.ok) await city.episodes.put(act.episode);
      }
      return city.episodes.put(episode);
    };
    await trackEpisodes({ ...city, episodes: { ...city.episodes, put }, judged: [judgedHour(1, 260)], at: endOf(1) });
    expect((await city.all())[0]).toMatchObject({ handling: 'acknowledged', peak: { value: 260 }, breaches: 2 });
    expect(kindsOf(city.published)).toEqual(['opened', 'acknowledged', 'deepened']);
  });
});

/** Comfortable, near the limit, breaking it a little and a lot, too few readings, none. */
const value = fc.constantFrom(90, 100, 185, 205, 240, 320, -300, null);
const stretch = fc.tuple(value, fc.integer({ min: 1, max: 9 }), fc.boolean());
const series = fc
  .array(stretch, { minLength: 1, maxLength: 14 })
  .map((parts) =>
    parts.flatMap(([one, times, isOutage]) => Array(isOutage && one === null ? times * 5 : times).fill(one)),
  )
  .map((values: (number | null)[]) => values.slice(0, 120));

/** What earlier runs were told of some of the hours: other values, or none. */
const rumours = fc.array(fc.array(fc.tuple(fc.nat({ max: 119 }), value), { minLength: 1, maxLength: 12 }), {
  maxLength: 5,
});

type Standing = 'running' | 'closing' | 'closed' | 'gone';

/** From where each transition may come, and where it leads; `undefined` where it leads nowhere else. */
const transitions: Readonly<Record<string, readonly [from: readonly Standing[], to: Standing | undefined]>> = {
  deepened: [['running', 'closing', 'closed'], undefined],
  closing: [['running'], 'closing'],
  resumed: [['closing', 'closed'], 'running'],
  closed: [['running', 'closing'], 'closed'],
  withdrawn: [['running', 'closing', 'closed'], 'gone'],
  reinstated: [['gone'], 'running'],
};

/** Replays a trail: every transition comes from where it can, and none is told twice. */
const replay = (events: readonly EpisodeEvent[]): Standing => {
  expect(events[0]?.kind).toBe('opened');
  return events.slice(1).reduce<Standing>((is, { kind, data }) => {
    if (kind === 'merged') return data.phase === 'merged' ? 'gone' : is;
    const [from = [], to] = transitions[kind] ?? [];
    expect(from, kind).toContain(is);
    return to ?? is;
  }, 'running');
};

const standingOf = ({ phase }: Episode): Standing => {
  if (phase === 'merged' || phase === 'withdrawn') return 'gone';
  return phase === 'closed' || phase === 'closing' ? phase : 'running';
};

const checkTrail = async (city: City): Promise<void> => {
  const episodes = await city.all();
  expect(episodes.filter(isLive).length).toBeLessThanOrEqual(1);
  expect(new Set(city.published.map(({ eventId }) => eventId)).size).toBe(city.published.length);
  for (const episode of episodes) {
    const events = await city.episodes.events(episode.episodeId);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events).toHaveLength(episode.eventCount);
    expect(replay(events)).toBe(standingOf(episode));
  }
};

describe('episodes of any series', () => {
  it('are the same whether the data came in time, late, repeated or first told otherwise', () =>
    fc.assert(
      fc.asyncProperty(series, rumours, fc.infiniteStream(fc.nat({ max: 1_000 })), async (values, told, shuffle) => {
        const inTime = openCity();
        await followHours(inTime, values);
        const end = endOf(values.length - 1);
        const late = openCity();
        for (const [index, rumour] of told.entries()) {
          const judged = rumour
            .filter(([hour]) => hour < values.length)
            .map(([hour, other]) => judgedHour(hour, other));
          await late.track(judged, end - (told.length - index));
        }
        const hours = values.map((_, hour) => hour).sort(() => ((shuffle.next().value ?? 0) % 3) - 1);
        for (let first = 0; first < hours.length; ) {
          const count = 1 + ((shuffle.next().value ?? 0) % 30);
          const portion = hours.slice(first, first + count).map((hour) => judgedHour(hour, values[hour] ?? null));
          await late.track(portion, end);
          if (count % 4 === 0) await late.track(portion, end);
          first += count;
        }
        expect(factsOf(await late.all())).toEqual(factsOf(await inTime.all()));
        await checkTrail(inTime);
        await checkTrail(late);
      }),
      { numRuns: 150 },
    ));

  it('stay as they are, with not one more event, when everything is judged again', () =>
    fc.assert(
      fc.asyncProperty(series, async (values) => {
        const city = openCity();
        await followHours(city, values);
        const before = { all: await city.all(), events: city.published.length };
        await city.track(
          values.map((one, hour) => judgedHour(hour, one)),
          endOf(values.length - 1),
        );
        expect({ all: await city.all(), events: city.published.length }).toEqual(before);
      }),
      { numRuns: 60 },
    ));

  it('never reopen within the run of good hours that closes them, nor last less than the policy says', () =>
    fc.assert(
      fc.asyncProperty(series, async (values) => {
        const city = openCity();
        await followHours(city, values);
        for (const { phase, closedBecause, startsAt, trackedTo, wellRun } of await city.all()) {
          if (phase !== 'closed' || closedBecause !== 'under-limit') continue;
          expect(wellRun).toBeGreaterThanOrEqual(3);
          expect(trackedTo - startsAt).toBeGreaterThanOrEqual(4 * HOUR);
        }
      }),
      { numRuns: 60 },
    ));
});
