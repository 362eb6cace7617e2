import type { Sensor, Station } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import { mayPublishIndex } from '../../city/station-class.ts';
import { isDerived, meanQuantityOf, stationSeriesId } from '../../telemetry/derived-quantities.ts';
import { type Quantity, quantities, quantityNames } from '../../telemetry/quantity.ts';
import type { ReadingStore } from '../../telemetry/reading-store.ts';
import type { SensorStateStore } from '../../telemetry/sensor-state.ts';
import type { Limit } from '../limit.ts';
import { chosenLimits } from '../limits-for.ts';
import { type MeanPeriod, meanPeriods } from '../means.ts';
import { countReadings } from './count-readings.ts';
import { indicesFor } from './index-calendar.ts';
import { inOrder, knownReadings, knownSeries, MOST_REVISIONS, type Source } from './known-readings.ts';
import { coveredTo } from './periods-covered.ts';
import type { EpisodeInput, KnownSeries, QuantityInput, StationInput } from './report-input.ts';
import type { ReportPeriod } from './report-period.ts';

const HOUR_MS = 3_600_000;
const SERIES_AT_ONCE = 6;

/** Raw readings that one report counts; of more it tells hours instead, and says so. */
const MOST_RAW_READINGS = 250_000;

/** A quantity heard this long before the report's period is one that the sensor should have sent in it. */
const HEARD_BEFORE_MS = 92 * 24 * HOUR_MS;

export type ReportSources = {
  readonly registry: Pick<Registry, 'list'>;
  readonly sensorStates: Pick<SensorStateStore, 'get'>;
  readonly readings: Pick<ReadingStore, 'series' | 'versions'>;
  /** Episodes with a breach in the period, as they stood at an instant. */
  readonly episodesOf?: (stationId: string, period: ReportPeriod, asOf: number) => Promise<readonly EpisodeInput[]>;
};

type Site = { readonly sensor: Sensor; readonly quantity: Quantity };

/** What a sensor measures of its station's kind, in the order of the catalogue. */
const sitesOf = (
  sensors: readonly Sensor[],
  kind: Station['kind'],
  heard: ReadonlyMap<string, object>,
): readonly Site[] =>
  sensors.flatMap((sensor) =>
    quantityNames
      .filter(
        (name) => quantities[name].kind === kind && !isDerived(name) && Object.hasOwn(heard.get(sensor.id) ?? {}, name),
      )
      .map((quantity) => ({ sensor, quantity })),
  );

const expectedReadings = ({ sensor }: Site, from: number, to: number): number =>
  Math.floor((to - from) / 1_000 / sensor.intervalSeconds);

type Reading = {
  readonly source: Source;
  readonly period: ReportPeriod;
  readonly to: number;
  readonly limits: readonly Limit[];
  readonly countsRaw: boolean;
};

/** Single values are kept where a limit is of single values, and where there are no means to tell statistics of. */
const keepsSingles = ({ quantity }: Site, limits: readonly Limit[]): boolean =>
  meanQuantityOf(quantity, '1h') === undefined ||
  limits.some((limit) => limit.quantity === quantity && limit.averagingPeriod === 'single');

const readMeans = async (
  { sensor, quantity }: Site,
  { source, period, to }: Reading,
): Promise<QuantityInput['means']> => {
  const means: Partial<Record<MeanPeriod, KnownSeries>> = {};
  for (const of of meanPeriods) {
    const name = meanQuantityOf(quantity, of);
    if (name === undefined) continue;
    const series = await knownSeries(source, { sensorId: sensor.id, quantity: name, from: period.startsAt, to });
    if (series !== undefined) means[of] = series;
  }
  return means;
};

const wasHeardBefore = async ({ sensor, quantity }: Site, { source, period }: Reading): Promise<boolean> => {
  const wanted = { sensorId: sensor.id, quantity, from: period.startsAt - HEARD_BEFORE_MS, to: period.startsAt };
  for await (const page of knownReadings(source, wanted)) if (page.length > 0) return true;
  return false;
};

/** Everything of one quantity; `undefined` where nothing was known of it then, in the period or for long before. */
const readQuantity = async (site: Site, reading: Reading): Promise<QuantityInput | undefined> => {
  const { source, period, to, limits, countsRaw } = reading;
  const { sensor, quantity } = site;
  const means = await readMeans(site, reading);
  const wanted = { sensorId: sensor.id, quantity, from: period.startsAt, to, keepSingles: keepsSingles(site, limits) };
  const raw = countsRaw ? await countReadings(source, wanted) : undefined;
  const isKnown = Object.keys(means).length > 0 || (raw !== undefined && raw.received > 0);
  if (!isKnown && !(await wasHeardBefore(site, reading))) return undefined;
  const expected = expectedReadings(site, period.startsAt, to);
  return { sensorId: sensor.id, quantity, expected, means, ...(raw !== undefined && { raw }) };
};

const emptySeries: KnownSeries = {
  length: 0,
  endsAt: new Float64Array(),
  values: new Float64Array(),
  reasons: new Map(),
};

const readIndices = async (station: Station, { source, period, to }: Reading): Promise<StationInput['indices']> => {
  if (!mayPublishIndex(station)) return [];
  const sensorId = stationSeriesId(station.id);
  const found = await inOrder(indicesFor(period.kind, station.kind), SERIES_AT_ONCE, async (index) => ({
    index,
    series: await knownSeries(source, { sensorId, quantity: index, from: period.startsAt, to }),
  }));
  // Days without a value belong into a calendar; but nobody may ever have taken a sample for VN_WQI.
  return found.flatMap(({ index, series }) =>
    series === undefined && index === 'vnWqi' ? [] : [{ index, series: series ?? emptySeries }],
  );
};

/**
 * What a report needs of each station, as it was known at `asOf`, one station after the other: only one is in memory. Raw readings are
 * counted where the sensors' intervals say that there are few enough; that depends on the registry alone, never on time.
 * @throws StoreUnavailableError, TooManyRevisionsError
 */
export async function* gatherStations(
  { registry, sensorStates, readings, episodesOf }: ReportSources,
  {
    stations,
    period,
    asOf,
  }: { readonly stations: readonly Station[]; readonly period: ReportPeriod; readonly asOf: number },
): AsyncGenerator<StationInput> {
  const to = coveredTo(period, asOf);
  const sensors = (await registry.list('sensor')).filter(({ siteId }) => stations.some(({ id }) => id === siteId));
  const states = await sensorStates.get(sensors.map(({ id }) => id));
  const heard = new Map(states.map(({ sensorId, latest }) => [sensorId, latest]));
  const sites = new Map(
    stations.map(({ id, kind }) => [
      id,
      sitesOf(
        sensors.filter(({ siteId }) => siteId === id),
        kind,
        heard,
      ),
    ]),
  );
  const all = [...sites.values()].flat().reduce((sum, site) => sum + expectedReadings(site, period.startsAt, to), 0);
  const source = { readings, asOf, budget: { revisions: MOST_REVISIONS } };
  for (const station of stations) {
    const { applied: limits, unverified } = chosenLimits(station);
    const reading = { source, period, to, limits, countsRaw: all <= MOST_RAW_READINGS };
    const found = await inOrder(sites.get(station.id) ?? [], SERIES_AT_ONCE, (site) => readQuantity(site, reading));
    yield {
      station,
      limits,
      unverified,
      quantities: found.filter((quantity) => quantity !== undefined),
      indices: await readIndices(station, reading),
      episodes: (await episodesOf?.(station.id, period, asOf)) ?? [],
    };
  }
}
