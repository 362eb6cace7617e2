import type { Quantity } from '../../telemetry/quantity.ts';
import type { AveragingPolicy } from '../averaging-policy.ts';
import type { IndexResult, MeanInput, Slots } from '../indices/index-result.ts';
import { usAqiDaily, usAqiNowcast } from '../indices/us-aqi.ts';
import { vnAqiDaily, vnAqiHourly } from '../indices/vn-aqi.ts';
import { vnWqi } from '../indices/vn-wqi.ts';
import { type WaterValue, wqiQuantities } from '../indices/wqi-sub-indices.ts';
import { type MeanPeriod, type MeanSeries, meansOfHours } from '../means.ts';
import { isSampled } from './caveats.ts';
import type { IndexReport } from './report.ts';
import type { ScreenedColumn } from './screen-table.ts';
import type { StationTable } from './station-table.ts';
import type { TimeLine } from './time-line.ts';

type Means = Readonly<Record<MeanPeriod, MeanSeries>>;

type Work = {
  readonly table: StationTable;
  readonly screened: ReadonlyMap<Quantity, ScreenedColumn>;
  readonly means: ReadonlyMap<Quantity, Means>;
  readonly timeLine: TimeLine;
  readonly policy: AveragingPolicy;
};

/** A file does not say of what class its stations are: computed as if the index might be published, which the reader must judge. */
const station = { referenceStation: false };

const NOWCAST_HOURS = 12;
const HOUR_MS = 3_600_000;
const HOURS_OF_DAY = 24;

/** Means as slots, oldest first. */
const slotsOf = (series: MeanSeries | undefined): readonly (MeanInput | undefined)[] | undefined => {
  if (series === undefined) return undefined;
  const slots: (MeanInput | undefined)[] = new Array(series.length);
  for (let index = 0; index < series.length; index += 1) {
    if (series.observed[index] === 0) continue;
    slots[index] = {
      value: series.values[index] as number,
      completeness: Math.min(1, (series.observed[index] as number) / (series.expected[index] as number)),
      isValid: series.isValid[index] === 1,
    };
  }
  return slots;
};

/** Counts results of one index, period after period. */
const tally = (period: IndexReport['period']) => {
  const categories = new Map<number, { category: IndexReport['categories'][number]['category']; count: number }>();
  const reasons = new Map<string, { reasonEn: string; count: number }>();
  const dominant: Partial<Record<Quantity, number>> = {};
  let described: Pick<IndexReport, 'index' | 'methodVersion'> | undefined;
  let worst: { value: number; at: number } | undefined;
  let computed = 0;
  const add = (result: IndexResult, at: number): void => {
    described ??= { index: result.index, methodVersion: result.methodVersion };
    if (result.status === 'not-computable') {
      const { reason, reasonEn } = result;
      const known = reasons.get(reason) ?? { reasonEn, count: 0 };
      known.count += 1;
      reasons.set(reason, known);
      return;
    }
    computed += 1;
    const { category, value } = result;
    const { level, min, max, nameEn, nameVi } = category;
    const known = categories.get(level) ?? { category: { level, min, max, nameEn, nameVi }, count: 0 };
    known.count += 1;
    categories.set(level, known);
    dominant[result.dominant] = (dominant[result.dominant] ?? 0) + 1;
    // Of an air index a high value is bad, of a water index a low one.
    const isWorse = worst === undefined || (result.index.endsWith('AQI') ? value > worst.value : value < worst.value);
    if (isWorse) worst = { value, at };
  };
  const finish = (): readonly IndexReport[] =>
    described === undefined
      ? []
      : [
          {
            ...described,
            period,
            computed,
            categories: [...categories].sort(([a], [b]) => a - b).map(([, counted]) => counted),
            notComputable: [...reasons].map(([reason, counted]) => ({ reason, ...counted })),
            dominant,
            ...(worst !== undefined && { worst }),
          },
        ];
  return { add, finish };
};

type AirSlots = Readonly<Partial<Record<'pm25' | 'pm10' | 'so2' | 'no2' | 'co' | 'o3', Slots>>>;

const airQuantities = ['pm25', 'pm10', 'so2', 'no2', 'co', 'o3'] as const;

const hourlySlots = (means: Work['means']): AirSlots =>
  Object.fromEntries(
    airQuantities.flatMap((quantity) => {
      const slots = slotsOf(means.get(quantity)?.['1h']);
      return slots === undefined ? [] : [[quantity, slots] as const];
    }),
  );

/** Means of the 24 hours that end with each hour, for the US AQI of SO2. */
const dayEndingEachHour = ({ means, policy }: Work): Slots | undefined => {
  const hours = means.get('so2')?.['1h'];
  if (hours === undefined) return undefined;
  const periods = Array.from(hours.endsAt, (endsAt) => ({ startsAt: endsAt - HOURS_OF_DAY * HOUR_MS, endsAt }));
  return slotsOf(meansOfHours(hours, periods, policy.day));
};

