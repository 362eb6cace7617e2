import { beforeEach, describe, expect, it } from 'vitest';
import { alarmLimitOf, isAlarming } from '../../../../shared/environment/episodes/alarm-thresholds.ts';
import type { EpisodeEvent } from '../../../../shared/environment/episodes/episode.ts';
import { followAlarms, raiseAlarms, type Suspicion } from '../../../../shared/environment/episodes/follow-alarms.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import { suspectAlarms } from '../../../../shared/telemetry/quality-control/suspect-alarms.ts';
import { quantities, quantityNames } from '../../../../shared/telemetry/quantity.ts';
import type { QualityFlag, Reading } from '../../../../shared/telemetry/reading.ts';
import { memoryEpisodes, memoryJudgedPeriods } from '../../../support/memory-episodes.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';
import { aReading, aSensor } from '../../../support/small-city.ts';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 22, 5);

const openAlarms = (alarms?: NonNullable<ReturnType<typeof aSensor>['alarms']>) => {
  const sensor = { ...aSensor('a1', 'air-1', 'air'), ...(alarms && { alarms }) };
  const told: EpisodeEvent[] = [];
  const readings = memoryReadingStore();
  let at = 0;
  const ports = {
    episodes: memoryEpisodes(),
    judgedPeriods: memoryJudgedPeriods(),
    publish: async (events: readonly EpisodeEvent[]) => void told.push(...events),
    registry: memoryRegistry({ sensor: [sensor] }),
    readings,
  };
  /** What ingest does: store, and pass suspicions on. */
  const ingest = async (...given: readonly Reading[]): Promise<readonly Suspicion[]> => {
    await readings.append(given);
    const suspicions: Suspicion[] = [];
    await suspectAlarms(async (some) => void suspicions.push(...some), [sensor], given);
    at = Math.max(at, ...given.map(({ receivedAt }) => receivedAt));
    if (suspicions.length > 0) await raiseAlarms({ ...ports, at }, suspicions);
    return suspicions;
  };
  const minute = (n: number, value: number | null, flag?: QualityFlag) =>
    aReading('a1', 'pm25', NOON + n * 5 * MINUTE, value, flag);
  return { ports, told, ingest, minute };
};

describe('alarms that do not wait for the hour', () => {
  let its: ReturnType<typeof openAlarms>;
  beforeEach(() => {
    its = openAlarms();
  });

  it('are raised by the second of two readings, once, however many follow', async () => {
    expect(await its.ingest(its.minute(0, 300))).toHaveLength(1);
    expect(its.told).toEqual([]);
    await its.ingest(its.minute(1, 310));
    await its.ingest(its.minute(2, 305), its.minute(3, 312));
    expect(its.told.map(({ kind }) => kind)).toEqual(['opened']);
    expect(await its.ports.episodes.live()).toMatchObject([
      { stationId: 'air-1', limit: { standardId: 'alarm', value: 250, averagingPeriod: 'single' }, breaches: 4 },
    ]);
  });

  it('are not raised by one bad reading, by suspect ones, or by two that are far apart', async () => {
    await its.ingest(its.minute(0, 900), its.minute(1, 40));
    expect(await its.ingest(its.minute(2, 700, 3), its.minute(3, 800, 4), its.minute(4, null))).toEqual([]);
    await its.ingest(its.minute(5, 60), its.minute(6, 300));
    await its.ingest(its.minute(6 + 12 * 7, 300));
    expect(its.told).toEqual([]);
  });

  it('are raised in whatever order the readings come, and whether one comes twice', async () => {
    await its.ingest(its.minute(1, 310));
    await its.ingest(its.minute(1, 310));
    await its.ingest(its.minute(0, 300));
    expect(its.told.map(({ kind }) => kind)).toEqual(['opened']);
  });

  it('close by the clock when the readings say so', async () => {
    await its.ingest(its.minute(0, 300), its.minute(1, 310));
    const later = [2, 5, 8, 11, 14, 17].map((n) => its.minute(n, 30));
    await its.ports.readings.append(later);
    await followAlarms({ ...its.ports, at: NOON + 90 * MINUTE });
    expect(its.told.map(({ kind }) => kind)).toEqual(['opened', 'closed']);
  });

  it('have thresholds of the city’s own, or none', async () => {
    const low = openAlarms({ pm25: 100 });
    await low.ingest(low.minute(0, 120), low.minute(1, 130));
    expect(low.told).toHaveLength(1);
    const none = openAlarms({ pm25: null });
    expect(await none.ingest(none.minute(0, 900), none.minute(1, 900))).toEqual([]);
  });

  it('can come about at all: every threshold lies where a reading is not suspect for its size', () => {
    const alarmed = quantityNames.flatMap((quantity) => alarmLimitOf(quantity) ?? []);
    expect(alarmed.map(({ quantity }) => quantity).sort()).toEqual(['co', 'no2', 'o3', 'pm10', 'pm25', 'so2']);
    for (const { quantity, value } of alarmed) {
      expect(value).toBeLessThanOrEqual(quantities[quantity].suspectSpan[1]);
      // The value itself is not over it.
      expect(isAlarming(aReading('a1', quantity, NOON, value), undefined)).toBe(false);
      expect(isAlarming(aReading('a1', quantity, NOON, value * 1.001), undefined)).toBe(true);
    }
  });
});
