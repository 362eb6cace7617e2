import type { Sensor, Station } from '../../shared/city/entities.ts';
import { sensorSchema } from '../../shared/city/entities.ts';
import { trackEpisodes } from '../../shared/environment/episodes/track-episodes.ts';
import { evaluateCity } from '../../shared/environment/evaluate.ts';
import { limitsFor } from '../../shared/environment/limits-for.ts';
import { memoryReadingStore } from '../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../shared/telemetry/quantity.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import { memoryEpisodes, memoryJudgedPeriods } from './memory-episodes.ts';
import { memoryExceedances, memoryRegistry, memorySensorStates } from './memory-stores.ts';
import { aStation, city } from './small-city.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A wall-clock time in Thủ Dầu Một (UTC+7). */
export const local = (text: string): number => Date.parse(`${text}+07:00`);

/** Where a quantity lies and how far it swings over a day and at random: made up, the size of Bình Dương's. */
const shapes: Partial<Record<Quantity, readonly [mean: number, daily: number, noise: number]>> = {
  pm25: [34, 12, 9],
  pm10: [58, 16, 14],
  no2: [38, 18, 10],
  so2: [19, 4, 6],
  co: [980, 350, 220],
  o3: [62, 45, 12],
  airTemperature: [28.4, 4.1, 0.6],
  relativeHumidity: [76, 12, 4],
  waterTemperature: [29.1, 0.9, 0.2],
  ph: [6.9, 0.2, 0.15],
  dissolvedOxygen: [5.1, 0.7, 0.3],
  tss: [31, 5, 7],
  cod: [13.5, 2, 2.2],
};

/** What there is more of on days of smog. */
const polluting: readonly Quantity[] = ['pm25', 'pm10', 'so2', 'no2', 'co', 'o3', 'tss', 'cod'];

/** mulberry32: the same numbers everywhere. */
const randomOf = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export type Stretch = { readonly from: string; readonly days: number; readonly everyMinutes: number };

/** Two days of an outage and three of smog in every 30. */
const isOutage = (minute: number): boolean => {
  const [day, hour] = [Math.floor((minute - 1) / 1_440) % 30, (minute % 1_440) / 60];
  return day === 17 || (day === 18 && hour < 16);
};
const isSmog = (minute: number): boolean => [9, 10, 11].includes(Math.floor((minute - 1) / 1_440) % 30);

/** Now and then a spike, an instrument that hangs, or one that says nothing. */
const qualityOf = (draw: number): Reading['quality'] => {
  if (draw < 0.004) return { flag: 4, test: 'spike' };
  if (draw < 0.01) return { flag: 3, test: 'flat-line' };
  return draw < 0.012 ? { flag: 9, test: 'not-a-number' } : { flag: 1, test: 'gross-range' };
};

/** Readings of one sensor: a daily course, a few polluted days, an outage, faults. */
export const madeUpReadings = (
  sensorId: string,
  quantities: readonly Quantity[],
  { from, days, everyMinutes }: Stretch,
): readonly Reading[] => {
  const start = local(`${from}T00:00:00`);
  return quantities.flatMap((quantity, seed) => {
    const random = randomOf(seed + 1);
    const [mean, daily, noise] = shapes[quantity] ?? [10, 1, 1];
    const smog = polluting.includes(quantity) ? 1.6 : 1;
    const readings: Reading[] = [];
    for (let minute = everyMinutes; minute <= days * 1_440; minute += everyMinutes) {
      if (isOutage(minute)) continue;
      const course = mean + daily * Math.sin(((minute / 60 - 9) / 24) * 2 * Math.PI);
      const drawn = Math.max(0, (isSmog(minute) ? smog : 1) * (course + noise * (random() + random() - 1)));
      const quality = qualityOf(random());
      const value = quality.flag === 9 ? null : Math.round(drawn * 100) / 100;
      const measuredAt = start + minute * 60_000;
      readings.push({ sensorId, quantity, value, measuredAt, receivedAt: measuredAt + 2_000, quality });
    }
    return readings;
  });
};

export const reportStations: readonly Station[] = [
  aStation('phu-cuong', {
    name: 'Trạm không khí Phú Cường',
    ward: 'Phường Thủ Dầu Một',
    class: 'automatic',
    standards: [{ standard: 'qcvn05' }, { standard: 'who-2021', class: 'AQG' }],
  } as Partial<Station>),
  aStation('phu-loi', {
    name: 'Cảm biến Phú Lợi',
    referenceStation: true,
    positionApproximate: true,
    ward: 'Phường Phú Lợi',
  }),
  aStation('song-sai-gon', {
    name: 'Trạm nước mặt sông Sài Gòn',
    kind: 'water',
    class: 'automatic',
    standards: [{ standard: 'qcvn08-2023', class: 'B' }],
  } as Partial<Station>),
  aStation('con-dat', { name: 'Trạm chưa có số liệu' }),
];

const measured: Readonly<Record<string, readonly Quantity[]>> = {
  'air-1': ['pm25', 'pm10', 'so2', 'no2', 'co', 'o3', 'airTemperature', 'relativeHumidity'],
  'air-2': ['pm25', 'relativeHumidity'],
  'water-1': ['waterTemperature', 'ph', 'dissolvedOxygen', 'tss', 'cod'],
};

export const reportSensors = (everyMinutes: number): readonly Sensor[] =>
  [
    { id: 'air-1', siteId: 'phu-cuong', kind: 'air' },
    { id: 'air-2', siteId: 'phu-loi', kind: 'air' },
    { id: 'water-1', siteId: 'song-sai-gon', kind: 'water' },
  ].map((sensor) => sensorSchema.parse({ ...sensor, intervalSeconds: everyMinutes * 60 }));

/**
 * A city of four stations whose made-up readings were evaluated by the city's own evaluation: what a report is made of, in memory.
 * `now` is an hour after the last reading.
 */
export const reportCity = async (stretch: Stretch) => {
  const registry = memoryRegistry({
    city: [city],
    station: reportStations,
    sensor: reportSensors(stretch.everyMinutes),
  });
  const readings = memoryReadingStore();
  const sensorStates = memorySensorStates();
  const exceedances = memoryExceedances();
  const episodes = memoryEpisodes();
  const judgedPeriods = memoryJudgedPeriods();
  const start = local(`${stretch.from}T00:00:00`);
  const now = start + stretch.days * DAY + HOUR;
  for (const [sensorId, quantities] of Object.entries(measured)) {
    const own = madeUpReadings(sensorId, quantities, stretch);
    await readings.append(own);
    await sensorStates.record(own);
  }
  const evaluate = (at: number) =>
    evaluateCity({
      at,
      cityId: city.id,
      registry,
      readings,
      sensorStates,
      exceedances,
      limitsFor,
      onJudged: (judged) => trackEpisodes({ at, judged, episodes, judgedPeriods }),
      range: { from: start, to: now },
    });
  await evaluate(now);
  return { registry, readings, sensorStates, exceedances, episodes, start, now, evaluate };
};
