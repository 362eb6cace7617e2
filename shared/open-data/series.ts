import type { Sensor } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import { mayPublishIndex } from '../city/station-class.ts';
import { indexQuantities, meanSource, stationSeriesId } from '../telemetry/derived-quantities.ts';
import { type Quantity, quantities } from '../telemetry/quantity.ts';
import type { SensorState, SensorStateStore } from '../telemetry/sensor-state.ts';

/** One quantity of one sensor. */
export type Series = { readonly sensorId: string; readonly quantity: Quantity };

export type SeriesFilter = {
  readonly station?: string | undefined;
  readonly sensor?: string | undefined;
  readonly quantity?: Quantity | undefined;
};

export type SelectedSeries =
  | { readonly ok: true; readonly series: readonly Series[]; readonly siteOf: ReadonlyMap<string, string> }
  /** The parameter names something that does not exist. */
  | { readonly ok: false; readonly field: 'station' | 'sensor'; readonly reason: string };

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Before one another in an answer: by sensor id, then by quantity. */
export const compareSeries = (a: Series, b: Series): number =>
  compareText(a.sensorId, b.sensorId) || compareText(a.quantity, b.quantity);

const couldMeasure = (sensor: Sensor, quantity: Quantity | undefined): boolean =>
  quantity === undefined || quantities[quantity].kind === sensor.kind || quantities[quantity].kind === 'device';

const siteExists = async (registry: Registry, id: string): Promise<boolean> =>
  (await registry.get('station', id)) !== undefined || (await registry.get('bin', id)) !== undefined;

const sensorsOf = async (registry: Registry, { sensor, quantity }: SeriesFilter): Promise<readonly Sensor[]> => {
  if (sensor === undefined) return (await registry.list('sensor')).filter((each) => couldMeasure(each, quantity));
  const found = await registry.get('sensor', sensor);
  return found === undefined ? [] : [found];
};

/** What a sensor's state says that there is of the quantity asked for: a mean, where there is what it is of. */
const heardOf = ({ sensorId, latest }: SensorState, quantity: Quantity | undefined): readonly Series[] => {
  if (quantity === undefined) return Object.values(latest).map((reading) => ({ sensorId, quantity: reading.quantity }));
  return latest[meanSource(quantity)?.quantity ?? quantity] === undefined ? [] : [{ sensorId, quantity }];
};

/** The stations whose index is asked for. One that may not publish it (any more) has none. */
const selectIndices = async (registry: Registry, { station, quantity }: SeriesFilter): Promise<SelectedSeries> => {
  if (quantity === undefined) return { ok: true, series: [], siteOf: new Map() };
  const { kind } = quantities[quantity];
  const stations = (await registry.list('station')).filter(
    (each) => each.kind === kind && mayPublishIndex(each) && (station === undefined || each.id === station),
  );
  const series = stations.map(({ id }) => ({ sensorId: stationSeriesId(id), quantity }));
  return {
    ok: true,
    series: series.sort(compareSeries),
    siteOf: new Map(stations.map(({ id }) => [stationSeriesId(id), id])),
  };
};

/**
 * The series that a filter means, in the order of answers: those of which anything was ever heard. Means and indices, of which there are
 * many, are told when they are asked for by their quantity.
 */
export const selectSeries = async (
  registry: Registry,
  sensorStates: SensorStateStore,
  filter: SeriesFilter,
): Promise<SelectedSeries> => {
  const { station, sensor, quantity } = filter;
  if (station !== undefined && !(await siteExists(registry, station))) {
    return { ok: false, field: 'station', reason: `there is no station or bin ${station}` };
  }
  if (quantity !== undefined && sensor === undefined && Object.hasOwn(indexQuantities, quantity)) {
    return selectIndices(registry, filter);
  }
  const sensors = await sensorsOf(registry, filter);
  if (sensor !== undefined && sensors.length === 0) {
    return { ok: false, field: 'sensor', reason: `there is no sensor ${sensor}` };
  }
  const wanted = sensors.filter((each) => station === undefined || each.siteId === station);
  if (sensor !== undefined && wanted.length === 0) {
    return { ok: false, field: 'sensor', reason: `${sensor} is not a sensor of ${station}` };
  }
  const states = await sensorStates.get(wanted.map(({ id }) => id));
  return {
    ok: true,
    series: states.flatMap((state) => heardOf(state, quantity)).sort(compareSeries),
    siteOf: new Map(wanted.flatMap(({ id, siteId }) => (siteId === undefined ? [] : [[id, siteId] as const]))),
  };
};
