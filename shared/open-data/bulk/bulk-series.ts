import type { Registry } from '../../city/registry.ts';
import { mayPublishIndex } from '../../city/station-class.ts';
import {
  type IndexQuantity,
  indexQuantities,
  isDerived,
  meanQuantityOf,
  stationSeriesId,
} from '../../telemetry/derived-quantities.ts';
import { type Quantity, quantities } from '../../telemetry/quantity.ts';
import type { SensorStateStore } from '../../telemetry/sensor-state.ts';
import { compareSeries, type Series } from '../series.ts';

/** Means that end on every day; those of months and years are had from `/readings`. */
const dailyMeans = ['1h', '8h', '24h'] as const;

export type BulkSeries = {
  /** What there is to be issued, by quantity; the series in the order of answers. */
  readonly byQuantity: ReadonlyMap<Quantity, readonly Series[]>;
  readonly siteOf: ReadonlyMap<string, string>;
};

const indexNames = Object.keys(indexQuantities) as readonly IndexQuantity[];

/** A quantity that is measured, and what is worked out of it every day. */
const withMeans = (quantity: Quantity): readonly Quantity[] =>
  isDerived(quantity) ? [] : [quantity, ...dailyMeans.flatMap((period) => meanQuantityOf(quantity, period) ?? [])];

/** Every series of the city that is open data: what sensors measure, the means of it, and the indices that may be published. */
export const bulkSeries = async (registry: Registry, sensorStates: SensorStateStore): Promise<BulkSeries> => {
  const [sensors, stations] = await Promise.all([registry.list('sensor'), registry.list('station')]);
  const states = await sensorStates.get(sensors.map(({ id }) => id));
  const byQuantity = new Map<Quantity, Series[]>();
  const add = (sensorId: string, quantity: Quantity): void => {
    const known = byQuantity.get(quantity);
    if (known === undefined) byQuantity.set(quantity, [{ sensorId, quantity }]);
    else known.push({ sensorId, quantity });
  };
  for (const { sensorId, latest } of states) {
    for (const name of Object.values(latest).flatMap(({ quantity }) => withMeans(quantity))) add(sensorId, name);
  }
  for (const station of stations.filter(mayPublishIndex)) {
    for (const name of indexNames) if (quantities[name].kind === station.kind) add(stationSeriesId(station.id), name);
  }
  for (const series of byQuantity.values()) series.sort(compareSeries);
  const sites = sensors.flatMap(({ id, siteId }) => (siteId === undefined ? [] : [[id, siteId] as const]));
  const own = stations.map(({ id }) => [stationSeriesId(id), id] as const);
  return { byQuantity, siteOf: new Map([...sites, ...own]) };
};
