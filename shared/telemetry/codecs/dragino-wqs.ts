import type { Quantity } from '../quantity.ts';
import { accept, type Result } from '../refusal.ts';
import { batteryAt, probeAt, readLog, readStatus, wordAt } from './dragino.ts';
import { refuseAt } from './frame.ts';
import { type Decode, type Measurement, measured } from './measurement.ts';

/** An electrode: its bit in the mask, its bytes, and how it counts. Those with a temperature of their own send it after the value. */
type Electrode = {
  readonly bit: number;
  readonly bytes: number;
  readonly quantity: Quantity;
  readonly scale: (raw: number) => number;
  readonly isSigned?: boolean;
};

const tenth = (raw: number): number => raw / 10;
const hundredth = (raw: number): number => raw / 100;

/** In the order of a frame. */
const turbidity: Electrode = { bit: 5, bytes: 2, quantity: 'turbidity', scale: tenth };
const oxygen: Electrode = { bit: 4, bytes: 2, quantity: 'dissolvedOxygen', scale: hundredth };
const redox: Electrode = { bit: 3, bytes: 2, quantity: 'redox', scale: (raw) => raw, isSigned: true };
const conductivity10: Electrode = { bit: 2, bytes: 2, quantity: 'conductivity', scale: (raw) => raw * 10 };
const conductivity1: Electrode = { bit: 1, bytes: 2, quantity: 'conductivity', scale: (raw) => raw };
const acidity: Electrode = { bit: 0, bytes: 2, quantity: 'ph', scale: hundredth };
const first: readonly Electrode[] = [turbidity, oxygen, redox, conductivity10, conductivity1, acidity];

/** Since 1.2 the electrodes for oxygen, conductivity and pH send their temperature too (2 bytes). */
const second: readonly Electrode[] = first.map((electrode) =>
  electrode === turbidity || electrode === redox ? electrode : { ...electrode, bytes: 4 },
);

/** Since 1.3.1 a mask of two bytes: residual chlorine in two ranges, turbidity in two ranges, conductivity with four rings. */
const third: readonly Electrode[] = [
  ...second,
  { bit: 6, bytes: 2, quantity: 'freeChlorine', scale: hundredth },
  { bit: 7, bytes: 2, quantity: 'freeChlorine', scale: hundredth },
  { bit: 9, bytes: 4, quantity: 'turbidity', scale: tenth },
  { bit: 10, bytes: 4, quantity: 'turbidity', scale: tenth },
];
/** Conductivity (3 bytes), salinity and temperature (2 bytes each). */
const FOUR_RINGS = { bit: 8, bytes: 7 };

type Firmware = {
  readonly version: string;
  readonly electrodes: readonly Electrode[];
  readonly mask: number;
  /** Where the first electrode stands. */
  readonly start: number;
};

const has = (mask: number, bit: number): boolean => ((mask >>> bit) & 1) === 1;

const bytesOf = ({ electrodes, mask, start }: Firmware): number =>
  electrodes.reduce((sum, { bit, bytes }) => sum + (has(mask, bit) ? bytes : 0), start) +
  (has(mask, FOUR_RINGS.bit) ? FOUR_RINGS.bytes : 0);

/** The frame does not say which firmware sent it; what its masks announce and its length do. */
const candidates = (frame: Buffer): readonly Firmware[] => {
  const oldMask = frame.readUInt8(4) & 0x3f;
  const newMask = frame.readUInt16BE(4);
  // Bit 11 is the interrupt; 12 to 15 are nobody's.
  const isNew = (newMask & 0xf000) === 0;
  return [
    { version: '1.0', electrodes: first, mask: oldMask, start: 5 },
    { version: '1.2', electrodes: second, mask: oldMask, start: 5 },
    ...(isNew ? [{ version: '1.3.1', electrodes: third, mask: newMask & 0x07ff, start: 6 }] : []),
  ];
};

const readElectrode = (frame: Buffer, at: number, { quantity, scale, isSigned }: Electrode): Measurement =>
  isSigned === true ? measured(quantity, scale(frame.readInt16BE(at))) : wordAt(frame, at, quantity, scale);

const read = (frame: Buffer, { electrodes, mask, start }: Firmware): readonly Measurement[] => {
  const measurements = [batteryAt(frame, 0), probeAt(frame, 2, 'waterTemperature')];
  let at = start;
  for (const electrode of electrodes) {
    if (!has(mask, electrode.bit)) continue;
    measurements.push(readElectrode(frame, at, electrode));
    at += electrode.bytes;
  }
  if (has(mask, FOUR_RINGS.bit)) {
    measurements.push(measured('conductivity', frame.readUIntBE(at, 3)), wordAt(frame, at + 3, 'salinity', tenth));
  }
  return measurements;
};

/** Of several electrodes for one quantity the last counts; a healthy value before an error. */
const settle = (measurements: readonly Measurement[]): readonly Measurement[] => {
  const byQuantity = new Map<string, Measurement>();
  for (const measurement of measurements) {
    const isBetter = measurement.value !== null || !byQuantity.has(measurement.quantity);
    if (isBetter) byQuantity.set(measurement.quantity, measurement);
  }
  return [...byQuantity.values()];
};

const OLD_ENTRY_BYTES = 11;
const HEADER_BYTES = 6;

/**
 * WQS-LB, water quality (user manual, "Uplink Payload"; decoders WQS-LB, V1.2 and V1.3.1): battery, DS18B20, the mask of the
 * electrodes, then each of them. Temperatures of electrodes are not read beside the probe's. Port 3 is the log of firmware before
 * 1.3.1: the first three electrodes of the mask, without their temperatures.
 */
export const decodeWqs: Decode = (frame, fPort): Result<readonly Measurement[]> => {
  if (fPort === 5) return readStatus(frame);
  if (fPort === 3) {
    return readLog(frame, OLD_ENTRY_BYTES, (entry) =>
      settle(
        first
          .filter(({ bit }) => has(entry.readUInt8(6), bit))
          .slice(0, 3)
          .map((electrode, index) => readElectrode(entry, 2 * index, electrode)),
      ),
    );
  }
  if (frame.length < HEADER_BYTES) return refuseAt(frame.length, `the frame ends, ${HEADER_BYTES} bytes are the least`);
  const firmwares = candidates(frame);
  const fitting = firmwares.filter((firmware) => bytesOf(firmware) === frame.length);
  const [firmware, other] = fitting;
  if (firmware === undefined) {
    const due = firmwares.map((each) => `${bytesOf(each)} (firmware ${each.version})`).join(' or ');
    const longest = Math.max(...firmwares.map(bytesOf));
    return refuseAt(Math.min(frame.length, longest), `${frame.length} bytes, by the mask ${due} are due`);
  }
  const areAlike =
    other === undefined || (firmware.version === '1.0' && other.version === '1.2' && fitting.length === 2);
  if (!areAlike) return refuseAt(4, `the mask fits firmware ${fitting.map(({ version }) => version).join(' and ')}`);
  return accept(settle(read(frame, firmware)));
};
