import { accept, type Result } from '../refusal.ts';
import { lengthFault, refuseAt } from './frame.ts';
import { absent, type Decode, type Measurement, measured } from './measurement.ts';

/** Bits `from` to `from + count - 1`, counted from the first byte's highest; at most 24. */
const bits = (frame: Buffer, from: number, count: number): number => {
  let value = 0;
  for (let bit = from; bit < from + count; bit += 1) {
    value = (value << 1) | (((frame[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1);
  }
  return value;
};

/** Six bits of two per cent each; all ones is no value. */
const battery = (frame: Buffer, from: number): Measurement => {
  const raw = bits(frame, from, 6);
  return raw === 63 ? absent('battery', 'not-measured') : measured('battery', raw * 2);
};

const temperature = (frame: Buffer, from: number): Measurement => measured('binTemperature', bits(frame, from, 7) - 40);

const level = (frame: Buffer, from: number): Measurement => {
  const percent = bits(frame, from, 7);
  return percent === 127 ? absent('fillLevel', 'sensor-error') : measured('fillLevel', percent);
};

/** Centimetres, but for two codes. */
const distance = (frame: Buffer, from: number): Measurement => {
  const centimetres = bits(frame, from, 9);
  if (centimetres === 511) return absent('fillDistance', 'sensor-error');
  if (centimetres === 510) return absent('fillDistance', 'sensor-misconfigured');
  return measured('fillDistance', centimetres * 10);
};

type Layout = { readonly bytes: number; readonly read: (frame: Buffer) => readonly Measurement[] };

/** By the last two bits of a frame. */
const uplinks: readonly Layout[] = [
  { bytes: 3, read: (frame) => [battery(frame, 2), temperature(frame, 8), level(frame, 15)] },
  { bytes: 3, read: (frame) => [battery(frame, 0), temperature(frame, 6), distance(frame, 13)] },
  {
    bytes: 12,
    read: (frame) => [battery(frame, 81), measured('batteryVoltage', (22 + bits(frame, 87, 4)) / 10)],
  },
];
const EXTENDED = 3;

/** The points of a depth map are in the device's own scale and are not read. */
const depthMap: Layout = { bytes: 11, read: (frame) => [battery(frame, 64), temperature(frame, 70)] };

/** Of an extended uplink, by the three bits before. */
const extended: Readonly<Record<number, Layout>> = {
  0: { bytes: 9, read: (frame) => [battery(frame, 44), temperature(frame, 50), distance(frame, 57)] },
  1: {
    bytes: 12,
    read: (frame) => [
      measured('fireAlarm', bits(frame, 64, 1)),
      battery(frame, 68),
      temperature(frame, 74),
      distance(frame, 81),
    ],
  },
  3: { bytes: 9, read: () => [] },
  4: depthMap,
  5: { bytes: 9, read: (frame) => [battery(frame, 44), temperature(frame, 50), level(frame, 59)] },
  6: depthMap,
};

/**
 * Smart Ends BrighterBins (payload description as in akenza-io/device-type-library, types/smartEnds/brighterBins): a string of bits
 * whose last two say what it is: fill level, distance, state of the system, or extended with three more bits before them.
 * Histories of the extended kind (7) are refused: their length is nowhere described.
 */
export const decodeBrighterBins: Decode = (frame): Result<readonly Measurement[]> => {
  const last = frame.length - 1;
  if (last < 0) return refuseAt(0, 'an empty frame');
  const type = frame.readUInt8(last) & 3;
  const subtype = (frame.readUInt8(last) >>> 2) & 7;
  const layout = type === EXTENDED ? extended[subtype] : uplinks[type];
  if (layout === undefined) return refuseAt(last, `extended uplink ${subtype} is unknown`);
  return lengthFault(frame, layout.bytes) ?? accept(layout.read(frame));
};
