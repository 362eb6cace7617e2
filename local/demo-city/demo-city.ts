import type {
  Bin,
  City,
  Crew,
  Depot,
  DisposalSite,
  Sensor,
  SpecialDay,
  SpecialEventEntity,
  Station,
  Vehicle,
  Zone,
} from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';
import { demoBins } from './bins.ts';
import { city, depots, disposalSites, vehicles } from './fleet.ts';
import { crews, specialDays, specialEvents, zones } from './rules.ts';
import { airStations, waterStations } from './stations.ts';

/** Thủ Dầu Một as the registry holds it. */
export type DemoCity = {
  readonly city: City;
  readonly bins: readonly Bin[];
  readonly stations: readonly Station[];
  readonly sensors: readonly Sensor[];
  readonly depots: readonly Depot[];
  readonly disposalSites: readonly DisposalSite[];
  readonly vehicles: readonly Vehicle[];
  readonly crews: readonly Crew[];
  readonly zones: readonly Zone[];
  readonly specialDays: readonly SpecialDay[];
  readonly specialEvents: readonly SpecialEventEntity[];
};

/** Bins report every half hour, stations as their standards want means of an hour: several times in it. */
const intervalSeconds = { bin: 1_800, air: 900, water: 1_800 } as const;

/** A sensor is named after what it observes, so that whoever reads a topic knows where it comes from. */
const sensorAt = (kind: Sensor['kind'], siteId: string): Sensor => ({
  id: `sensor-${siteId}`,
  kind,
  siteId,
  intervalSeconds: intervalSeconds[kind],
  status: 'active',
});

/** The demo city, the same at every call. All positions of things in the streets are approximate and say so. */
export const demoCity = (): DemoCity => {
  const bins = demoBins().map(({ bin }) => bin);
  const stations = [...airStations, ...waterStations].map(({ station }) => station);
  return {
    city,
    bins,
    stations,
    sensors: [...bins.map(({ id }) => sensorAt('bin', id)), ...stations.map(({ id, kind }) => sensorAt(kind, id))],
    depots,
    disposalSites,
    vehicles,
    crews,
    zones,
    specialDays,
    specialEvents,
  };
};

/**
 * Puts the demo city into an empty registry. The city's profile goes last, so that a seeding cut short starts over; once it is
 * there nothing is written, and what a dispatcher changed or removed stays so.
 * @returns whether it was put in now.
 */
export const seedDemoCity = async (registry: Registry): Promise<boolean> => {
  const demo = demoCity();
  if ((await registry.get('city', demo.city.id)) !== undefined) return false;
  await registry.putMany('depot', demo.depots);
  await registry.putMany('disposal-site', demo.disposalSites);
  await registry.putMany('vehicle', demo.vehicles);
  await registry.putMany('crew', demo.crews);
  await registry.putMany('zone', demo.zones);
  await registry.putMany('special-day', demo.specialDays);
  await registry.putMany('special-event', demo.specialEvents);
  await registry.putMany('station', demo.stations);
  await registry.putMany('bin', demo.bins);
  await registry.putMany('sensor', demo.sensors);
  await registry.put('city', demo.city);
  return true;
};
