import { createHash } from 'node:crypto';
import { mayPublishIndex, stationClassOf } from '../../city/station-class.ts';
import { type Quantity, quantities } from '../../telemetry/quantity.ts';
import type { AveragingPolicy } from '../averaging-policy.ts';
import { breaks, type Limit, limitsInForce } from '../limit.ts';
import { type MeanPeriod, meanPeriods } from '../means.ts';
import { episodeReports } from './episode-reports.ts';
import { exceedanceRows } from './exceedance-rows.ts';
import { indexCalendar } from './index-calendar.ts';
import { type Covered, covered } from './periods-covered.ts';
import type { Availability, QuantityReport, Report, StationReport, StationSummary, Statistics } from './report.ts';
import type { QuantityInput, ReportFrame, StationInput } from './report-input.ts';
import { caveat, REPORT_VERSION, reportMethods } from './report-methods.ts';
import type { ReportKind } from './report-period.ts';
import { percentOf } from './reported-number.ts';
import { pointsOf, statisticsOf } from './statistics.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** The means whose values a report of a kind lists and draws. */
const listed: Readonly<Record<ReportKind, readonly MeanPeriod[]>> = {
  day: ['1h'],
  month: ['24h'],
  year: ['24h', 'month'],
};

const singleStatistics = ({ raw }: QuantityInput): readonly Statistics[] => {
  if (raw?.singles === undefined) return [];
  const instants = [...raw.singles.endsAt].map((at) => ({ startsAt: at, endsAt: at }));
  return [statisticsOf('single', raw.singles, instants)];
};

/** The limit (no guideline) that a value of a mean breaks, of those that hold on the day on which its period begins. */
const breaker =
  (quantity: Quantity, limits: readonly Limit[], of: MeanPeriod, dateOf: Covered['dateOf']) =>
  (value: number, startsAt: number): number | undefined => {
    const own = limits.filter(({ role = 'limit' }) => role === 'limit');
    const date = dateOf(startsAt);
    return limitsInForce(own, { quantity, averagingPeriod: of, date }).find((limit) => breaks(value, limit))?.value;
  };

const quantityReport = (
  input: QuantityInput,
  limits: readonly Limit[],
  { period, periods: periodsOf, dateOf }: Covered,
): QuantityReport => {
  const { sensorId, quantity, means } = input;
  const { nameVi, nameEn, unit } = quantities[quantity];
  const ofMeans = meanPeriods.flatMap((of) => {
    const series = means[of];
    const periods = series === undefined ? [] : periodsOf(of);
    return series === undefined || periods.length === 0 ? [] : [statisticsOf(of, series, periods)];
  });
  return {
    sensorId,
    quantity,
    name: { vi: nameVi, en: nameEn },
    unit,
    statistics: [...ofMeans, ...singleStatistics(input)],
    series: listed[period.kind].flatMap((of) => {
      const series = means[of];
      if (series === undefined) return [];
      const brokenLimit = breaker(quantity, limits, of, dateOf);
      return [{ of, points: pointsOf(series, periodsOf(of), brokenLimit) }];
    }),
  };
};

/** Counted in readings where they were counted, in hours else: an hour is received when anything is known of its mean. */
const availabilityOf = (input: QuantityInput, { periods: periodsOf }: Covered): Availability[] => {
  const { sensorId, quantity, raw, expected, means } = input;
  const shares = (counted: Availability['counted'], all: number, received: number, valid: number): Availability => ({
    sensorId,
    quantity,
    counted,
    expected: all,
    received,
    valid,
    receivedPercent: percentOf(received, all),
    validPercent: percentOf(valid, all),
  });
  if (raw !== undefined) return [shares('readings', expected, raw.received, raw.valid)];
  const hours = means['1h'];
  if (hours === undefined) return [];
  const { expected: all, valid, invalid } = statisticsOf('1h', hours, periodsOf('1h'));
  return [shares('hours', all, valid + invalid, valid)];
};

const classCaveats = {
  reference: 'reference-station',
  laboratory: 'laboratory-point',
  automatic: 'automatic-station',
} as const;

const stationCaveats = ({
  station,
  limits,
  unverified,
  quantities: inputs,
}: StationInput): StationReport['caveats'] => [
  caveat(classCaveats[stationClassOf(station)]),
  ...(station.positionApproximate === true ? [caveat('position-approximate')] : []),
  ...(inputs.every(({ raw, means }) => (raw?.received ?? 0) === 0 && Object.values(means).every((s) => s.length === 0))
    ? [caveat('no-data')]
    : []),
  ...(limits.length === 0 ? [caveat('no-limits')] : []),
  ...(unverified.length > 0 ? [caveat('unverified-limits')] : []),
  ...(inputs.some(({ raw }) => raw === undefined) ? [caveat('raw-not-counted')] : []),
];

