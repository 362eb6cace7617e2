import { AS_STATED } from '../../shared/waste/forecast/calibration.ts';
import { fitCity } from '../../shared/waste/forecast/fit.ts';
import { HOUR_MS, localHours } from '../../shared/waste/forecast/hours.ts';
import { type Forecast, fillQuantile, timeToLevel } from '../../shared/waste/forecast/predict.ts';
import type { Look } from '../../shared/waste/looks.ts';
import { type BinRecord, newRecord, standingOf, withLooks } from '../../shared/waste/outlook/bin-record.ts';
import { simulateCity } from './simulate-city.ts';

const BINS = 5_000;
const KINDS = 50;
const START = Date.UTC(2026, 8, 7) - 7 * HOUR_MS;
const WEEKS = 6;
const RUN_MS = 6 * HOUR_MS;
const container = { depthMm: 2_450, blindZoneMm: 250, capacityLitres: 4_000 };

const seconds = (work: () => void): number => {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
};

const looksOf = (reported: Float64Array): readonly Look[] =>
  [...reported].flatMap((level, hour) =>
    // Every quarter of an hour.
    Number.isNaN(level)
      ? []
      : [0.24, 0.49, 0.74, 0.99].map((part) => ({ at: START + (hour + part) * HOUR_MS, channel: 's', level })),
  );

/** A record as it is after six weeks of updates, all but the last. */
const followed = (id: string, looks: readonly Look[], end: number, hours: ReturnType<typeof localHours>): BinRecord => {
  let record = newRecord({ id, container }, START);
  for (let to = START + 24 * HOUR_MS; to <= end; to += 24 * HOUR_MS) {
    record = withLooks(
      record,
      looks.filter(({ at }) => at > to - 24 * HOUR_MS && at <= to),
      to,
      hours,
    );
  }
  return record;
};

/** What one of the four runs a day costs in a city of 5,000 bins, in seconds of CPU: stores apart. */
export const updateCost = (): string => {
  const hours = localHours('Asia/Ho_Chi_Minh');
  // The same fifty bins over and over: what is timed is the model and not the simulator.
  const simulated = simulateCity({ bins: KINDS, weeks: WEEKS, seed: 1 }, START, hours);
  const end = START + WEEKS * 168 * HOUR_MS;
  const looks = simulated.map(({ reported }) => looksOf(reported));
  const before = looks.map((all, index) => followed(`bin-${index}`, all, end - 24 * HOUR_MS, hours));
  const caughtUp = before.map((record, index) =>
    withLooks(
      record,
      (looks[index] ?? []).filter(({ at }) => at > end - 24 * HOUR_MS && at <= end - RUN_MS),
      end - RUN_MS,
      hours,
    ),
  );
  const newest = looks.map((all) => all.filter(({ at }) => at > end - RUN_MS));
  const bins: {
    readonly id: string;
    readonly stream: string;
    readonly ward: string;
    readonly history: BinRecord['history'];
  }[] = [];
  const taking = seconds(() => {
    for (let index = 0; index < BINS; index += 1) {
      const kind = index % KINDS;
      const record = withLooks(caughtUp[kind] as BinRecord, newest[kind] ?? [], end, hours);
      const { stream, ward } = simulated[kind] as (typeof simulated)[number];
      bins.push({ id: `bin-${index}`, stream, ward, history: standingOf(record, hours).history });
    }
  });
  let city: ReturnType<typeof fitCity> | undefined;
  const fitting = seconds(() => {
    city = fitCity(bins, hours, end);
  });
  const asking = seconds(() => {
    for (const { model, exposure } of city?.bins.values() ?? []) {
      const forecast: Forecast = {
        start: { status: 'known', fraction: 0.3, at: end },
        model,
        exposure,
        correction: AS_STATED,
      };
      fillQuantile(forecast, end + 24 * HOUR_MS, 0.9);
      timeToLevel(forecast, 1, 0.1);
      timeToLevel(forecast, 1, 0.5);
    }
  });
  const size = JSON.stringify(caughtUp[0]).length;
  return `${BINS} bins, CPU: six hours' ${BINS * 24} readings followed ${taking.toFixed(2)} s, all models ${fitting.toFixed(2)} s (update ${(taking + fitting).toFixed(2)} s), three quantiles each ${asking.toFixed(2)} s; a bin's record ${(size / 1_000).toFixed(1)} kB of JSON`;
};
