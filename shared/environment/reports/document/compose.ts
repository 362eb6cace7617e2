import type { Report, StationReport } from '../report.ts';
import type { Block, Cell, ReportDocument } from './document.ts';
import { localInstant } from './local-time.ts';
import {
  availabilityTable,
  episodeTable,
  exceedanceTable,
  qualityTable,
  statisticsTable,
  words,
} from './station-tables.ts';
import { calendarBlocks, chartsOf, valueTable } from './value-tables.ts';
import { classWords, kindWords, stationKindWords } from './words.ts';

const summaryTable = ({ stations, timeZone }: Report): Block => ({
  kind: 'table',
  caption: words('Tổng hợp theo trạm', 'Stations at a glance'),
  columns: [
    { title: words('Trạm', 'Station'), align: 'left' },
    { title: words('Loại', 'Kind'), align: 'left' },
    { title: words('Dữ liệu hợp lệ, %', 'Valid data, %'), align: 'right' },
    { title: words('Số kỳ đã xét', 'Periods judged'), align: 'right' },
    { title: words('Số kỳ vượt', 'Periods broken'), align: 'right' },
    { title: words('Số đợt vượt', 'Episodes'), align: 'right' },
    { title: words('Chưa xác nhận', 'Not acknowledged'), align: 'right' },
    { title: words('Chỉ số xấu nhất', 'Worst index'), align: 'left' },
  ],
  rows: stations.map(({ name, kind, class: stationClass, summary, mayPublishIndex }): Cell[] => {
    const { worstIndex } = summary;
    const unpublished = words('không công bố (TT 10, Điều 29)', 'not published (Circular 10, Art. 29)');
    return [
      { content: name, look: 'head' },
      {
        content: words(
          `${stationKindWords[kind].vi}; ${classWords[stationClass].vi}`,
          `${stationKindWords[kind].en}; ${classWords[stationClass].en}`,
        ),
      },
      { content: summary.validPercent },
      { content: summary.judged },
      { content: summary.broken, ...((summary.broken ?? 0) > 0 && { look: 'broken' as const }) },
      { content: summary.episodes },
      { content: summary.unacknowledged },
      worstIndex === null
        ? { content: mayPublishIndex ? null : unpublished, look: 'quiet' }
        : {
            content: worstIndex.value,
            suffix: `(${localInstant(worstIndex.endsAt, timeZone, true).slice(0, 10)})`,
            look: { category: [worstIndex.index, worstIndex.category] },
          },
    ];
  }),
});

const stationFacts = (station: StationReport): Block => ({
  kind: 'facts',
  rows: [
    { name: words('Mã trạm', 'Station id'), cell: { content: station.stationId } },
    {
      name: words('Loại', 'Kind'),
      cell: {
        content: words(
          `${stationKindWords[station.kind].vi}; ${classWords[station.class].vi}`,
          `${stationKindWords[station.kind].en}; ${classWords[station.class].en}`,
        ),
      },
    },
    {
      name: words('Vị trí (WGS 84)', 'Position (WGS 84)'),
      cell: {
        content: words(
          `${station.positionApproximate ? '≈ ' : ''}${station.latitude}; ${station.longitude}${station.ward === null ? '' : `, ${station.ward}`}`,
          `${station.positionApproximate ? '≈ ' : ''}${station.latitude}; ${station.longitude}${station.ward === null ? '' : `, ${station.ward}`}`,
        ),
      },
    },
  ],
});

/** A table, or words in its place where it would have no rows: an empty table could be taken for good news. */
const orWords = (table: Extract<Block, { kind: 'table' }>, vi: string, en: string): readonly Block[] =>
  table.rows.length > 0
    ? [table]
    : [{ kind: 'paragraph', text: words(`${table.caption.vi}: ${vi}`, `${table.caption.en}: ${en}`) }];

