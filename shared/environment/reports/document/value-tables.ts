import { localDate, localTime } from '../../../city/calendar.ts';
import type {
  Bilingual,
  IndexCalendar,
  Point,
  QuantityReport,
  Report,
  ReportSeries,
  StationReport,
} from '../report.ts';
import { countReasons } from '../statistics.ts';
import { chartOf } from './charts.ts';
import type { Block, Cell, CellLook, Chart } from './document.ts';
import { localPeriod } from './local-time.ts';
import { words } from './station-tables.ts';
import { periodWords, reasonText } from './words.ts';

type Frame = Pick<Report, 'timeZone' | 'kind'>;
type Table = Extract<Block, { kind: 'table' }>;

/** What stands in place of a value: a cross where it was judged that there is none, a dash where nothing is known. */
const CROSS = '×';

/** What the table of values lists: hours of a day, days of a month, months of a year. */
const listedIn = { day: '1h', month: '24h', year: 'month' } as const;
/** What the charts draw: of a year its days. */
const drawnIn = { day: '1h', month: '24h', year: '24h' } as const;

const seriesIn = ({ series }: QuantityReport, of: ReportSeries['of']): ReportSeries | undefined =>
  series.find((each) => each.of === of);

const limitsOn = (station: StationReport, { quantity, sensorId }: QuantityReport, of: ReportSeries['of']) =>
  station.exceedances.filter(
    (row) =>
      row.quantity === quantity && row.sensorId === sensorId && row.averagingPeriod === of && (row.judged ?? 0) > 0,
  );

export const chartsOf = (station: StationReport, { timeZone, kind }: Frame): readonly Chart[] =>
  station.quantities.flatMap((quantity) => {
    const series = seriesIn(quantity, drawnIn[kind]);
    if (series?.points.some(({ value }) => value !== null) !== true) return [];
    return [chartOf(quantity, series, limitsOn(station, quantity, series.of), timeZone)];
  });

const pointCell = (point: Point | undefined): Cell => {
  if (point === undefined || point.status === 'absent') return { content: null, look: 'quiet' };
  if (point.value === null) return { content: CROSS, look: 'quiet' };
  return { content: point.value, ...(point.broken && { look: 'broken' }) };
};

/** Values row by row, a column a quantity; `undefined` where no quantity has any. */
export const valueTable = (station: StationReport, { timeZone, kind }: Frame): Table | undefined => {
  const of = listedIn[kind];
  const columns = station.quantities.flatMap((quantity) => {
    const series = seriesIn(quantity, of);
    if (series === undefined) return [];
    return [{ quantity, byEnd: new Map(series.points.map((point) => [point.endsAt, point])) }];
  });
  const periods = new Map(columns.flatMap(({ byEnd }) => [...byEnd]).map(([endsAt, point]) => [endsAt, point]));
  if (columns.length === 0 || periods.size === 0) return undefined;
  return {
    kind: 'table',
    dense: true,
    caption: words(
      `Các giá trị ${periodWords[of].vi} (● vượt giới hạn; × không có giá trị hợp lệ; – không có dữ liệu)`,
      `Values: ${periodWords[of].en} (● beyond a limit; × no valid value; – no data)`,
    ),
    columns: [
      { title: words('Kỳ', 'Period'), align: 'left' },
      ...columns.map(({ quantity: { name, unit } }) => ({
        title: words(`${name.vi}, ${unit}`, `${name.en}, ${unit}`),
        align: 'right' as const,
      })),
    ],
    rows: [...periods.values()]
      .sort((a, b) => (a.endsAt < b.endsAt ? -1 : 1))
      .map((period): Cell[] => [
        { content: localPeriod(period, of, timeZone), look: 'head' },
        ...columns.map(({ byEnd }) => pointCell(byEnd.get(period.endsAt))),
      ]),
  };
};

type Entry = IndexCalendar['entries'][number];

const entryCell = (index: string, entry: Entry | undefined): Cell => {
  if (entry === undefined) return { content: '', look: 'quiet' };
  if (entry.status === 'absent') return { content: null, look: 'quiet' };
  if (entry.value === null || entry.category === null) return { content: CROSS, look: 'quiet' };
  const look: CellLook = { category: [index, entry.category] };
  return { content: entry.value, look };
};

