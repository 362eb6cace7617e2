import { AS_STATED } from '../../shared/waste/forecast/calibration.ts';
import { fitCity } from '../../shared/waste/forecast/fit.ts';
import { type BinHistory, EMPTY_HISTORY, observe } from '../../shared/waste/forecast/history.ts';
import { HOUR_MS, localHours } from '../../shared/waste/forecast/hours.ts';
import { type Forecast, fillQuantile, timeToLevel } from '../../shared/waste/forecast/predict.ts';
import { simulateCity } from './simulate-city.ts';

const BINS = 5_000;
const START = Date.UTC(2026, 8, 7) - 7 * HOUR_MS;

const seconds = (work: () => void): string => {
  const started = performance.now();
  work();
  return `${((performance.now() - started) / 1_000).toFixed(2)} s`;
};

/** What a night costs in a city of 5,000 bins: a day's readings taken in, all models made anew, three quantiles of each. */
export const updateCost = (): string => {
  const hours = localHours('Asia/Ho_Chi_Minh');
  // The same fifty histories over and over: what is timed is the model and not the simulator.
  const simulated = simulateCity({ bins: 50, weeks: 6, seed: 1 }, START, hours);
  const levels = simulated.map(({ reported }) =>
    [...reported].flatMap((fraction, hour) =>
      Number.isNaN(fraction) ? [] : [{ at: START + (hour + 0.99) * HOUR_MS, fraction }],
    ),
  );
  const end = START + 6 * 168 * HOUR_MS;
  const dayBefore = end - 24 * HOUR_MS;
  const before = levels.map(
    (all) =>
      observe(
        EMPTY_HISTORY,
        all.filter(({ at }) => at < dayBefore),
        hours,
        dayBefore,
      ).history,
  );
  const newest = levels.map((all) => all.filter(({ at }) => at >= dayBefore));
  let histories: readonly BinHistory[] = [];
  const taking = seconds(() => {
    histories = Array.from(
      { length: BINS },
      (_, index) => observe(before[index % 50] as BinHistory, newest[index % 50] ?? [], hours, end).history,
    );
  });
  const bins = histories.map((history, index) => {
    const { stream, ward } = simulated[index % 50] as (typeof simulated)[number];
    return { id: `bin-${index}`, stream, ward, history };
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
  const size = JSON.stringify(histories[0]).length;
  return `${BINS} bins: a day's ${BINS * 24} readings ${taking}, all models ${fitting}, three quantiles each ${asking}; a bin's state ${(size / 1_000).toFixed(1)} kB of JSON`;
};