/** The indices of every hour of the time line. */
const hourly = (work: Work, slots: AirSlots): readonly IndexReport[] => {
  const { grid } = work.timeLine;
  const [vn, us] = [tally('hour'), tally('hour')];
  const newestFirst = { pm25: slots.pm25?.toReversed(), pm10: slots.pm10?.toReversed() };
  const o3Of8h = slotsOf(work.means.get('o3')?.['8h']);
  const coOf8h = slotsOf(work.means.get('co')?.['8h']);
  const so2Of24h = dayEndingEachHour(work);
  for (let hour = 0; hour < grid.length; hour += 1) {
    const age = grid.length - 1 - hour;
    const at = grid.firstEndsAt + hour * HOUR_MS;
    const common = {
      station,
      pm25: newestFirst.pm25?.slice(age, age + NOWCAST_HOURS),
      pm10: newestFirst.pm10?.slice(age, age + NOWCAST_HOURS),
      so2: slots.so2?.[hour],
      no2: slots.no2?.[hour],
      o3: slots.o3?.[hour],
    };
    vn.add(vnAqiHourly({ ...common, co: slots.co?.[hour] }), at);
    us.add(usAqiNowcast({ ...common, o3Of8h: o3Of8h?.[hour], coOf8h: coOf8h?.[hour], so2Of24h: so2Of24h?.[hour] }), at);
  }
  return [...vn.finish(), ...us.finish()];
};

/** A day's slots; hours before the first of the file are slots without a mean. */
const dayOf = (slots: Slots | undefined, first: number, count: number): Slots | undefined =>
  slots === undefined ? undefined : Array.from({ length: count }, (_, hour) => slots[first + hour]);

/** The indices of every calendar day that ends in the time line. */
const daily = ({ timeLine: { grid, periods }, means }: Work, slots: AirSlots): readonly IndexReport[] => {
  const [vn, us] = [tally('day'), tally('day')];
  const of24h = {
    pm25: slotsOf(means.get('pm25')?.['24h']),
    pm10: slotsOf(means.get('pm10')?.['24h']),
    so2: slotsOf(means.get('so2')?.['24h']),
  };
  const o3Of8h = slotsOf(means.get('o3')?.['8h']);
  const coOf8h = slotsOf(means.get('co')?.['8h']);
  for (const [day, { startsAt, endsAt }] of periods.days.entries()) {
    const first = Math.round((startsAt - grid.firstEndsAt) / HOUR_MS) + 1;
    const count = Math.round((endsAt - startsAt) / HOUR_MS);
    const common = {
      station,
      pm25: of24h.pm25?.[day],
      pm10: of24h.pm10?.[day],
      so2: dayOf(slots.so2, first, count),
      no2: dayOf(slots.no2, first, count),
      o3: dayOf(slots.o3, first, count),
      o3Of8h: dayOf(o3Of8h, first, count),
    };
    vn.add(vnAqiDaily({ ...common, co: dayOf(slots.co, first, count) }), endsAt);
    us.add(usAqiDaily({ ...common, coOf8h: dayOf(coOf8h, first, count), so2Of24h: of24h.so2?.[day] }), endsAt);
  }
  return [...vn.finish(), ...us.finish()];
};

/** VN_WQI of every row of a water file; of a sensor's rows there is none. */
const samples = ({ table, screened }: Work): readonly IndexReport[] => {
  const counted = tally('sample');
  const origin = isSampled(table.measuredAt) ? 'laboratory' : 'sensor';
  const columns = [...screened].filter(([name]) => name === 'waterTemperature' || wqiQuantities.includes(name));
  for (const [row, at] of table.measuredAt.entries()) {
    const values: Partial<Record<Quantity, WaterValue>> = {};
    for (const [quantity, { counted: column }] of columns) {
      const value = column[row] as number;
      if (!Number.isNaN(value)) values[quantity] = { value, origin };
    }
    if (Object.keys(values).length > 0) counted.add(vnWqi({ station, values }), at);
  }
  return counted.finish();
};

/** The indices that a station's columns allow: VN_AQI and US AQI of air, VN_WQI of water. */
export const indicesOf = (work: Work): readonly IndexReport[] => {
  const { means, screened } = work;
  const isAir = airQuantities.some((quantity) => means.has(quantity));
  const isWater = [...screened.keys()].some((quantity) => wqiQuantities.includes(quantity));
  const slots = isAir ? hourlySlots(means) : {};
  return [...(isAir ? [...hourly(work, slots), ...daily(work, slots)] : []), ...(isWater ? samples(work) : [])];
};