/** Where an entry stands in the calendar's grid: rows are days of hours, or months of days. */
const placeOf = ({ endsAt }: Entry, every: 'hour' | 'day', timeZone: string): { row: string; column: number } => {
  const at = Date.parse(endsAt);
  const date = localDate(timeZone, at - 1);
  if (every === 'day') return { row: date.slice(0, 7), column: Number(date.slice(8)) };
  const hour = Number(localTime(timeZone, at).slice(0, 2));
  return { row: date, column: hour === 0 ? 24 : hour };
};

const legend = words(
  '× không tính được, – không có dữ liệu: không phải là tốt; ô trống: không có ngày này hoặc chưa hết ngày',
  '× not computable, – no data: neither means good; empty: no such day, or not over yet',
);

/** The calendar of an index as a coloured grid of numbers: a day's hours, or days by month. */
const gridTable = (calendar: IndexCalendar, every: 'hour' | 'day', timeZone: string): Table => {
  const rows = new Map<string, Map<number, Entry>>();
  for (const entry of calendar.entries) {
    const { row, column } = placeOf(entry, every, timeZone);
    const entries = rows.get(row) ?? new Map<number, Entry>();
    rows.set(row, entries.set(column, entry));
  }
  const numbers = Array.from({ length: every === 'hour' ? 24 : 31 }, (_, index) => index + 1);
  const { name, index } = calendar;
  return {
    kind: 'table',
    dense: true,
    caption: words(`${name.vi} (${legend.vi})`, `${name.en} (${legend.en})`),
    columns: [
      { title: every === 'hour' ? words('Ngày, giờ', 'Day, hour') : words('Tháng, ngày', 'Month, day'), align: 'left' },
      ...numbers.map((number) => ({ title: String(number), align: 'centre' as const })),
    ],
    rows: [...rows].map(([row, entries]) => [
      { content: row, look: 'head' },
      ...numbers.map((number) => entryCell(index, entries.get(number))),
    ]),
  };
};

const sampleTable = ({ entries, index, name, categories }: IndexCalendar, timeZone: string): Table => ({
  kind: 'table',
  caption: name,
  columns: [
    { title: words('Thời điểm', 'Instant'), align: 'left' },
    { title: words('Giá trị', 'Value'), align: 'right' },
    { title: words('Mức, hoặc lý do không tính được', 'Category, or why it is not computable'), align: 'left' },
  ],
  rows: entries.map((entry) => [
    { content: localPeriod(entry, 'single', timeZone), look: 'head' },
    entryCell(index, entry),
    {
      content:
        entry.reason !== null
          ? reasonText(entry.reason)
          : (categories.find(({ level }) => level === entry.category)?.name ?? null),
    },
  ]),
});

/** How often each category came, and how often there was no value, by reason: one row. */
const categoryTable = ({ name, index, categories, entries, absent, every }: IndexCalendar): Table => {
  const reasons = countReasons(
    entries.flatMap(({ status, reason }) => (status === 'not-computable' ? [reason ?? 'unknown'] : [])),
  );
  const what = { hour: words('Số giờ', 'Hours'), day: words('Số ngày', 'Days'), sample: words('Số lần', 'Times') };
  const because = (text: Bilingual): Bilingual =>
    words(`× không tính được: ${text.vi}`, `× not computable: ${text.en}`);
  const counted: readonly { readonly title: Bilingual; readonly cell: Cell }[] = [
    ...categories.map(({ name: title, level, count }) => {
      const look: CellLook = { category: [index, level] };
      return { title, cell: { content: count, look } };
    }),
    ...reasons.map(({ code, count }) => ({ title: because(reasonText(code)), cell: { content: count } })),
    { title: words('– không có dữ liệu', '– no data'), cell: { content: absent } },
  ];
  return {
    kind: 'table',
    dense: true,
    caption: words(`${name.vi}: số lần theo mức`, `${name.en}: how often each category`),
    columns: [
      { title: words('Mức', 'Category'), align: 'left' },
      ...counted.map(({ title }) => ({ title, align: 'centre' as const })),
    ],
    rows: [[{ content: what[every], look: 'head' }, ...counted.map(({ cell }) => cell)]],
  };
};

/** The calendar of one index with how often each category came; an indicative one says so in its name. */
export const calendarBlocks = (calendar: IndexCalendar, { timeZone }: Frame): readonly Block[] => {
  const { every, entries, absent, name } = calendar;
  if (absent === entries.length) {
    const text = words(`${name.vi}: không có dữ liệu.`, `${name.en}: no data.`);
    return [{ kind: 'paragraph', text, look: 'warning' }];
  }
  const grid = every === 'sample' ? sampleTable(calendar, timeZone) : gridTable(calendar, every, timeZone);
  return [grid, categoryTable(calendar)];
};