const stationBlocks = (station: StationReport, report: Report): readonly Block[] => {
  const charts = chartsOf(station, report);
  const values = valueTable(station, report);
  const heading = (vi: string, en: string): Block => ({ kind: 'heading', level: 3, text: words(vi, en) });
  return [
    { kind: 'heading', level: 2, id: station.stationId, newPage: true, text: words(station.name, station.name) },
    stationFacts(station),
    ...station.caveats.map(({ text, code }): Block => {
      const isWarning = code === 'no-data' || code === 'no-limits';
      return { kind: 'paragraph', text, look: isWarning ? 'warning' : 'remark' };
    }),
    heading('1. So sánh với quy chuẩn', '1. Compliance'),
    ...orWords(exceedanceTable(station, report), 'không có gì được đánh giá.', 'nothing was judged.'),
    ...orWords(episodeTable(station, report), 'không có đợt vượt nào được ghi nhận.', 'no episode is on record.'),
    heading('2. Chỉ số', '2. Indices'),
    ...(station.indices.length === 0
      ? [
          {
            kind: 'paragraph' as const,
            text: words('Không có chỉ số nào được công bố cho trạm này.', 'No index is published for this station.'),
          },
        ]
      : station.indices.flatMap((calendar) => calendarBlocks(calendar, report))),
    heading('3. Thống kê', '3. Statistics'),
    ...orWords(statisticsTable(station, report), 'không có dữ liệu.', 'no data.'),
    heading('4. Diễn biến', '4. Course'),
    ...(charts.length > 0 ? [{ kind: 'charts' as const, charts }] : []),
    ...(values === undefined
      ? [{ kind: 'paragraph' as const, text: words('Không có giá trị trung bình nào.', 'There are no means.') }]
      : [values]),
    heading('5. Dữ liệu', '5. Data'),
    ...orWords(availabilityTable(station), 'không có thông số nào.', 'no quantities.'),
    ...orWords(qualityTable(station), 'không đếm số đo nào.', 'no readings were counted.'),
  ];
};

const reportFacts = (report: Report): Block => {
  const { city, timeZone, startsAt, endsAt, coversTo, asOf, dataVersion, reportVersion } = report;
  const span = `${localInstant(startsAt, timeZone)} – ${localInstant(endsAt, timeZone, true)} (${timeZone})`;
  return {
    kind: 'facts',
    rows: [
      { name: words('Thành phố', 'City'), cell: { content: city.name } },
      { name: words('Kỳ báo cáo', 'Period'), cell: { content: span } },
      { name: words('Số liệu đến', 'Covers to'), cell: { content: localInstant(coversTo, timeZone, true) } },
      {
        name: words('Theo hiểu biết lúc', 'As known at'),
        cell: { content: `${localInstant(asOf, timeZone)} (${asOf})` },
      },
      { name: words('Mã dữ liệu (SHA-256)', 'Data version (SHA-256)'), cell: { content: dataVersion } },
      { name: words('Phiên bản báo cáo', 'Report version'), cell: { content: reportVersion } },
    ],
  };
};

/** Lays a report out as a page: what HTML and PDF both write, in this order and with these numbers. */
export const composeDocument = (report: Report): ReportDocument => {
  const [only] = report.stations;
  const place = report.scope === 'station' && only !== undefined ? only.name : report.city.name;
  const { vi, en } = kindWords[report.kind];
  const colours = report.stations.flatMap(({ indices }) =>
    indices.flatMap(({ index, categories }) => categories.map(({ level, rgb }) => [`${index} ${level}`, rgb] as const)),
  );
  return {
    title: words(
      `Báo cáo chất lượng môi trường ${vi} ${report.period} – ${place}`,
      `Environmental report, ${en} ${report.period} – ${place}`,
    ),
    asOf: report.asOf,
    colours: new Map(colours),
    blocks: [
      {
        kind: 'heading',
        level: 1,
        text: words(
          `Báo cáo chất lượng môi trường ${vi} ${report.period}: ${place}`,
          `Environmental report, ${en} ${report.period}: ${place}`,
        ),
      },
      reportFacts(report),
      ...report.caveats.map(
        ({ text, code }): Block => ({ kind: 'paragraph', text, look: code === 'registry' ? 'remark' : 'warning' }),
      ),
      summaryTable(report),
      ...report.stations.flatMap((station) => stationBlocks(station, report)),
      { kind: 'heading', level: 2, text: words('Phương pháp', 'Methods'), newPage: true },
      {
        kind: 'table',
        caption: words('Các số trong báo cáo được tính như thế nào', 'How the numbers came about'),
        columns: [
          { title: words('Nội dung', 'Subject'), align: 'left', share: 16 },
          { title: words('Phiên bản', 'Version'), align: 'left', share: 20 },
          { title: words('Cách tính', 'How'), align: 'left', share: 64 },
        ],
        rows: report.methods.map(({ name, version, text }): Cell[] => [
          { content: name, look: 'head' },
          { content: version },
          { content: text },
        ]),
      },
    ],
  };
};
