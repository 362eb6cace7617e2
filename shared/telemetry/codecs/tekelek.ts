import { accept, type Result } from '../refusal.ts';
import { lengthFault, refuseAt } from './frame.ts';
import { absent, type Decode, type Measurement, measured, NO_ECHO_FROM } from './measurement.ts';

/** The first byte of a frame, and its port. */
const MEASUREMENT = 0x10;
const STATUS = 0x30;
const ALARM = 0x45;

/** The product that the frames of a TEK 766 name. */
const TEK766 = 0x00;

const READING_BYTES = 4;

/** Distance to the surface (cm), temperature (°C, signed), quality and strength of the echo. All zeros: not measured yet. */
const readingAt = (frame: Buffer, at: number): readonly Measurement[] => {
  if (frame.readUInt32BE(at) === 0) return [absent('fillDistance', 'not-measured')];
  const centimetres = frame.readUInt16BE(at);
  const isDistance = centimetres !== 0 && centimetres < NO_ECHO_FROM;
  return [
    isDistance ? measured('fillDistance', centimetres * 10) : absent('fillDistance', 'no-echo'),
    measured('binTemperature', frame.readInt8(at + 2)),
  ];
};

/** What was logged before; a slot that is still empty holds nothing that was ever measured. */
const earlierAt = (frame: Buffer, at: number, intervalsAgo: number): readonly Measurement[] =>
  frame.readUInt32BE(at) === 0 ? [] : readingAt(frame, at).map((measurement) => ({ ...measurement, intervalsAgo }));

/** What a TEK 766 logs as delivered: every six hours (user manual 9-5911, "Default Schedule"). */
export const TEK766_LOG_INTERVAL_SECONDS = 21_600;

/**
 * Tekelek TEK 766, ultrasonic (CF-5004-01 "TEK 766 Payload Data Structure"). 0x10: the reading and the three logged before it, each
 * one logging interval earlier. 0x30: state, with the battery (%) and a reading. 0x45: alarm, with the alarming reading and one
 * logged before at a time that the frame does not tell, which is left to the next measurement frame.
 */
export const decodeTek766: Decode = (frame, fPort): Result<readonly Measurement[]> => {
  if (frame.length < 2) return refuseAt(frame.length, 'the frame ends before it says what it is');
  const type = frame.readUInt8(0);
  if (type !== fPort) return refuseAt(0, `message type 0x${type.toString(16)} on port ${fPort}`);
  const product = frame.readUInt8(1);
  if (product !== TEK766) return refuseAt(1, `product ${product}, a TEK 766 is ${TEK766}`);
  switch (type) {
    case MEASUREMENT: {
      const fault = lengthFault(frame, 20);
      if (fault !== undefined) return fault;
      const earlier = [1, 2, 3].flatMap((ago) => earlierAt(frame, 4 + READING_BYTES * ago, ago));
      return accept([...readingAt(frame, 4), ...earlier]);
    }
    case STATUS:
      return lengthFault(frame, 18) ?? accept([measured('battery', frame.readUInt8(10)), ...readingAt(frame, 14)]);
    case ALARM:
      return lengthFault(frame, 12) ?? accept(readingAt(frame, 4));
    default:
      return refuseAt(0, `message type 0x${type.toString(16)} is unknown`);
  }
};
