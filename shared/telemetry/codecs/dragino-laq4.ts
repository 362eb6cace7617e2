import { accept } from '../refusal.ts';
import { batteryAt, wordAt } from './dragino.ts';
import { lengthFault, refuseAt } from './frame.ts';
import { absent, type Decode, measured } from './measurement.ts';

/** The working mode stands in bits 2 to 6 of byte 2. */
const MEASUREMENT = 1;
const ALARM_SETTINGS = 31;

/** An SHT's own limits, in tenths of a degree. */
const SHT_TENTHS = { least: -400, most: 1_250 };

/**
 * LAQ4, indoor air (user manual, "Uplink Payload"; decoder LAQ4): battery, mode and alarm, TVOC (ppb), CO2 (ppm), temperature and
 * humidity in tenths. In the other mode it repeats its alarm limits.
 */
export const decodeLaq4: Decode = (frame) => {
  const fault = lengthFault(frame, 11);
  if (fault !== undefined) return fault;
  const mode = (frame.readUInt8(2) & 0x7c) >> 2;
  if (mode === ALARM_SETTINGS) return accept([batteryAt(frame, 0)]);
  if (mode !== MEASUREMENT) return refuseAt(2, `working mode ${mode}, known are ${MEASUREMENT} and ${ALARM_SETTINGS}`);
  const tenths = frame.readInt16BE(7);
  const isSeen = tenths >= SHT_TENTHS.least && tenths <= SHT_TENTHS.most;
  return accept([
    batteryAt(frame, 0),
    wordAt(frame, 3, 'tvoc', (raw) => raw),
    wordAt(frame, 5, 'co2', (raw) => raw),
    isSeen ? measured('airTemperature', tenths / 10) : absent('airTemperature', 'sensor-error'),
    wordAt(frame, 9, 'relativeHumidity', (raw) => raw / 10),
  ]);
};
