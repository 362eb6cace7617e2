import { beforeEach, describe, expect, it } from 'vitest';
import { ALARM_STANDARD } from '../../../shared/environment/episodes/alarm-thresholds.ts';
import { indicatorIds } from '../../../shared/open-data/indicators/indicator.ts';
import { stationSeriesId } from '../../../shared/telemetry/derived-quantities.ts';
import { watchSensors } from '../../../shared/telemetry/health/watch-sensors.ts';
import { aReading } from '../../support/small-city.ts';
import { anEpisode, HOUR, NOW } from '../features-api/features-city.ts';
import { type Figure, OTHER, openControlRoom, WARD } from './control-room.ts';

let here: ReturnType<typeof openControlRoom>;
beforeEach(() => {
  here = openControlRoom();
});

const shown = ({ value, reason }: Figure): number | string | null => value ?? reason?.code ?? null;
const figures = async (ids: readonly string[]) => {
  const told = await here.told();
  return ids.map((id) => {
    const figure = told.get(id);
    if (figure === undefined) throw new Error(id);
    return [shown(figure), ...figure.wards.map(shown)];
  });
};

/** Both stores, as ingest does it. */
const record = async (...readings: Parameters<typeof here.readings.append>[0]) => {
  await here.readings.append(readings);
  await here.sensorStates.record(readings);
};

/** Bin 1 every quarter of an hour: full until ten hours ago, then emptied. */
const aDayOfBin1 = () =>
  Array.from({ length: 112 }, (_, quarter) => {
    const at = NOW - (quarter * HOUR) / 4;
    return aReading('b1', 'fillDistance', at, at > NOW - 10 * HOUR ? 900 : 50);
  });

