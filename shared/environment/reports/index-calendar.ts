import { type IndexQuantity, indexQuantities } from '../../telemetry/derived-quantities.ts';
import { categoryOf } from '../indices/aqi-parts.ts';
import type { IndexCategory } from '../indices/index-result.ts';
import { usAqiDailyMethod, usAqiNowcastMethod } from '../indices/us-aqi.ts';
import { usAqiCategories } from '../indices/us-aqi-tables.ts';
import { vnAqiDailyMethod, vnAqiHourlyMethod } from '../indices/vn-aqi.ts';
import { vnAqiCategories } from '../indices/vn-aqi-tables.ts';
import { indicativeWqiMethod, vnWqiMethod } from '../indices/vn-wqi.ts';
import { vnWqiCategories } from '../indices/vn-wqi-tables.ts';
import type { Covered } from './periods-covered.ts';
import type { CalendarEntry, IndexCalendar } from './report.ts';
import type { IndexInput, KnownSeries } from './report-input.ts';
import type { ReportKind } from './report-period.ts';
import { pointsOf } from './statistics.ts';

type Scale = {
  readonly every: IndexCalendar['every'];
  readonly categories: readonly IndexCategory[];
  readonly methodVersion: string;
};

const scales: Readonly<Record<IndexQuantity, Scale>> = {
  vnAqi1h: { every: 'hour', categories: vnAqiCategories, methodVersion: vnAqiHourlyMethod },
  vnAqi24h: { every: 'day', categories: vnAqiCategories, methodVersion: vnAqiDailyMethod },
  usAqiNowcast: { every: 'hour', categories: usAqiCategories, methodVersion: usAqiNowcastMethod },
  usAqi24h: { every: 'day', categories: usAqiCategories, methodVersion: usAqiDailyMethod },
  vnWqi: { every: 'sample', categories: vnWqiCategories, methodVersion: vnWqiMethod },
  wqiIndicative: { every: 'day', categories: vnWqiCategories, methodVersion: indicativeWqiMethod },
};

/** The indices that a report of a kind shows for a station: a day's hour by hour, longer ones day by day. */
export const indicesFor = (kind: ReportKind, of: 'air' | 'water'): readonly IndexQuantity[] => {
  if (of === 'water') return ['vnWqi', 'wqiIndicative'];
  return kind === 'day' ? ['vnAqi24h', 'vnAqi1h', 'usAqi24h', 'usAqiNowcast'] : ['vnAqi24h', 'usAqi24h'];
};

/** Of an index that is computed from samples there is no period that should have a value: its own instants are the calendar. */
const ownInstants = ({ endsAt }: KnownSeries): readonly { readonly startsAt: number; readonly endsAt: number }[] =>
  [...endsAt].map((at) => ({ startsAt: at, endsAt: at }));

/** The calendar of one index over the report's period: a value with its category, or why there is none. */
export const indexCalendar = ({ index, series }: IndexInput, { periods: periodsOf }: Covered): IndexCalendar => {
  const { every, categories, methodVersion } = scales[index];
  const periods = every === 'sample' ? ownInstants(series) : periodsOf(every === 'hour' ? '1h' : '24h');
  const entries = pointsOf(series, periods).map(({ startsAt, endsAt, status, value, reason }): CalendarEntry => {
    const common = { startsAt, endsAt, reason };
    if (value === null) {
      return { ...common, status: status === 'invalid' ? 'not-computable' : 'absent', value: null, category: null };
    }
    return { ...common, status: 'computed', value, category: categoryOf(categories, value).level };
  });
  const { nameEn, nameVi } = indexQuantities[index];
  return {
    index,
    name: { vi: nameVi, en: nameEn },
    methodVersion,
    every,
    entries,
    categories: categories.map((category) => ({
      level: category.level,
      name: { vi: category.nameVi, en: category.nameEn },
      rgb: [...category.rgb],
      count: entries.filter(({ category: level }) => level === category.level).length,
    })),
    notComputable: entries.filter(({ status }) => status === 'not-computable').length,
    absent: entries.filter(({ status }) => status === 'absent').length,
  };
};
