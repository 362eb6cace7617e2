import { isQuantity, quantities } from '../../../telemetry/quantity.ts';
import { reportedPercentiles } from '../percentiles.ts';
import type { Bilingual, ExceedanceRow, Report, StationReport, Statistics, ValueAt } from '../report.ts';
import type { Block, Cell, Column } from './document.ts';
import { localInstant, localPeriod } from './local-time.ts';
import { actWords, causeText, flagNames, handlingWords, phaseWords, roleWords, shortPeriodWords } from './words.ts';

type Frame = Pick<Report, 'timeZone' | 'kind'>;
type Table = Extract<Block, { kind: 'table' }>;

export const words = (vi: string, en: string): Bilingual => ({ vi, en });
const left = (title: Column['title'], share?: number): Column => ({ title, align: 'left', ...(share && { share }) });
const right = (title: Column['title'], share?: number): Column => ({ title, align: 'right', ...(share && { share }) });

export const nameOf = (quantity: string): Bilingual => {
  if (!isQuantity(quantity)) return { vi: quantity, en: quantity };
  const { nameVi, nameEn } = quantities[quantity];
  return { vi: nameVi, en: nameEn };
};

/** Its sensor stands beside a quantity only where the station has more than one. */
const withSensor = ({ quantities: all }: StationReport) => {
  const several = new Set(all.map(({ sensorId }) => sensorId)).size > 1;
  return (quantity: string, sensorId: string): Cell => ({
    content: nameOf(quantity),
    ...(several && { suffix: `(${sensorId})` }),
    look: 'head',
  });
};

const at = (value: ValueAt | null, of: Statistics['of'], timeZone: string): Cell =>
  value === null ? { content: null } : { content: value.value, suffix: `(${localPeriod(value, of, timeZone)})` };

const signOf = ({ bound }: Pick<ExceedanceRow, 'bound'>): string => (bound === 'max' ? '≤' : '≥');

/** Which means are compared, and with what where that is no limit but a guideline or a target. */
const meanText = ({ averagingPeriod, role }: ExceedanceRow): Bilingual => {
  const { vi, en } = shortPeriodWords[averagingPeriod];
  const what = roleWords[role];
  return what === undefined ? { vi, en } : words(`${vi}, ${what.vi}`, `${en}, ${what.en}`);
};

export const exceedanceTable = (station: StationReport, { timeZone }: Frame): Table => {
  const quantityCell = withSensor(station);
  return {
    kind: 'table',
    caption: words('So sánh với giới hạn', 'Comparison with limits'),
    columns: [
      left(words('Thông số', 'Quantity'), 13),
      left(words('Kỳ', 'Mean'), 8),
      right(words('Giới hạn', 'Limit'), 9),
      left(words('Căn cứ', 'Source'), 22),
      right(words('Đã xét', 'Judged'), 6),
      right(words('Không xét được', 'Not judged'), 7),
      right(words('Vượt', 'Broken'), 6),
      right('%', 5),
      left(words('Lần đầu', 'First'), 12),
      left(words('Lần cuối', 'Last'), 12),
      left(words('Nặng nhất', 'Worst'), 14),
    ],
    rows: station.exceedances.map((row) => {
      const when = (value: ValueAt | null): Cell =>
        value === null ? { content: null } : { content: localPeriod(value, row.averagingPeriod, timeZone) };
      const look = row.broken !== null && row.broken > 0 ? ({ look: 'broken' } as const) : {};
      return [
        quantityCell(row.quantity, row.sensorId),
        { content: meanText(row) },
        { content: row.limit, prefix: signOf(row), suffix: row.unit },
        { content: `${row.standard}; ${row.decision}` },
        row.judged === null ? { content: words('chưa đếm', 'not counted'), look: 'quiet' } : { content: row.judged },
        { content: row.notJudged },
        { content: row.broken, ...look },
        { content: row.brokenPercent },
        when(row.first),
        when(row.last),
        { ...at(row.worst, row.averagingPeriod, timeZone), ...look },
      ];
    }),
  };
};

export const statisticsTable = (station: StationReport, { timeZone }: Frame): Table => {
  const quantityCell = withSensor(station);
  return {
    kind: 'table',
    caption: words('Thống kê các giá trị hợp lệ', 'Statistics of the valid values'),
    columns: [
      left(words('Thông số', 'Quantity'), 15),
      left(words('Giá trị', 'Values'), 7),
      left(words('Đơn vị', 'Unit'), 6),
      right(words('Hợp lệ', 'Valid'), 6),
      right(words('Cần có', 'Expected'), 7),
      right('%', 5),
      right(words('Trung bình', 'Mean'), 7),
      left(words('Nhỏ nhất', 'Least'), 14),
      left(words('Lớn nhất', 'Greatest'), 14),
      ...reportedPercentiles.map((percent) => right(`P${percent}`, 5)),
    ],
    rows: station.quantities.flatMap(({ quantity, sensorId, unit, statistics }) =>
      statistics.map((each): Cell[] => [
        quantityCell(quantity, sensorId),
        { content: shortPeriodWords[each.of] },
        { content: unit },
        { content: each.valid },
        // Nobody can say how many single values there should be; the table of availability tells the readings.
        { content: each.of === 'single' ? null : each.expected },
        { content: each.of === 'single' ? null : each.validPercent },
        { content: each.mean },
        at(each.min, each.of, timeZone),
        at(each.max, each.of, timeZone),
        ...reportedPercentiles.map((percent) => ({
          content: each.percentiles.find((found) => found.percent === percent)?.value ?? null,
        })),
      ]),
    ),
  };
};

