import { accept, type Result } from '../refusal.ts';
import { lengthFault } from './frame.ts';
import { absent, type Decode, type Measurement, measured } from './measurement.ts';

/** Tenths of a volt above 2 V. */
const battery = (frame: Buffer): Measurement => measured('batteryVoltage', (20 + frame.readUInt8(0)) / 10);

/** Status 0 is well, 4 says that nothing reflects within reach, others are errors of the sensor. */
const NOTHING_IN_REACH = 4;

/** Centimetres; the status byte is in frames of 4 and 8 bytes. */
const distance = (frame: Buffer, status: number): Measurement => {
  if (status === NOTHING_IN_REACH) return absent('fillDistance', 'too-far');
  if (status !== 0) return absent('fillDistance', 'sensor-error');
  const centimetres = frame.readUInt16BE(1);
  if (centimetres === 0) return absent('fillDistance', 'invalid-reading');
  return centimetres > 1_000 ? absent('fillDistance', 'no-echo') : measured('fillDistance', centimetres * 10);
};

/** Hundredths of a degree and of a per cent. */
const climate = (frame: Buffer, at: number): readonly Measurement[] => [
  measured('binTemperature', frame.readInt16BE(at) / 100),
  measured('relativeHumidity', frame.readUInt16BE(at + 2) / 100),
];

/**
 * Teneo IoT filling degree sensor (TheThingsNetwork/lorawan-devices, vendor/teneo-iot/filling-degree-sensor). Port 1: battery,
 * distance, with some firmware a status, with some models temperature and humidity. Port 2: battery and the error that kept it from
 * measuring. Port 3: charging.
 */
export const decodeTeneo: Decode = (frame, fPort): Result<readonly Measurement[]> => {
  if (fPort === 3) return lengthFault(frame, 1, 2) ?? accept([battery(frame)]);
  if (fPort === 2) {
    const fault = lengthFault(frame, 2);
    if (fault !== undefined) return fault;
    const reason = frame.readUInt8(1) === NOTHING_IN_REACH ? 'too-far' : 'sensor-error';
    return accept([battery(frame), absent('fillDistance', reason)]);
  }
  const fault = lengthFault(frame, 3, 4, 7, 8);
  if (fault !== undefined) return fault;
  const hasStatus = frame.length === 4 || frame.length === 8;
  const head = hasStatus ? 4 : 3;
  return accept([
    battery(frame),
    distance(frame, hasStatus ? frame.readUInt8(3) : 0),
    ...(frame.length > head ? climate(frame, head) : []),
  ]);
};
