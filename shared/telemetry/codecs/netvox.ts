import { accept, type Result } from '../refusal.ts';
import { lengthFault, refuseAt } from './frame.ts';
import { absent, type Decode, type Measurement, measured, NO_ECHO_FROM } from './measurement.ts';

const PROTOCOL_VERSION = 1;
const R718PE = 0xb1;

const REPORT_PORT = 6;
const REPORT_BYTES = 11;
const VERSION_REPORT = 0;
const STATUS_REPORT = 1;

/** What the device answers to a setting: `Set...Rsp` and `Get...Rsp`, the request's number with the highest bit. */
const answers = [0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x8b, 0x8c];
/** Some firmware leaves the padding away. */
const ANSWER_BYTES = [4, 11] as const;

/** Tenths of a volt; the highest bit says that it is low. */
const battery = (raw: number): readonly Measurement[] => [
  measured('batteryVoltage', (raw & 0x7f) / 10),
  measured('lowBattery', raw >>> 7),
];

const distance = (millimetres: number): Measurement => {
  if (millimetres === 0) return absent('fillDistance', 'invalid-reading');
  return millimetres >= NO_ECHO_FROM ? absent('fillDistance', 'no-echo') : measured('fillDistance', millimetres);
};

const readReport = (frame: Buffer): Result<readonly Measurement[]> => {
  const fault = lengthFault(frame, REPORT_BYTES);
  if (fault !== undefined) return fault;
  const [version, device, kind] = [frame.readUInt8(0), frame.readUInt8(1), frame.readUInt8(2)];
  if (version !== PROTOCOL_VERSION) return refuseAt(0, `protocol version ${version}, known is ${PROTOCOL_VERSION}`);
  if (device !== R718PE) return refuseAt(1, `device type ${device}, an R718PE is ${R718PE}`);
  if (kind === VERSION_REPORT) return accept([]);
  if (kind !== STATUS_REPORT) return refuseAt(2, `report ${kind}, known are ${VERSION_REPORT} and ${STATUS_REPORT}`);
  const level = frame.readUInt8(7);
  const depth = distance(frame.readUInt16BE(5));
  // A level next to a distance that is none was not measured either; more than 100 % is no level but a code.
  const hasLevel = depth.value !== null && level <= 100;
  return accept([
    ...battery(frame.readUInt8(3)),
    depth,
    hasLevel ? measured('fillLevel', level) : absent('fillLevel', depth.missing ?? 'sensor-error'),
  ]);
};

/**
 * Netvox R718PE, ultrasonic (Netvox LoRaWAN Application Command, R718PE; TheThingsNetwork/lorawan-devices,
 * vendor/netvox/payload/r718x). Port 6: versions, or battery, threshold state, distance (mm) and fill level (%). Port 7: answers to
 * settings.
 */
export const decodeR718pe: Decode = (frame, fPort): Result<readonly Measurement[]> => {
  if (fPort === REPORT_PORT) return readReport(frame);
  const fault = lengthFault(frame, ...ANSWER_BYTES);
  if (fault !== undefined) return fault;
  const [command, device] = [frame.readUInt8(0), frame.readUInt8(1)];
  if (!answers.includes(command)) return refuseAt(0, `command 0x${command.toString(16)} is unknown`);
  return device === R718PE ? accept([]) : refuseAt(1, `device type ${device}, an R718PE is ${R718PE}`);
};
