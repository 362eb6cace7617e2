import { meanSource } from '../../../telemetry/derived-quantities.ts';
import type { Quantity } from '../../../telemetry/quantity.ts';

/** What a quantity is called elsewhere: EEA's list of air pollutants, and the CF conventions' standard names. */
const eea = (code: number): string => `http://dd.eionet.europa.eu/vocabulary/aq/pollutant/${code}`;
const cf = (name: string): string => `http://vocab.nerc.ac.uk/standard_name/${name}/`;

const published: Readonly<Partial<Record<Quantity, string>>> = {
  so2: eea(1),
  pm10: eea(5),
  o3: eea(7),
  no2: eea(8),
  co: eea(10),
  benzene: eea(20),
  pm25: eea(6001),
  pm25Corrected: eea(6001),
  airTemperature: cf('air_temperature'),
  relativeHumidity: cf('relative_humidity'),
  airPressure: cf('air_pressure'),
};

/** The URI of what is observed; one of our own where no public vocabulary that we know has it. A mean is of what its source is of. */
export const definitionOf = (quantity: Quantity): string => {
  const observed = meanSource(quantity)?.quantity ?? quantity;
  return published[observed] ?? `urn:phosach:def:quantity:${observed}`;
};
