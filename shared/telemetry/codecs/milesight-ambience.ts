import type { Quantity } from '../quantity.ts';
import { toCanonical } from '../units.ts';
import { absent, type Measurement, measured } from './measurement.ts';
import { type Channel, deviceInformation, milesight, settings, silent } from './milesight.ts';

/** None of these instruments reaches 65,520 of its units: up there are error codes (0xFFFF no answer, 0xFFFD polarizing). */
const ERROR_FROM = 0xfff0;

type Scale = (raw: number) => number;

const tenth: Scale = (raw) => raw / 10;
const hundredth: Scale = (raw) => raw / 100;

const word = (frame: Buffer, at: number, quantity: Quantity, scale: Scale = (raw) => raw): Measurement => {
  const raw = frame.readUInt16LE(at);
  return raw >= ERROR_FROM ? absent(quantity, 'sensor-error') : measured(quantity, scale(raw));
};

const channel = (quantity: Quantity, scale?: Scale): Channel => ({
  bytes: 2,
  read: (frame, at) => word(frame, at, quantity, scale),
});

const battery: Channel = { bytes: 1, read: (frame, at) => measured('battery', frame.readUInt8(at)) };
const temperature: Channel = { bytes: 2, read: (frame, at) => measured('airTemperature', frame.readInt16LE(at) / 10) };
/** Half per cents. */
const humidity: Channel = {
  bytes: 1,
  read: (frame, at) => {
    const raw = frame.readUInt8(at);
    return raw === 0xff ? absent('relativeHumidity', 'sensor-error') : measured('relativeHumidity', raw / 2);
  },
};

/** mg/m³ in hundredths, in µg/m³. */
const formaldehydeMass: Scale = (raw) => raw * 10;
/** ppm in hundredths, in µg/m³ at 25 °C. */
const ozoneMass: Scale = (raw) => toCanonical('o3', raw / 100, 'ppm') ?? 0;

/** A calibration value follows only in the manual mode (2). */
const calibration = (frame: Buffer, at: number): number => (at < frame.length && frame.readUInt8(at) === 2 ? 3 : 1);
/** A number of schedules, then six bytes each. */
const schedules = (frame: Buffer, at: number): number => (at < frame.length ? 1 + 6 * frame.readUInt8(at) : 1);

/**
 * Milesight AM100 series user guide, "Uplink Data" (AM107); Milesight-IoT/SensorDecoders, am-series/am107. Movement counts and
 * the two infrared channels of the light sensor are not read.
 */
export const decodeAm107 = milesight('milesight-am107', {
  ...settings({ '03': 2, '06': 9, '10': 1, '11': 4, '17': 2, '1a': calibration, '27': 1, '2d': 1, '2f': 1, '39': 5 }),
  ...settings({ '3a': schedules, '3b': 1, '54': 5, '56': 1, '57': 1, '59': 1, '5a': 2, '68': 1, '69': 1, '6a': 3 }),
  ...settings({ '75': 7, '85': 1, '86': 1, '87': 3, f0: 4 }),
  ...deviceInformation,
  ff18: silent(2),
  '0175': battery,
  '0367': temperature,
  '0468': humidity,
  '056a': silent(2),
  '0665': { bytes: 6, read: (frame, at) => word(frame, at, 'illuminance') },
  '077d': channel('co2'),
  '087d': channel('tvoc'),
  '0973': channel('airPressure', tenth),
});

/** 22 bytes: Unix seconds, then what was measured then; the last field is formaldehyde or ozone, by model, and is not read. */
const past = (tvoc: (frame: Buffer, at: number) => Measurement): Channel => ({
  bytes: 22,
  read: (frame, at) => {
    const measuredAt = frame.readUInt32LE(at) * 1_000;
    return [
      measured('airTemperature', frame.readInt16LE(at + 4) / 10),
      word(frame, at + 6, 'relativeHumidity', (raw) => raw / 2),
      word(frame, at + 10, 'co2'),
      tvoc(frame, at + 12),
      word(frame, at + 14, 'airPressure', tenth),
      word(frame, at + 16, 'pm25'),
      word(frame, at + 18, 'pm10'),
    ].map((measurement) => ({ ...measurement, measuredAt }));
  },
});

/**
 * Milesight AM300 series user guide, "Uplink Data" (AM319 with formaldehyde or ozone); SensorDecoders, am-series/am319-hcho and
 * am319-o3. TVOC is an index or a mass, as the device is set. Presence, light level and buzzer are not read.
 */
export const decodeAm319 = milesight('milesight-am319', {
  ...settings({ '03': 2, '10': 1, '11': 4, '17': 2, '1a': calibration, '25': 1, '27': 1, '2c': 1, '2d': 1, '2e': 1 }),
  ...settings({ '39': 1, '3a': 2, '3b': 1, '3c': 1, '3d': 1, '3e': 1, '65': 2, '66': 1, '68': 1, '69': 1, '6a': 3 }),
  ...settings({ '6d': 1, eb: 1, f0: 4, f4: 1 }),
  ...deviceInformation,
  '0175': battery,
  '0367': temperature,
  '0468': humidity,
  '0500': silent(1),
  '06cb': silent(1),
  '077d': channel('co2'),
  '087d': channel('tvocIndex', hundredth),
  '08e6': channel('tvocMass'),
  '0973': channel('airPressure', tenth),
  '0a7d': channel('formaldehyde', formaldehydeMass),
  '0b7d': channel('pm25'),
  '0c7d': channel('pm10'),
  '0d7d': channel('o3', ozoneMass),
  '0e01': silent(1),
  '20ce': past((frame, at) => word(frame, at, 'tvocIndex', hundredth)),
  '21ce': past((frame, at) => word(frame, at, 'tvocMass')),
});