const countedWords = { readings: words('số đo', 'readings'), hours: words('giờ', 'hours') };

export const availabilityTable = (station: StationReport): Table => {
  return {
    kind: 'table',
    caption: words(
      'Mức độ sẵn có của dữ liệu (Thông tư 10/2021/TT-BTNMT)',
      'Availability of data (Circular 10/2021/TT-BTNMT)',
    ),
    columns: [
      left(words('Thông số', 'Quantity')),
      left(words('Thiết bị', 'Sensor')),
      left(words('Tính theo', 'Counted in')),
      right(words('Phải nhận', 'Expected')),
      right(words('Đã nhận', 'Received')),
      right(words('Đã nhận, %', 'Received, %')),
      right(words('Hợp lệ', 'Valid')),
      right(words('Hợp lệ, %', 'Valid, %')),
    ],
    rows: station.availability.map((row) => [
      { content: nameOf(row.quantity), look: 'head' },
      { content: row.sensorId },
      { content: countedWords[row.counted] },
      { content: row.expected },
      { content: row.received },
      { content: row.receivedPercent },
      { content: row.valid },
      { content: row.validPercent },
    ]),
  };
};

export const qualityTable = (station: StationReport): Table => {
  const quantityCell = withSensor(station);
  return {
    kind: 'table',
    caption: words('Chất lượng số liệu: số đo theo cờ và phép thử', 'Data quality: readings by flag and test'),
    columns: [
      left(words('Thông số', 'Quantity')),
      left(words('Cờ (QARTOD)', 'Flag (QARTOD)')),
      left(words('Phép thử', 'Test')),
      right(words('Số đo', 'Readings')),
    ],
    rows: station.quality.map((row) => [
      quantityCell(row.quantity, row.sensorId),
      { content: flagNames[row.flag] },
      { content: row.test },
      { content: row.count },
    ]),
  };
};

const actsText = (acts: StationReport['episodes'][number]['acts'], timeZone: string, language: 'vi' | 'en'): string =>
  acts
    .map(({ kind, at: when, by, cause, note }) => {
      const parts = [
        `${localInstant(when, timeZone)} ${actWords[kind][language]} (${by})`,
        cause === null ? undefined : causeText(cause)[language],
        note === null ? undefined : `“${note}”`,
      ];
      return parts.filter((part) => part !== undefined).join(': ');
    })
    .join('; ');

export const episodeTable = (station: StationReport, { timeZone }: Frame): Table => {
  const quantityCell = withSensor(station);
  return {
    kind: 'table',
    caption: words('Các đợt vượt giới hạn và việc đã làm', 'Exceedance episodes and what was done'),
    columns: [
      left(words('Thông số', 'Quantity'), 12),
      right(words('Giới hạn', 'Limit'), 9),
      left(words('Kỳ', 'Mean'), 6),
      left(words('Từ', 'From'), 10),
      left(words('Đến', 'To'), 10),
      right(words('Số kỳ vượt', 'Periods'), 6),
      left(words('Nặng nhất', 'Worst'), 12),
      left(words('Tình trạng', 'State'), 12),
      left(words('Việc đã làm', 'What was done'), 24),
    ],
    rows: station.episodes.map((episode) => {
      const { phase, handling, acts, startsAt, lastBreachEndsAt, worst, worstEndsAt } = episode;
      const nothing = words('chưa có', 'nothing yet');
      return [
        quantityCell(episode.quantity, episode.sensorId),
        { content: episode.limit, prefix: signOf(episode), suffix: episode.unit },
        { content: shortPeriodWords[episode.averagingPeriod] },
        { content: localInstant(startsAt, timeZone) },
        { content: localInstant(lastBreachEndsAt, timeZone, true) },
        { content: episode.breaches },
        { content: worst, suffix: `(${localInstant(worstEndsAt, timeZone, true)})`, look: 'broken' },
        {
          content: words(
            `${phaseWords[phase].vi}; ${handlingWords[handling].vi}`,
            `${phaseWords[phase].en}; ${handlingWords[handling].en}`,
          ),
        },
        {
          content: acts.length === 0 ? nothing : words(actsText(acts, timeZone, 'vi'), actsText(acts, timeZone, 'en')),
        },
      ];
    }),
  };
};
