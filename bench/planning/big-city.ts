import type { Bin, City, Depot, DisposalSite, Sensor, Vehicle } from '../../shared/city/entities.ts';
import { binSchema, depotSchema, disposalSiteSchema, sensorSchema, vehicleSchema } from '../../shared/city/entities.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import { randomOf } from '../routing/city-map.ts';

/** An invented city of a size: its registry, and a week of levels by which nearly every bin is due tonight. All follows from the seed. */
export type BigCity = {
  readonly bins: readonly Bin[];
  readonly sensors: readonly Sensor[];
  readonly depots: readonly Depot[];
  readonly disposalSites: readonly DisposalSite[];
  readonly vehicles: readonly Vehicle[];
};

/** South-west corner, and how far the city reaches: some 20 km. */
export const corner = { longitude: 106.6, latitude: 10.7 };
const REACH_DEGREES = 0.18;
const DEPTH_MM = 2_000;
const HOUR_MS = 3_600_000;

export const bigCity = (bins: number, trucks: number, seed = 1): BigCity => {
  const random = randomOf(seed);
  const somewhere = () => ({
    latitude: Number((corner.latitude + random() * REACH_DEGREES).toFixed(6)),
    longitude: Number((corner.longitude + random() * REACH_DEGREES).toFixed(6)),
  });
  const numbered = (name: string, index: number) => `${name}-${String(index + 1).padStart(4, '0')}`;
  const depots = [0, 1].map((index) =>
    depotSchema.parse({ id: numbered('depot', index), name: `Depot ${index + 1}`, position: somewhere() }),
  );
  return {
    depots,
    disposalSites: [0, 1, 2].map((index) =>
      disposalSiteSchema.parse({
        id: numbered('site', index),
        name: `Disposal site ${index + 1}`,
        position: somewhere(),
        unloadSeconds: 900,
      }),
    ),
    bins: Array.from({ length: bins }, (_, index) =>
      binSchema.parse({
        id: numbered('bin', index),
        name: `Bin ${index + 1}`,
        position: somewhere(),
        stream: 'other',
        container: { depthMm: DEPTH_MM, blindZoneMm: 200, capacityLitres: 1_100 },
        serviceSeconds: 90,
      }),
    ),
    sensors: Array.from({ length: bins }, (_, index) =>
      sensorSchema.parse({
        id: numbered('s', index),
        kind: 'bin',
        siteId: numbered('bin', index),
        intervalSeconds: 3_600,
      }),
    ),
    vehicles: Array.from({ length: trucks }, (_, index) =>
      vehicleSchema.parse({
        id: numbered('truck', index),
        name: `Truck ${index + 1}`,
        type: 'compactor 14 m³',
        depotId: depots[index % depots.length]?.id,
        capacityLitres: 45_000,
        capacityKg: 9_000,
        shift: { from: '20:00', to: '04:00' },
        fixedCostVnd: 500_000,
        costPerKmVnd: 15_000,
        costPerHourVnd: 120_000,
      }),
    ),
  };
};

/** A city of its own over the default profile of an empty one. */
export const profileOf = (city: City): City => ({
  ...city,
  centre: { latitude: corner.latitude + REACH_DEGREES / 2, longitude: corner.longitude + REACH_DEGREES / 2 },
});

/** Levels every hour for so many days: each bin rises steadily to 80 – 100 % now, having been emptied when it was full. */
export const readingsOf = (city: BigCity, days: number, until: number): Reading[] => {
  const random = randomOf(2);
  return city.sensors.flatMap(({ id }) => {
    const hoursToFill = 48 + random() * 48;
    const now = 0.8 + random() * 0.2;
    return Array.from({ length: days * 24 }, (_, index): Reading => {
      const hoursAgo = days * 24 - 1 - index;
      const fill = (((now - hoursAgo / hoursToFill) % 1) + 1) % 1;
      const measuredAt = until - hoursAgo * HOUR_MS;
      return {
        sensorId: id,
        quantity: 'fillDistance',
        value: Math.round(DEPTH_MM - fill * (DEPTH_MM - 200)),
        measuredAt,
        receivedAt: measuredAt + 2_000,
        quality: { flag: 1, test: 'gross-range' },
      };
    });
  });
};
