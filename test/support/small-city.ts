import type { Bin, City, Sensor, Station, Vehicle } from '../../shared/city/entities.ts';
import { binSchema, sensorSchema, stationSchema, vehicleSchema } from '../../shared/city/entities.ts';
import type { Quantity } from '../../shared/telemetry/quantity.ts';
import type { QualityFlag, Reading } from '../../shared/telemetry/reading.ts';

/** A city of two bins, two stations and a truck, for tests of what stands on the stores. */

export const city: City = {
  id: 'tdm',
  name: 'Thủ Dầu Một',
  timeZone: 'Asia/Ho_Chi_Minh',
  centre: { latitude: 10.98, longitude: 106.65 },
  travel: { speedKmh: 28, detourFactor: 1.3 },
  densityKgPerLitre: { recyclable: 0.1, food: 0.4, other: 0.2 },
};

/** One metre deep under a blind zone of 0: the fill fraction reads off the distance. */
export const aBin = (id: string, more: Partial<Bin> = {}): Bin =>
  binSchema.parse({
    id,
    name: `Bin ${id}`,
    position: { latitude: 10.981, longitude: 106.651 },
    stream: 'other',
    container: { depthMm: 1_000, blindZoneMm: 0, capacityLitres: 3_000 },
    ...more,
  });

export const aStation = (id: string, more: Partial<Station> = {}): Station =>
  stationSchema.parse({
    id,
    name: `Station ${id}`,
    kind: 'air',
    position: { latitude: 10.97, longitude: 106.66 },
    ...more,
  });

export const aSensor = (id: string, siteId: string, kind: Sensor['kind']): Sensor =>
  sensorSchema.parse({ id, siteId, kind });

export const aTruck = (id: string, more: Partial<Vehicle> = {}): Vehicle =>
  vehicleSchema.parse({
    id,
    name: `Truck ${id}`,
    type: 'crane truck',
    depotId: 'depot-1',
    capacityLitres: 14_000,
    capacityKg: 7_000,
    shift: { from: '20:00', to: '04:00' },
    ...more,
  });

export const aReading = (
  sensorId: string,
  quantity: Quantity,
  measuredAt: number,
  value: number | null,
  flag: QualityFlag = value === null ? 9 : 1,
): Reading => ({
  sensorId,
  quantity,
  value,
  measuredAt,
  receivedAt: measuredAt + 2_000,
  quality: { flag, test: flag === 1 ? 'none' : 'gross-range' },
});
