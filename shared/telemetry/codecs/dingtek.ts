import { accept, type Refusal, type Result } from '../refusal.ts';
import { lengthFault, refuseAt } from './frame.ts';
import { absent, type Decode, type Measurement, measured, NO_ECHO_FROM } from './measurement.ts';

const HEAD = 0x80;
const TAIL = 0x81;
/** The sensor for waste bins among Dingtek's. */
const WASTE_BIN = 0x01;
const PARAMETERS = 0x03;
const SHORT_BYTES = 17;
/** With a position, and for the parameters. */
const LONG_BYTES = 25;

/** The frame around the data: head, 0, kind of device, kind of message, length, ..., tail. */
const framingFault = (frame: Buffer): Refusal | undefined => {
  if (frame.length > 0 && frame.readUInt8(0) !== HEAD) return refuseAt(0, 'a frame starts with 0x80');
  const fault = lengthFault(frame, SHORT_BYTES, LONG_BYTES);
  if (fault !== undefined) return fault;
  const device = frame.readUInt8(2);
  if (device !== WASTE_BIN) return refuseAt(2, `device type ${device}, a waste bin sensor is ${WASTE_BIN}`);
  const kind = frame.readUInt8(3);
  if (kind === 0 || kind > PARAMETERS) return refuseAt(3, `message type ${kind}, known are 1 to ${PARAMETERS}`);
  const declared = frame.readUInt8(4);
  if (declared !== frame.length)
    return refuseAt(4, `a length of ${declared} is declared, ${frame.length} bytes are there`);
  return frame.readUInt8(frame.length - 1) === TAIL ? undefined : refuseAt(frame.length - 1, 'a frame ends with 0x81');
};

/** A blind zone of 15 cm and more: nothing at all is no distance. */
const distance = (millimetres: number): Measurement => {
  if (millimetres === 0) return absent('fillDistance', 'invalid-reading');
  return millimetres >= NO_ECHO_FROM ? absent('fillDistance', 'no-echo') : measured('fillDistance', millimetres);
};

/** Four alarms, a half byte each; `at` is the first of two bytes. That the bin is full the city judges by its own level. */
const alarms = (frame: Buffer, at: number): readonly Measurement[] => {
  const isSet = (half: number): number => (half === 0 ? 0 : 1);
  return [
    measured('fireAlarm', isSet(frame.readUInt8(at) & 0x0f)),
    measured('tilt', isSet(frame.readUInt8(at + 1) >>> 4)),
    measured('lowBattery', isSet(frame.readUInt8(at + 1) & 0x0f)),
  ];
};

/**
 * Dingtek DF702, waste bins (DF702 & DF703 protocol LoRaWAN V2.8; TheThingsNetwork/lorawan-devices, vendor/dingtek/df702): heartbeat
 * (1) and alarm (2) with distance (mm), temperature (°C), angle and alarms, and the parameters (3). The position is not read.
 */
export const decodeDf702: Decode = (frame): Result<readonly Measurement[]> => {
  const fault = framingFault(frame);
  if (fault !== undefined) return fault;
  if (frame.readUInt8(3) === PARAMETERS) return accept([]);
  const hasPosition = frame.length === LONG_BYTES;
  const temperatureAt = hasPosition ? 16 : 8;
  return accept([
    distance(frame.readUInt16BE(5)),
    measured('binTemperature', frame.readInt8(temperatureAt)),
    ...alarms(frame, temperatureAt + 3),
  ]);
};
