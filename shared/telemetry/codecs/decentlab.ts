import { accept } from '../refusal.ts';
import { refuseAt } from './frame.ts';
import { absent, type Decode, type Measurement, measured } from './measurement.ts';

/** The n-th 16-bit word of a sensor. */
type Word = (index: number) => number;

/** One of a device's sensors: present in a frame when its flag is set, so many words long. */
type Sensor = { readonly words: number; readonly read: (word: Word) => readonly Measurement[] };

const PROTOCOL_VERSION = 2;
const HEADER_BYTES = 5;

/** Signed values are sent with 32,768 added. */
const signed = (word: number): number => word - 32_768;

/**
 * Decentlab's protocol v2 (data sheets, "Payload format"; decentlab/decentlab-decoders): version, device id (2 bytes), flags (2),
 * then the words of each sensor whose flag is set, big endian. A frame of the battery alone is ordinary.
 */
const decentlab =
  (device: string, sensors: readonly Sensor[]): Decode =>
  (frame) => {
    if (frame.length < HEADER_BYTES) return refuseAt(frame.length, `the header of ${HEADER_BYTES} bytes is cut short`);
    const version = frame.readUInt8(0);
    if (version !== PROTOCOL_VERSION) return refuseAt(0, `protocol version ${version}, known is ${PROTOCOL_VERSION}`);
    const flags = frame.readUInt16BE(3);
    if (flags >>> sensors.length !== 0) {
      return refuseAt(3, `flags 0x${flags.toString(16)}, but ${device} has ${sensors.length} sensors`);
    }
    const measurements: Measurement[] = [];
    let at = HEADER_BYTES;
    for (const [index, sensor] of sensors.entries()) {
      if (((flags >>> index) & 1) === 0) continue;
      const end = at + 2 * sensor.words;
      if (end > frame.length)
        return refuseAt(frame.length, `the frame ends, sensor ${index} takes bytes ${at} to ${end - 1}`);
      const start = at;
      measurements.push(...sensor.read((word) => frame.readUInt16BE(start + 2 * word)));
      at = end;
    }
    return at < frame.length ? refuseAt(at, `${frame.length - at} bytes beyond the last sensor`) : accept(measurements);
  };

const battery: Sensor = { words: 1, read: (word) => [measured('batteryVoltage', word(0) / 1_000)] };

/** DL-MBX, ultrasonic: distance, and of how many pings. Without a single valid one the distance says nothing. */
export const decodeDlMbx = decentlab('DL-MBX', [
  {
    words: 2,
    read: (word) => [word(1) === 0 ? absent('fillDistance', 'no-echo') : measured('fillDistance', word(0))],
  },
  battery,
]);

/** DL-PM: Sensirion SPS30 (its counts and its typical size are not read), SHT21 (formulas of its data sheet), barometer. */
export const decodeDlPm = decentlab('DL-PM', [
  battery,
  {
    words: 10,
    read: (word) => [
      measured('pm1', word(0) / 10),
      measured('pm25', word(1) / 10),
      measured('pm4', word(2) / 10),
      measured('pm10', word(3) / 10),
    ],
  },
  {
    words: 2,
    read: (word) => [
      measured('airTemperature', (175.72 * word(0)) / 65_536 - 46.85),
      measured('relativeHumidity', (125 * word(1)) / 65_536 - 6),
    ],
  },
  { words: 1, read: (word) => [measured('airPressure', word(0) / 50)] },
]);

/** DL-NTU, Aqualabo NTU: status, temperature, turbidity as NTU, FNU (the same number) and mg/L. */
export const decodeDlNtu = decentlab('DL-NTU', [
  {
    words: 5,
    read: (word) => [
      measured('waterTemperature', signed(word(1)) / 100),
      measured('turbidity', word(2) / 10),
      measured('tss', word(4) / 10),
    ],
  },
  battery,
]);

/** DL-OPTOD, Aqualabo OPTOD: status, temperature, oxygen as saturation, mg/L and (the same) ppm. */
export const decodeDlOptod = decentlab('DL-OPTOD', [
  {
    words: 5,
    read: (word) => [
      measured('waterTemperature', signed(word(1)) / 100),
      measured('oxygenSaturation', signed(word(2)) / 100),
      measured('dissolvedOxygen', signed(word(3)) / 100),
    ],
  },
  battery,
]);

/** DL-PHEHT, Aqualabo PHEHT: status, temperature, pH, redox potential, and the pH electrode's voltage. */
export const decodeDlPheht = decentlab('DL-PHEHT', [
  {
    words: 5,
    read: (word) => [
      measured('waterTemperature', signed(word(1)) / 100),
      measured('ph', signed(word(2)) / 100),
      measured('redox', signed(word(3)) / 10),
    ],
  },
  battery,
]);

/** DL-CTD10, Meter CTD-10: depth of the water above it, temperature, conductivity, and whether it may have frozen. */
export const decodeDlCtd10 = decentlab('DL-CTD10', [
  {
    words: 4,
    read: (word) => [
      measured('waterDepth', signed(word(0))),
      measured('waterTemperature', signed(word(1)) / 10),
      measured('conductivity', word(2)),
    ],
  },
  battery,
]);
