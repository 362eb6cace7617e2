import { accept, type Result } from '../refusal.ts';
import { refuseAt } from './frame.ts';
import {
  absent,
  type Decode,
  latestOfEach,
  type Measurement,
  measured,
  measuredFloat,
  NO_ECHO_FROM,
} from './measurement.ts';

/** What an element holds, by its two-byte id: how many bytes, and what they say. */
type Read = (frame: Buffer, at: number) => Measurement;
type Element = { readonly bytes: number; readonly read?: Read };

const distance =
  (millimetres: number): Read =>
  (frame, at) => {
    const raw = frame.readUInt16BE(at);
    if (raw === 0) return absent('fillDistance', 'invalid-reading');
    return raw >= NO_ECHO_FROM ? absent('fillDistance', 'no-echo') : measured('fillDistance', raw * millimetres);
  };

/** More than 100 % is no level but a code. */
const level: Read = (frame, at) => {
  const percent = frame.readUInt8(at);
  return percent > 100 ? absent('fillLevel', 'sensor-error') : measured('fillLevel', percent);
};

/** To a tenth of a degree, as the vendor shows it. */
const temperature: Read = (frame, at) => measuredFloat('binTemperature', Number(frame.readFloatBE(at).toFixed(1)));

const elements: Readonly<Record<number, Element>> = {
  513: { bytes: 4, read: temperature },
  2817: { bytes: 2, read: distance(10) }, // centimetres
  2818: { bytes: 2, read: distance(1) }, // millimetres
  2822: { bytes: 1, read: level },
  2823: { bytes: 1 }, // amplitude of the echo
  10789: { bytes: 14 }, // serial number
  12545: { bytes: 2 }, // transmissions
  12546: { bytes: 2 }, // positions taken
  12547: { bytes: 4 }, // measurements
  20481: { bytes: 4 }, // latitude
  20482: { bytes: 4 }, // longitude
  20737: { bytes: 1, read: (frame, at) => measured('batteryVoltage', frame.readUInt8(at) / 10) },
};

/** Ids 0xF1.. to 0xF5..: the device repeats a setting that it was given, of a length of its own. */
const isSetting = (id: number): boolean => id >>> 8 >= 0xf1 && id >>> 8 <= 0xf5;

const ID_BYTES = 2;

/**
 * Pepperl+Fuchs WILSEN.sonic.level and .distance (manual, "LoRaWAN payload"; TheThingsNetwork/lorawan-devices,
 * vendor/pepperl-fuchs): elements one after another, each its length, an id of two bytes, and a value, big endian.
 */
export const decodeWilsen: Decode = (frame): Result<readonly Measurement[]> => {
  const measurements: Measurement[] = [];
  for (let at = 0; at < frame.length; ) {
    const length = frame.readUInt8(at);
    if (length < ID_BYTES) return refuseAt(at, `an element of ${length} bytes has no room for its id`);
    const end = at + 1 + length;
    if (end > frame.length) return refuseAt(at, `an element of ${length} bytes, ${frame.length - at - 1} are there`);
    const id = frame.readUInt16BE(at + 1);
    const element = elements[id];
    const bytes = length - ID_BYTES;
    if (element === undefined && !isSetting(id)) return refuseAt(at + 1, `element ${id.toString(16)} is unknown`);
    if (element !== undefined && element.bytes !== bytes) {
      return refuseAt(at, `element ${id.toString(16)} has ${element.bytes} bytes of value, ${bytes} are announced`);
    }
    const measurement = element?.read?.(frame, at + 1 + ID_BYTES);
    if (measurement !== undefined) measurements.push(measurement);
    at = end;
  }
  return accept(latestOfEach(measurements));
};
