import { stringify } from 'csv-stringify/sync';
import { localInstant } from './document/local-time.ts';
import type { Report, StationReport, ValueAt } from './report.ts';

/** The columns of every row; what does not apply is empty, and `text` says what there is in place of a number. */
const csvColumns = [
  'section',
  'stationId',
  'sensorId',
  'subject',
  'averagingPeriod',
  'measure',
  'value',
  'unit',
  'text',
  'startsAt',
  'endsAt',
  'endsAtLocal',
] as const;
type CsvRow = Partial<Record<(typeof csvColumns)[number], string | number | null>>;

type Part = Pick<CsvRow, 'section' | 'sensorId' | 'subject' | 'averagingPeriod' | 'unit'>;

const when = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }): CsvRow => ({ startsAt, endsAt });

/** One row a number, in the order of the keys. */
const numbers = (part: Part, values: Readonly<Record<string, number | null>>, more: CsvRow = {}): CsvRow[] =>
  Object.entries(values).map(([measure, value]) => ({ ...part, ...more, measure, value }));

const valueAt = (part: Part, measure: string, found: ValueAt | null): CsvRow[] =>
  found === null ? [] : [{ ...part, measure, value: found.value, ...when(found) }];

const quantityRows = ({ quantities }: StationReport): CsvRow[] =>
  quantities.flatMap(({ quantity, sensorId, unit, statistics, series }) => [
    ...statistics.flatMap(
      ({ of, reasons, percentiles, min, max, mean, validPercent, expected, valid, invalid, absent }) => {
        const part = { section: 'statistics', sensorId, subject: quantity, averagingPeriod: of, unit };
        return [
          ...numbers({ ...part, unit: '1' }, { expected, valid, invalid, absent }),
          ...numbers({ ...part, unit: '%' }, { validPercent }),
          ...numbers(part, { mean }),
          ...valueAt(part, 'min', min),
          ...valueAt(part, 'max', max),
          ...percentiles.flatMap(({ percent, value }) => numbers(part, { [`p${percent}`]: value })),
          ...reasons.map(({ code, count }) => ({
            ...part,
            unit: '1',
            measure: 'withoutValue',
            value: count,
            text: code,
          })),
        ];
      },
    ),
    ...series.flatMap(({ of, points }) =>
      points.map(({ value, status, reason, broken, ...period }) => ({
        section: 'values',
        sensorId,
        subject: quantity,
        averagingPeriod: of,
        measure: broken ? 'brokenMean' : 'mean',
        value,
        unit,
        text: reason ?? (status === 'absent' ? 'absent' : null),
        ...when(period),
      })),
    ),
  ]);

const exceedanceRows = ({ exceedances }: StationReport): CsvRow[] =>
  exceedances.flatMap(({ quantity, sensorId, averagingPeriod, unit, limit, bound, ...row }) => {
    const part = { section: 'exceedances', sensorId, subject: quantity, averagingPeriod, unit };
    const text = [row.limitId, bound, row.role, row.standard, row.decision].join('; ');
    return [
      { ...part, measure: 'limit', value: limit, text },
      ...numbers(
        { ...part, unit: '1' },
        { judged: row.judged, notJudged: row.notJudged, broken: row.broken },
        { text: row.limitId },
      ),
      ...numbers({ ...part, unit: '%' }, { brokenPercent: row.brokenPercent }, { text: row.limitId }),
      ...(['first', 'last', 'worst'] as const).flatMap((measure) =>
        valueAt(part, measure, row[measure]).map((found) => ({ ...found, text: row.limitId })),
      ),
    ];
  });

const indexRows = ({ indices }: StationReport): CsvRow[] =>
  indices.flatMap(({ index, entries, categories, notComputable, absent, methodVersion }) => {
    const part = { section: 'indices', subject: index, unit: '1' };
    return [
      ...entries.map(({ value, category, status, reason, ...period }) => ({
        ...part,
        measure: 'index',
        value,
        text: reason ?? (category === null ? status : `category ${category}`),
        ...when(period),
      })),
      ...categories.map(({ level, name, count }) => ({
        ...part,
        measure: `category${level}`,
        value: count,
        text: name.vi,
      })),
      ...numbers(part, { notComputable, absent }, { text: methodVersion }),
    ];
  });

