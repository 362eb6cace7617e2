import type { Station } from '../../city/entities.ts';
import { mayPublishIndex, stationClassOf } from '../../city/station-class.ts';
import { categoryOf } from '../../environment/indices/aqi-parts.ts';
import { vnAqiCategories } from '../../environment/indices/vn-aqi-tables.ts';
import type { Quantity } from '../../telemetry/quantity.ts';
import type { Reading } from '../../telemetry/reading.ts';
import type { SensorState } from '../../telemetry/sensor-state.ts';
import type { StoredIndices } from '../newest-indices.ts';
import { entityIdOf, type NgsiEntity, type NgsiProperty } from './entity.ts';
import { lastHeard, measured, newestInstant, observations, place, property, type Translation } from './observed.ts';
import type { NgsiType } from './vocabulary.ts';
import type { Publishing } from './waste-container.ts';

type Translations = Readonly<Partial<Record<Quantity, Translation>>>;

const inUnit =
  (unitCode: string) =>
  (attribute: string, factor?: number): Translation => ({
    attribute,
    unitCode,
    ...(factor !== undefined && { factor }),
  });
const microgram = inUnit('GQ');
const milligram = inUnit('M1');

const air: Translations = {
  pm1: microgram('pm1'),
  pm25: microgram('pm25'),
  pm4: microgram('pm4'),
  pm10: microgram('pm10'),
  tsp: microgram('tsp'),
  so2: microgram('so2'),
  no2: microgram('no2'),
  co: microgram('co'),
  o3: microgram('o3'),
  hydrogenSulfide: microgram('sh2'),
  benzene: microgram('c6h6'),
  co2: { attribute: 'co2', unitCode: '59' },
  airTemperature: { attribute: 'temperature', unitCode: 'CEL' },
  airPressure: { attribute: 'pressure', unitCode: 'A97' },
  // The model: "a number between 0 and 1".
  relativeHumidity: { attribute: 'relativeHumidity', unitCode: 'C62', factor: 0.01 },
};

/** IUPAC's standard atomic weights (2021, abridged): N 14.007, H 1.008, O 15.999, P 30.974. We keep nutrients as N and as P. */
const NH4_PER_N = (14.007 + 4 * 1.008) / 14.007;
const NO3_PER_N = (14.007 + 3 * 15.999) / 14.007;
const PO4_PER_P = (30.974 + 4 * 15.999) / 30.974;

const water: Translations = {
  waterTemperature: { attribute: 'temperature', unitCode: 'CEL' },
  ph: { attribute: 'pH', unitCode: 'Q30' },
  dissolvedOxygen: milligram('O2'),
  conductivity: { attribute: 'conductivity', unitCode: 'G42' },
  turbidity: { attribute: 'turbidity', unitCode: 'NTU' },
  salinity: { attribute: 'salinity', unitCode: 'NX' },
  tss: milligram('tss'),
  cod: milligram('cod'),
  bod5: milligram('bod'),
  ammonium: milligram('NH4', NH4_PER_N),
  nitrate: milligram('NO3', NO3_PER_N),
  // The model's NO2 is nitrite nitrogen, as ours.
  nitrite: milligram('NO2'),
  phosphate: milligram('PO4', PO4_PER_P),
  chlorophyllA: { attribute: 'Chla', unitCode: 'H29' },
  // Most probable number in 100 mL; no code of Recommendation 20 says that.
  eColi: { attribute: 'escherichiaColi' },
  arsenic: milligram('As'),
  cadmium: milligram('Cd'),
  copper: milligram('Cu'),
  fluoride: milligram('fluoride'),
  iron: milligram('Fe'),
  lead: milligram('Pb'),
  mercury: milligram('Hg'),
  nickel: milligram('Ni'),
  zinc: milligram('Zn'),
};

const indexOf = (reading: Reading | undefined): NgsiProperty | undefined =>
  reading === undefined || reading.value === null ? undefined : measured(reading, { unitCode: 'C62' });

/** VN_AQI of the last whole hour that has one, of a station that may publish an index. */
const airIndex = (station: Station, indices: StoredIndices): Readonly<Record<string, NgsiProperty>> => {
  const index = mayPublishIndex(station) ? indexOf(indices.vnAqi1h) : undefined;
  if (index === undefined) return {};
  const { nameEn } = categoryOf(vnAqiCategories, Number(index.value));
  const { unitCode: _, ...level } = index;
  return { airQualityIndex: index, airQualityLevel: { ...level, value: nameEn } };
};

const waterIndices = (station: Station, indices: StoredIndices): Readonly<Record<string, NgsiProperty>> => {
  const official = mayPublishIndex(station) ? indexOf(indices.vnWqi) : undefined;
  const indicative = mayPublishIndex(station) ? indexOf(indices.wqiIndicative) : undefined;
  return {
    ...(official !== undefined && { waterQualityIndex: official }),
    ...(indicative !== undefined && { waterQualityIndexIndicative: indicative }),
  };
};

/**
 * A station as AirQualityObserved or WaterQualityObserved of the Smart Data Models: the newest believed value of each quantity, each
 * with its own `observedAt`. `undefined` for a station that never measured anything: an observation without one is none.
 */
export const stationObserved = (
  station: Station,
  states: readonly SensorState[],
  indices: StoredIndices,
  publishing: Publishing,
): NgsiEntity | undefined => {
  const type: NgsiType = station.kind === 'air' ? 'AirQualityObserved' : 'WaterQualityObserved';
  const values = observations(states, station.kind === 'air' ? air : water);
  const observedAt = newestInstant(Object.values(values));
  if (observedAt === undefined) return undefined;
  return {
    id: entityIdOf(type, publishing.cityId, station.id),
    type,
    ...lastHeard(states),
    attributes: {
      name: property(station.name),
      location: place(station.position),
      ...(station.positionApproximate && { positionApproximate: property(true) }),
      ...(station.ward !== undefined && { areaServed: property(station.ward) }),
      dateObserved: property(new Date(observedAt).toISOString()),
      stationClass: property(stationClassOf(station)),
      ...(station.kind === 'air' && { typeofLocation: property('outdoor') }),
      ...values,
      ...(station.kind === 'air' ? airIndex(station, indices) : waterIndices(station, indices)),
      dataProvider: property(publishing.dataProvider),
    },
  };
};
