import { accept, type Result } from '../refusal.ts';
import { refuseAt } from './frame.ts';
import { absent, type Decode, latestOfEach, type Measurement, measured, NO_ECHO_FROM } from './measurement.ts';

/** A value by its type byte: how many bytes, and what they say. Without `read` it is nothing that the city observes. */
type Value = { readonly bytes: number; readonly read?: (frame: Buffer, at: number) => Measurement };

const silent = (bytes: number): Value => ({ bytes });

/** No ultrasonic or radar sensor sees nothing at all at 0 mm: none is connected, or no echo came. */
const distance: Value = {
  bytes: 2,
  read: (frame, at) => {
    const millimetres = frame.readUInt16BE(at);
    if (millimetres === 0) return absent('fillDistance', 'invalid-reading');
    return millimetres >= NO_ECHO_FROM ? absent('fillDistance', 'no-echo') : measured('fillDistance', millimetres);
  },
};

/** Tenths of a degree. The probe inputs rest at the ends of their range without a probe. */
const probe: Value = {
  bytes: 2,
  read: (frame, at) => {
    const tenths = frame.readInt16BE(at);
    const isEnd = tenths === 0x7fff || tenths === -0x8000;
    return isEnd ? absent('probeTemperature', 'no-probe') : measured('probeTemperature', tenths / 10);
  },
};

const values: Readonly<Record<number, Value>> = {
  1: { bytes: 2, read: (frame, at) => measured('airTemperature', frame.readInt16BE(at) / 10) },
  2: { bytes: 1, read: (frame, at) => measured('relativeHumidity', frame.readUInt8(at)) },
  3: silent(3), // acceleration
  4: { bytes: 2, read: (frame, at) => measured('illuminance', frame.readUInt16BE(at)) },
  5: silent(1), // movements
  6: { bytes: 2, read: (frame, at) => measured('co2', frame.readUInt16BE(at)) },
  7: { bytes: 2, read: (frame, at) => measured('batteryVoltage', frame.readUInt16BE(at) / 1_000) },
  8: silent(2), // analogue input
  9: silent(6), // position
  10: silent(2), // pulses
  11: silent(4), // pulses, absolute
  12: probe,
  13: silent(1), // digital input
  14: distance,
  15: silent(1), // vibrations
  16: silent(4), // infrared temperatures
  17: silent(1), // occupancy
  18: silent(1), // water leak
  19: silent(65), // infrared picture
  20: { bytes: 4, read: (frame, at) => measured('airPressure', frame.readInt32BE(at) / 1_000) },
  21: silent(2), // sound
  22: silent(2), // pulses, second input
  23: silent(4),
  24: silent(2), // analogue, second input
  25: silent(2), // further probes
  26: silent(1), // digital, second input
  27: silent(4), // load cell
  28: { bytes: 2, read: (frame, at) => measured('tvoc', frame.readUInt16BE(at)) },
  29: silent(1), // air quality index
  30: silent(1), // generic values
  31: silent(1),
  32: silent(2),
  33: silent(1), // display
  34: silent(2), // set point
  35: silent(1), // fan
  36: silent(1), // humidity of a probe
  60: silent(4), // checksum
  61: silent(4), // debug
};

/** The rest of the frame repeats the device's settings. */
const SETTINGS = 0x3e;

/**
 * Elsys, all devices (elsys.se, "Sensor payload"; TheThingsNetwork/lorawan-devices, vendor/elsys): values one after another, each its
 * type and its bytes, big endian. Of a type that comes twice the later one counts.
 */
export const decodeElsys: Decode = (frame): Result<readonly Measurement[]> => {
  if (frame.length > 0 && frame.readUInt8(0) === SETTINGS) return accept([]);
  const measurements: Measurement[] = [];
  for (let at = 0; at < frame.length; ) {
    const type = frame.readUInt8(at);
    const value = values[type];
    if (value === undefined) return refuseAt(at, `type 0x${type.toString(16).padStart(2, '0')} is unknown`);
    const end = at + 1 + value.bytes;
    if (end > frame.length) {
      return refuseAt(at + 1, `type ${type} has ${value.bytes} bytes, ${frame.length - at - 1} are there`);
    }
    const measurement = value.read?.(frame, at + 1);
    if (measurement !== undefined) measurements.push(measurement);
    at = end;
  }
  return accept(latestOfEach(measurements));
};