const dataRows = ({ availability, quality, summary }: StationReport): CsvRow[] => [
  ...availability.flatMap(
    ({ quantity, sensorId, counted, expected, received, valid, receivedPercent, validPercent }) => {
      const part = { section: 'availability', sensorId, subject: quantity };
      return [
        ...numbers({ ...part, unit: '1' }, { expected, received, valid }, { text: counted }),
        ...numbers({ ...part, unit: '%' }, { receivedPercent, validPercent }, { text: counted }),
      ];
    },
  ),
  ...quality.map(({ quantity, sensorId, flag, test, count }) => ({
    section: 'quality',
    sensorId,
    subject: quantity,
    measure: `flag${flag}`,
    value: count,
    unit: '1',
    text: test,
  })),
  ...numbers(
    { section: 'summary', unit: '1' },
    {
      judged: summary.judged,
      broken: summary.broken,
      episodes: summary.episodes,
      unacknowledged: summary.unacknowledged,
    },
  ),
  ...numbers({ section: 'summary', unit: '1' }, { expected: summary.expected, valid: summary.valid }),
  ...numbers({ section: 'summary', unit: '%' }, { validPercent: summary.validPercent }),
  ...(summary.worstIndex === null
    ? []
    : [
        {
          section: 'summary',
          subject: summary.worstIndex.index,
          measure: 'worstIndex',
          value: summary.worstIndex.value,
          unit: '1',
          text: `category ${summary.worstIndex.category}`,
          endsAt: summary.worstIndex.endsAt,
        },
      ]),
];

const episodeRows = ({ episodes }: StationReport): CsvRow[] =>
  episodes.flatMap((episode) => {
    const { episodeId, sensorId, quantity, averagingPeriod, unit, phase, handling, acts } = episode;
    const part = { section: 'episodes', sensorId, subject: quantity, averagingPeriod, unit };
    const span = { startsAt: episode.startsAt, endsAt: episode.lastBreachEndsAt };
    return [
      { ...part, measure: 'limit', value: episode.limit, text: `${episodeId}; ${episode.standard}`, ...span },
      { ...part, unit: '1', measure: 'breaches', value: episode.breaches, text: `${phase}; ${handling}`, ...span },
      { ...part, measure: 'worst', value: episode.worst, text: episodeId, endsAt: episode.worstEndsAt },
      ...acts.map(({ kind, at, by, cause, note }) => ({
        ...part,
        unit: null,
        measure: kind,
        text: [by, cause, note].filter((word) => word !== null).join('; '),
        endsAt: at,
      })),
    ];
  });

const stationRows = (station: StationReport): CsvRow[] => {
  const { stationId, name, kind, mayPublishIndex, positionApproximate, caveats } = station;
  const place = numbers(
    { section: 'station', unit: '°' },
    { latitude: station.latitude, longitude: station.longitude },
  );
  const facts: Readonly<Record<string, string | null>> = {
    name,
    kind,
    class: station.class,
    ward: station.ward,
    mayPublishIndex: String(mayPublishIndex),
    positionApproximate: String(positionApproximate),
  };
  const rows = [
    ...Object.entries(facts).map(([measure, text]) => ({ section: 'station', measure, text })),
    ...place,
    ...caveats.map(({ code, text }) => ({ section: 'caveats', measure: code, text: text.vi })),
    ...exceedanceRows(station),
    ...quantityRows(station),
    ...indexRows(station),
    ...dataRows(station),
    ...episodeRows(station),
  ];
  return rows.map((row) => ({ stationId, ...row }));
};

/** A spreadsheet takes a file for UTF-8 only when it begins so. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The report as one tidy table in the long form, a row a number: RFC 4180, UTF-8 with a byte order mark, decimal point, instants in UTC
 * and on the city's clock. Texts that a spreadsheet would run as a formula stand behind an apostrophe.
 */
export const renderCsv = (report: Report): string => {
  const { city, scope, kind, period, timeZone, startsAt, endsAt, coversTo, asOf, dataVersion, reportVersion } = report;
  const facts = {
    city: city.name,
    cityId: city.id,
    scope,
    kind,
    period,
    timeZone,
    coversTo,
    asOf,
    dataVersion,
    reportVersion,
  };
  const rows: CsvRow[] = [
    ...Object.entries(facts).map(([measure, text]) => ({ section: 'report', measure, text, startsAt, endsAt })),
    ...report.caveats.map(({ code, text }) => ({ section: 'caveats', measure: code, text: text.vi })),
    ...report.methods.map(({ name, version }) => ({ section: 'methods', measure: name.en, text: version })),
    ...report.stations.flatMap(stationRows),
  ];
  const complete = rows.map((row) => ({
    ...row,
    endsAtLocal: typeof row.endsAt === 'string' ? localInstant(row.endsAt, timeZone, true) : null,
  }));
  const options = {
    header: true,
    columns: [...csvColumns],
    record_delimiter: 'windows' as const,
    escape_formulas: true,
  };
  return `${BYTE_ORDER_MARK}${stringify(complete, options)}`;
};
