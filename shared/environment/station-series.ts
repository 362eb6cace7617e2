import type { Quantity } from '../telemetry/quantity.ts';
import { meanAt } from './averaging.ts';
import type { Period } from './calendar-periods.ts';
import type { SeriesHours } from './evaluate-window.ts';
import type { Slots } from './indices/index-result.ts';
import type { MeanSeries } from './means.ts';

const HOUR_MS = 3_600_000;

/** The place of the hour that ends at an instant; outside 0 to length - 1 where the series does not have it. */
const placeOf = (hours: MeanSeries, endsAt: number): number => Math.round((endsAt - (hours.endsAt[0] ?? 0)) / HOUR_MS);

const validHours = ({ hours }: SeriesHours, { startsAt, endsAt }: Period): number => {
  let valid = 0;
  const last = Math.min(placeOf(hours, endsAt), hours.length - 1);
  for (let place = Math.max(0, placeOf(hours, startsAt) + 1); place <= last; place += 1)
    valid += hours.isValid[place] ?? 0;
  return valid;
};

/**
 * A station's series of one quantity that an index takes for a period: where several sensors measure it, that with the most valid hours
 * in the period, and of equals the one whose id sorts first.
 */
export const seriesFor = (
  station: readonly SeriesHours[],
  quantity: Quantity,
  period: Period,
): SeriesHours | undefined => {
  let best: { readonly series: SeriesHours; readonly valid: number } | undefined;
  for (const series of station) {
    if (series.quantity !== quantity) continue;
    const valid = validHours(series, period);
    const isBetter =
      best === undefined ||
      valid > best.valid ||
      (valid === best.valid && series.site.sensor.id < best.series.site.sensor.id);
    if (isBetter) best = { series, valid };
  }
  return best?.series;
};

/** The hourly (or 8-hour) means that end in a period, oldest first, a slot for each hour. */
export const slotsIn = (means: MeanSeries, { startsAt, endsAt }: Period): Slots => {
  const slots: (Slots[number] | undefined)[] = [];
  for (let place = placeOf(means, startsAt) + 1; place <= placeOf(means, endsAt); place += 1) {
    slots.push(meanAt(means, place));
  }
  return slots;
};

/** The mean that ends at an instant. */
export const meanEndingAt = (means: MeanSeries, endsAt: number): Slots[number] => meanAt(means, placeOf(means, endsAt));