describe('The figures of a control room', () => {
  it('are twenty, named in two languages, with units, and never zero for want of data', async () => {
    const told = await here.told();
    expect([...told.keys()]).toEqual(indicatorIds);
    expect(told.size).toBe(20);
    for (const { value, reason, wards } of told.values()) {
      for (const figure of [{ value, reason }, ...wards]) expect(figure.value === null).toBe(figure.reason !== null);
    }
    expect(told.get('meanFill')).toMatchObject({
      nameVi: 'Mức đầy trung bình',
      nameEn: 'Mean fill',
      unit: '%',
      value: null,
      reason: { code: 'no-fill-data', vi: expect.stringContaining('24 giờ') },
      at: new Date(NOW).toISOString(),
      wards: [{ ward: OTHER }, { ward: WARD }],
    });
    // What is known without data: that there are bins, and that nothing comes from them.
    expect(await figures(['binsTotal', 'binsReporting', 'completeness24h'])).toEqual([
      [4, 2, 2],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(
      await figures(['collections24h', 'planStops', 'airWorst', 'openEpisodes', 'newestMessageAge', 'sensorsSilent']),
    ).toEqual([
      ['no-fill-data', 'no-fill-data', 'no-fill-data'],
      ['no-plan', 'whole-city-only', 'whole-city-only'],
      ['no-index', 'no-index', 'no-index'],
      ['no-recent-data', 'no-recent-data', 'no-recent-data'],
      ['nothing-heard', 'nothing-heard', 'nothing-heard'],
      ['not-watched', 'not-watched', 'not-watched'],
    ]);
  });

  it('count bins by their fill, city-wide and by ward', async () => {
    await record(
      aReading('b1', 'fillDistance', NOW - HOUR, 200),
      aReading('b2', 'fillDistance', NOW - HOUR, 30),
      aReading('b3', 'fillDistance', NOW - 30 * HOUR, 0),
    );
    expect(await figures(['binsReporting', 'binsOver80', 'binsOverflowing', 'meanFill'])).toEqual([
      [2, 0, 2],
      [2, 'no-fill-data', 2],
      [1, 'no-fill-data', 1],
      [88.5, 'no-fill-data', 88.5],
    ]);
  });

  it('count collections as the bins’ own sensors saw them, of a day and no longer', async () => {
    await record(...aDayOfBin1());
    expect(await figures(['collections24h'])).toEqual([[1, 'no-fill-data', 1]]);
    here.clock.at = NOW + 20 * HOUR;
    await record(aReading('b1', 'fillDistance', NOW + 19 * HOUR, 850));
    expect(await figures(['collections24h'])).toEqual([[0, 'no-fill-data', 0]]);
  });

  it('tell of tonight’s plan its totals, and of no ward, truck or hour', async () => {
    const totals = {
      vehicles: 2,
      trips: 3,
      bins: 41,
      distanceMetres: 52_340,
      workingSeconds: 30_000,
      collectedLitres: 50_000,
      collectedKg: 11_280,
      costVnd: 4_000_000,
    };
    const plan = (planId: string, serviceDate: string, requestedAt: number, bins: number) => ({
      status: 'planned' as const,
      ...{ planId, serviceDate, requestedAt, finishedAt: requestedAt + 60_000, trigger: 'schedule' as const },
      ...{ totals: { ...totals, bins }, unserved: [], noData: [], travelSource: 'test' },
      ...{ routes: [], solver: { iterations: 1, seconds: 1, seed: 1 } },
    });
    // 17:00 in the city; shifts begin at 20:00. The plan of last night is over, that of tomorrow is not tonight's.
    for (const each of [
      plan('last', '2026-11-21', NOW - 20 * HOUR, 7),
      plan('tonight', '2026-11-22', NOW - 2 * HOUR, 41),
      plan('tomorrow', '2026-11-23', NOW - HOUR, 9),
    ]) {
      const { planId, serviceDate, requestedAt, trigger } = each;
      await here.plans.request({ status: 'requested', planId, serviceDate, requestedAt, trigger });
      await here.plans.complete(each);
    }
    expect(await figures(['planStops', 'planDistance', 'planTrucks', 'planTonnes'])).toEqual(
      [41, 52.3, 2, 11.28].map((value) => [value, 'whole-city-only', 'whole-city-only']),
    );
    const told = await here.told();
    expect(told.get('planStops')?.at).toBe(new Date(NOW - 2 * HOUR + 60_000).toISOString());
    // 02:00: the shift of the 22nd still runs.
    here.clock.at = NOW + 9 * HOUR;
    expect((await figures(['planStops']))[0]?.[0]).toBe(41);
    // 05:00: it is over.
    here.clock.at = NOW + 12 * HOUR;
    expect((await figures(['planStops']))[0]?.[0]).toBe(9);
    const { body } = await here.call({ url: '/open/v1/indicators' });
    expect(body).not.toMatch(/truck-1|Truck truck|costVnd|arrivesAt/);
  });

  it('tell how many stations are in which category, and which is the worst', async () => {
    await here.readings.append([
      aReading(stationSeriesId('air-1'), 'vnAqi1h', NOW - HOUR, 63),
      aReading(stationSeriesId('air-2'), 'vnAqi1h', NOW - HOUR, 163),
      aReading(stationSeriesId('air-3'), 'vnAqi1h', NOW - HOUR, 300),
      aReading(stationSeriesId('water-1'), 'wqiIndicative', NOW - 10 * HOUR, 81),
    ]);
    expect(await figures(['airStations', 'airWorst', 'waterStations', 'waterWorst'])).toEqual([
      [2, 'no-index', 2],
      [163, 'no-index', 163],
      [1, 1, 'no-stations'],
      [81, 81, 'no-stations'],
    ]);
    const told = await here.told();
    expect(told.get('airStations')?.detail).toMatchObject({
      categories: expect.arrayContaining([
        expect.objectContaining({ level: 1, count: 0 }),
        expect.objectContaining({ level: 2, nameEn: 'Moderate', count: 1 }),
        expect.objectContaining({ level: 4, count: 1 }),
      ]),
    });
    expect(told.get('airWorst')).toMatchObject({
      at: new Date(NOW - HOUR).toISOString(),
      detail: { station: { id: 'air-2', name: 'Station air-2' }, index: 'VN_AQI', category: { level: 4 } },
    });
    expect(told.get('waterWorst')?.detail).toMatchObject({ index: 'WQI_INDICATIVE' });
  });

  it('count exceedances and alarms under way, and call none only what somebody listens for', async () => {
    await record(aReading('a1', 'pm25', NOW - HOUR, 21));
    expect(await figures(['openEpisodes', 'openAlarms'])).toEqual([
      [0, 'no-recent-data', 0],
      [0, 'no-recent-data', 0],
    ]);
    // An index of the hour, even one that could not be computed, says that the hour was judged.
    here = openControlRoom();
    here.judged.to = NOW - 50 * HOUR;
    await record(aReading('a1', 'pm25', NOW - HOUR, 21));
    await here.readings.append([aReading(stationSeriesId('air-1'), 'vnAqi1h', NOW - HOUR, null)]);
    expect((await figures(['openEpisodes']))[0]).toEqual([0, 'no-recent-data', 0]);
    here = openControlRoom();
    here.judged.to = undefined;
    await record(aReading('a1', 'pm25', NOW - HOUR, 21));
    expect(await figures(['openEpisodes', 'openAlarms'])).toEqual([
      ['not-judged', 'no-recent-data', 'not-judged'],
      [0, 'no-recent-data', 0],
    ]);
    here = openControlRoom();
    here.judged.to = undefined;
    const episode = anEpisode(3, { phase: 'open' });
    await here.episodes.put(episode);
    await here.episodes.put({
      ...anEpisode(2, { phase: 'deepening' }),
      limit: { ...episode.limit, standardId: ALARM_STANDARD },
    });
    await here.episodes.put(anEpisode(30));
    await record(aReading('a1', 'pm25', NOW - HOUR, 21));
    expect(await figures(['openEpisodes', 'openAlarms'])).toEqual([
      [1, 'no-recent-data', 1],
      [1, 'no-recent-data', 1],
    ]);
  });

  it('count silent sensors and faded batteries as the hourly watch found them', async () => {
    await record(
      aReading('b1', 'fillDistance', NOW - HOUR, 200),
      aReading('b2', 'fillDistance', NOW - 40 * HOUR, 200),
      aReading('b1', 'battery', NOW - HOUR, 7),
    );
    await watchSensors({ at: NOW - HOUR / 2, ...here });
    expect(await figures(['sensorsSilent', 'sensorsLowBattery'])).toEqual([
      [1, 0, 1],
      [1, 0, 1],
    ]);
    expect((await here.told()).get('sensorsSilent')?.at).toBe(new Date(NOW - HOUR / 2).toISOString());
  });

  it('tell what share of the readings came, and how old the newest message is', async () => {
    await record(...aDayOfBin1());
    // 96 of 96 of bin 1; nothing of four more sensors of one series each. In its ward: bin 2 and air 1.
    expect(await figures(['completeness24h'])).toEqual([[20, 0, 33.3]]);
    here.clock.at = NOW + 62_000;
    expect((await figures(['newestMessageAge']))[0]?.[0]).toBe(60);
  });

  it('are worked out once for all who ask within half a minute', async () => {
    const before = await here.told();
    await record(aReading('b1', 'fillDistance', NOW, 200));
    here.clock.at = NOW + 29_000;
    expect(await here.told()).toEqual(before);
    here.clock.at = NOW + 30_000;
    expect((await here.told()).get('binsReporting')?.value).toBe(1);
  });

  it('are told of one ward, or refused with the wards there are', async () => {
    const told = await here.told(`?ward=${encodeURIComponent(WARD)}`);
    expect(told.get('binsTotal')?.wards).toMatchObject([{ ward: WARD, value: 2 }]);
    const answer = await here.call({ url: '/open/v1/indicators?ward=X' });
    expect([answer.status, answer.json().detail]).toEqual([400, `ward: must be one of ${OTHER}, ${WARD}`]);
  });

  it('come with licence and source, and name nobody', async () => {
    await here.episodes.put(anEpisode(3, { phase: 'open' }));
    const { body, json } = await here.call({ url: '/open/v1/indicators' });
    expect(json()).toMatchObject({ licence: { name: 'CC BY 4.0' }, attribution: 'Thủ Dầu Một' });
    expect(body).not.toMatch(/officer|factory|acknowledg/);
  });
});
