import type { Station } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import type { ReadingStore } from '../../telemetry/reading-store.ts';
import type { SensorState, SensorStateStore } from '../../telemetry/sensor-state.ts';
import { newestIndices } from '../newest-indices.ts';
import type { NgsiEntity } from './entity.ts';
import { stationObserved } from './stations.ts';
import { type NgsiType, ngsiTypes } from './vocabulary.ts';
import { type Publishing, wasteContainer } from './waste-container.ts';

export type CityEntitiesPorts = {
  readonly cityId: string;
  readonly registry: Pick<Registry, 'get' | 'list'>;
  readonly sensorStates: Pick<SensorStateStore, 'list'>;
  readonly readings: Pick<ReadingStore, 'edges'>;
};

const compare = (a: NgsiEntity, b: NgsiEntity): number => (a.id < b.id ? -1 : Number(a.id > b.id));

/**
 * Every bin and station as an NGSI-LD entity, as known at an instant (UTC epoch milliseconds), sorted by id; of these types only.
 * Reads latest states and stored indices, and no series.
 * @throws StoreUnavailableError
 */
export const cityEntities = async (
  ports: CityEntitiesPorts,
  at: number,
  types: readonly NgsiType[] = ngsiTypes,
): Promise<readonly NgsiEntity[]> => {
  const wantsBins = types.includes('WasteContainer');
  const wanted = ({ kind }: Station): boolean =>
    types.includes(kind === 'air' ? 'AirQualityObserved' : 'WaterQualityObserved');
  const [city, bins, allStations, sensors, states] = await Promise.all([
    ports.registry.get('city', ports.cityId),
    wantsBins ? ports.registry.list('bin') : [],
    ports.registry.list('station'),
    ports.registry.list('sensor'),
    ports.sensorStates.list(),
  ]);
  const stations = allStations.filter(wanted);
  const indices = await newestIndices(ports.readings, stations, at);
  const stateOf = new Map(states.map((state) => [state.sensorId, state]));
  const sensorsAt = Map.groupBy(sensors, ({ siteId }) => siteId);
  const statesAt = (siteId: string): readonly SensorState[] =>
    (sensorsAt.get(siteId) ?? []).flatMap(({ id }) => stateOf.get(id) ?? []);
  const dataProvider = city?.openData?.publisher?.name ?? city?.name ?? ports.cityId;
  const publishing: Publishing = { cityId: ports.cityId, dataProvider, at };
  return [
    ...bins.map((bin) => wasteContainer(bin, statesAt(bin.id), publishing)),
    ...stations.flatMap(
      (station) => stationObserved(station, statesAt(station.id), indices.get(station.id) ?? {}, publishing) ?? [],
    ),
  ].sort(compare);
};