const worstIndexOf = (calendars: StationReport['indices']): StationSummary['worstIndex'] => {
  const calendar = calendars.find(({ index }) => index === 'vnAqi24h' || index === 'vnWqi');
  if (calendar === undefined) return null;
  // A high AQI is bad, a high WQI is good.
  const sign = calendar.index === 'vnWqi' ? -1 : 1;
  let worst: StationSummary['worstIndex'] = null;
  for (const { value, category, endsAt } of calendar.entries) {
    if (value === null || category === null) continue;
    if (worst === null || sign * (value - worst.value) > 0) worst = { index: calendar.index, value, category, endsAt };
  }
  return worst;
};

const total = <T>(items: readonly T[], of: (item: T) => number | null): number =>
  items.reduce((sum, item) => sum + (of(item) ?? 0), 0);

const summaryOf = ({
  availability,
  exceedances,
  episodes,
  indices,
}: Pick<StationReport, 'availability' | 'exceedances' | 'episodes' | 'indices'>): StationSummary => {
  // A guideline or a target is no limit: exceeding it is in the table, not in the sum.
  const limits = exceedances.filter(({ role }) => role === 'limit');
  const judged = total(limits, (row) => row.judged);
  const [expected, valid] = [total(availability, (row) => row.expected), total(availability, (row) => row.valid)];
  return {
    expected,
    valid,
    validPercent: percentOf(valid, expected),
    judged,
    broken: judged === 0 ? null : total(limits, (row) => row.broken),
    episodes: episodes.length,
    unacknowledged: episodes.filter(({ handling }) => handling !== 'acknowledged').length,
    worstIndex: worstIndexOf(indices),
  };
};

const stationReport = (input: StationInput, span: Covered): StationReport => {
  const { station } = input;
  const publishes = mayPublishIndex(station);
  const found = {
    exceedances: input.quantities.flatMap((quantity) => [...exceedanceRows(quantity, input.limits, span)]),
    availability: input.quantities.flatMap((quantity) => availabilityOf(quantity, span)),
    // Whatever the store may have of a reference station's indices is not told (TT 10/2021/TT-BTNMT, Điều 29).
    indices: publishes ? input.indices.map((index) => indexCalendar(index, span)) : [],
    episodes: episodeReports(input, span),
  };
  return {
    stationId: station.id,
    name: station.name,
    kind: station.kind,
    class: stationClassOf(station),
    mayPublishIndex: publishes,
    latitude: station.position.latitude,
    longitude: station.position.longitude,
    positionApproximate: station.positionApproximate ?? false,
    ward: station.ward ?? null,
    summary: summaryOf(found),
    quantities: input.quantities.map((quantity) => quantityReport(quantity, input.limits, span)),
    ...found,
    quality: input.quantities.flatMap(({ sensorId, quantity, raw }) =>
      (raw?.qualities ?? []).map(({ flag, test, count }) => ({ sensorId, quantity, flag, test, count })),
    ),
    caveats: stationCaveats(input),
  };
};

/** A digest of everything that one station brings into a report, so that whoever has two of them can tell whether the data differ. */
const digestOf = ({ quantities: inputs, indices, ...rest }: StationInput): string => {
  const hash = createHash('sha256').update(JSON.stringify(rest));
  const addSeries = (name: string, series: StationInput['indices'][number]['series'] | undefined): void => {
    if (series === undefined) return;
    hash.update(`\n${name} ${series.length} ${JSON.stringify([...series.reasons])}`);
    for (const numbers of [series.endsAt, series.values]) {
      hash.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    }
  };
  for (const { means, raw, ...input } of inputs) {
    hash.update(`\n${JSON.stringify(input)} ${JSON.stringify([raw?.received, raw?.valid, raw?.qualities])}`);
    for (const of of meanPeriods) addSeries(of, means[of]);
    addSeries('single', raw?.singles);
  }
  for (const { index, series } of indices) addSeries(index, series);
  return hash.digest('hex');
};

/**
 * Builds a report from stations that come one by one, in the order in which they shall stand. Pure: the same frame and stations give the
 * same report, byte for byte.
 */
export const buildReport = async (
  { city, scope, period, asOf }: ReportFrame,
  stations: AsyncIterable<StationInput> | Iterable<StationInput>,
  policy: AveragingPolicy,
): Promise<Report> => {
  const span = covered(period, asOf);
  const { to } = span;
  const reports: StationReport[] = [];
  const digest = createHash('sha256').update(JSON.stringify([REPORT_VERSION, city, scope, period, to, policy]));
  for await (const station of stations) {
    reports.push(stationReport(station, span));
    digest.update(digestOf(station));
  }
  const methods = new Set(reports.flatMap(({ indices }) => indices.map(({ methodVersion }) => methodVersion)));
  return {
    reportVersion: REPORT_VERSION,
    kind: period.kind,
    period: period.name,
    timeZone: period.timeZone,
    startsAt: iso(period.startsAt),
    endsAt: iso(period.endsAt),
    coversTo: iso(to),
    asOf: iso(asOf),
    dataVersion: digest.digest('hex'),
    city: { id: city.id, name: city.name },
    scope: scope.kind,
    stations: reports,
    methods: reportMethods(policy, [...methods]),
    caveats: [
      ...(to < period.endsAt ? [caveat('still-running')] : []),
      ...(reports.length === 0 ? [caveat('no-stations')] : []),
      caveat('registry'),
    ],
  };
};
