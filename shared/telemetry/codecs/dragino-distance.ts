import type { Quantity } from '../quantity.ts';
import { accept, type Result } from '../refusal.ts';
import { batteryAt, probeAt, readLog, readStatus } from './dragino.ts';
import { lengthFault } from './frame.ts';
import { absent, type Decode, type Measurement, measured, NO_ECHO_FROM } from './measurement.ts';

/**
 * The blind zone reaches further than this in every model; what is nearer, or lost, is sent as 20 mm, and 0 says that no sensor is
 * connected. Neither is a full bin.
 */
const INVALID_UP_TO = 20;

const distanceOf = (quantity: Quantity, millimetres: number): Measurement => {
  if (millimetres === 0) return absent(quantity, 'no-sensor');
  if (millimetres <= INVALID_UP_TO) return absent(quantity, 'invalid-reading');
  return millimetres >= NO_ECHO_FROM ? absent(quantity, 'no-echo') : measured(quantity, millimetres);
};

/** Battery, distance (mm), interrupt, DS18B20, whether the ultrasonic sensor was found. */
const readPeriodic = (frame: Buffer): readonly Measurement[] => [
  batteryAt(frame, 0),
  frame.readUInt8(7) === 0 ? absent('fillDistance', 'no-sensor') : distanceOf('fillDistance', frame.readUInt16BE(2)),
  probeAt(frame, 5, 'binTemperature'),
];

/**
 * LDDS75, LDDS45 and LDDS20 (user manuals, "Uplink Payload"; decoders LDDS75, LDDS45, LDDS20). Since firmware 1.1.4 eight bytes;
 * before, the battery, the distance if a sensor was connected, and from 1.1.3 on the interrupt: 3, 4 or 5 bytes.
 */
export const decodeLdds: Decode = (frame) => {
  const fault = lengthFault(frame, 3, 4, 5, 8);
  if (fault !== undefined) return fault;
  if (frame.length === 8) return accept(readPeriodic(frame));
  const hasDistance = frame.length >= 4;
  return accept([
    batteryAt(frame, 0),
    hasDistance ? distanceOf('fillDistance', frame.readUInt16BE(2)) : absent('fillDistance', 'no-sensor'),
  ]);
};

const LOG_ENTRY_BYTES = 11;

/** DDS75-LB/LS, DDS45-LB/LS and DDS20-LB/LS (user manuals, 2.3 to 2.5; decoders DDS75-LB, DDS45-LB, DDS20-LB). */
export const decodeDds: Decode = (frame, fPort): Result<readonly Measurement[]> => {
  if (fPort === 5) return readStatus(frame);
  if (fPort === 3) {
    return readLog(frame, LOG_ENTRY_BYTES, (entry) => [
      batteryAt(entry, 0),
      distanceOf('fillDistance', entry.readUInt16BE(2)),
      probeAt(entry, 4, 'binTemperature'),
    ]);
  }
  return lengthFault(frame, 8) ?? accept(readPeriodic(frame));
};

const threeQuantities: readonly Quantity[] = ['fillDistance', 'fillDistance2', 'fillDistance3'];

const threeDistances = (frame: Buffer, at: number): readonly Measurement[] =>
  threeQuantities.map((quantity, index) => distanceOf(quantity, frame.readUInt16BE(at + 2 * index)));

/** Bit 4 of the last byte: whether the sensors were found. */
const SENSORS_FOUND = 0x10;

/** DDS75-3-LB/LS, three sensors on one node (decoder DDS75-3-LS): battery, DS18B20, three distances (mm), flags. */
export const decodeDds3: Decode = (frame, fPort): Result<readonly Measurement[]> => {
  if (fPort === 5) return readStatus(frame);
  if (fPort === 3) return readLog(frame, LOG_ENTRY_BYTES, (entry) => threeDistances(entry, 0));
  const fault = lengthFault(frame, 11);
  if (fault !== undefined) return fault;
  const areFound = (frame.readUInt8(10) & SENSORS_FOUND) !== 0;
  return accept([
    batteryAt(frame, 0),
    probeAt(frame, 2, 'binTemperature'),
    ...(areFound ? threeDistances(frame, 4) : threeQuantities.map((quantity) => absent(quantity, 'no-sensor'))),
  ]);
};
