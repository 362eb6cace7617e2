import { describe, expect, it } from 'vitest';
import type { Station } from '../../../../shared/city/entities.ts';
import { defaultAveragingPolicy } from '../../../../shared/environment/averaging-policy.ts';
import { acknowledge } from '../../../../shared/environment/episodes/acts.ts';
import { buildReport } from '../../../../shared/environment/reports/build-report.ts';
import { gatherStations } from '../../../../shared/environment/reports/gather.ts';
import { knownEpisodes } from '../../../../shared/environment/reports/known-episodes.ts';
import type { Report } from '../../../../shared/environment/reports/report.ts';
import { reportPeriod } from '../../../../shared/environment/reports/report-period.ts';
import { local, madeUpReadings, reportCity, reportStations } from '../../../support/report-city.ts';
import { city } from '../../../support/small-city.ts';

const HOUR = 3_600_000;
const stretch = { from: '2026-10-08', days: 5, everyMinutes: 60 };
const period = reportPeriod('day', '2026-10-10', city.timeZone);

const reportAt = (made: Awaited<ReturnType<typeof reportCity>>, asOf: number): Promise<Report> => {
  const sources = { ...made, episodesOf: knownEpisodes(made.episodes) };
  const stations = gatherStations(sources, { stations: reportStations, period, asOf });
  return buildReport({ city, scope: { kind: 'city' }, period, asOf }, stations, defaultAveragingPolicy);
};

const stationOf = ({ stations }: Report, id: Station['id']) => {
  const found = stations.find(({ stationId }) => stationId === id);
  if (found === undefined) throw new Error(`The report has no ${id}`);
  return found;
};

describe('what was known when', () => {
  it('is told the same for the same instant, whatever came later', async () => {
    const made = await reportCity(stretch);
    const before = await reportAt(made, made.now);
    const later = made.now + 48 * HOUR;

    // A logger sends the day again, with other values, and a sensor says for the first time what nobody knew it measured.
    const again = madeUpReadings('air-1', ['pm25', 'tsp'], stretch).map((reading) => ({
      ...reading,
      value: reading.value === null ? null : reading.value * 3,
      receivedAt: later - HOUR,
    }));
    await made.readings.append(again);
    await made.sensorStates.record(again);
    await made.evaluate(later);

    expect(JSON.stringify(await reportAt(made, made.now))).toBe(JSON.stringify(before));
    const after = await reportAt(made, later);
    expect(after.dataVersion).not.toBe(before.dataVersion);
    const mean = (report: Report) =>
      stationOf(report, 'phu-cuong')
        .quantities.find(({ quantity }) => quantity === 'pm25')
        ?.statistics.find(({ of }) => of === '24h')?.mean;
    expect(mean(after)).toBeCloseTo((mean(before) ?? 0) * 3, 0);
    expect(stationOf(after, 'phu-cuong').quantities.map(({ quantity }) => quantity)).toContain('tsp');
  });

  it('says of a period that still runs how far it is covered, and expects no more', async () => {
    const made = await reportCity(stretch);
    const report = await reportAt(made, local('2026-10-10T06:20:00'));
    expect(report.coversTo).toBe('2026-10-09T23:00:00.000Z');
    expect(report.caveats.map(({ code }) => code)).toContain('still-running');
    expect(stationOf(report, 'phu-cuong').availability[0]?.expected).toBe(6);
  });

  it('has what was done about an episode only from then on', async () => {
    const made = await reportCity(stretch);
    const before = await reportAt(made, made.now);
    const [episode] = (await made.episodes.around({ from: period.startsAt, to: period.endsAt })).filter(
      ({ stationId, limit }) =>
        stationId === 'phu-cuong' && limit.quantity === 'pm25' && limit.averagingPeriod === '24h',
    );
    if (episode === undefined) throw new Error('Smog without an episode');
    const act = { at: made.now + HOUR, by: 'lan@tdm.example', cause: 'burning', note: 'Đốt rơm ở Phú Mỹ' } as const;
    const outcome = acknowledge(episode, act);
    if (!outcome.ok) throw new Error(outcome.reason);
    await made.episodes.put(outcome.episode);

    expect(JSON.stringify(await reportAt(made, made.now))).toBe(JSON.stringify(before));
    const of = (report: Report) =>
      stationOf(report, 'phu-cuong').episodes.find(({ episodeId }) => episodeId === episode.episodeId);
    expect(of(before)).toMatchObject({ handling: 'unacknowledged', acts: [], breaches: 1 });
    expect(of(await reportAt(made, made.now + 2 * HOUR))).toMatchObject({
      handling: 'acknowledged',
      acts: [{ kind: 'acknowledged', by: 'lan@tdm.example', cause: 'burning', note: 'Đốt rơm ở Phú Mỹ' }],
    });
  });
});
