import type { Quantity } from '../quantity.ts';
import { accept, type Refusal, type Result } from '../refusal.ts';
import { lengthFault, refuseAt } from './frame.ts';
import { absent, type Measurement, measured } from './measurement.ts';

/** What Dragino's end nodes share (wiki.dragino.com, user manuals; dragino/dragino-end-node-decoder). Big endian throughout. */

/** Millivolts in the lower 14 bits; the upper two are flags. */
export const batteryAt = (frame: Buffer, at: number): Measurement =>
  measured('batteryVoltage', (frame.readUInt16BE(at) & 0x3fff) / 1_000);

/** A DS18B20 sees -55 to 125 °C (its data sheet). */
const PROBE_TENTHS = { least: -550, most: 1_250 };

/**
 * A DS18B20's tenths of a degree. Without a probe the nodes send 0x7FFF, 0x0CCC or 0x0CCD (327.67 °C in one scale or the other):
 * like anything that the chip cannot see, no temperature.
 */
export const probeAt = (frame: Buffer, at: number, quantity: Quantity): Measurement => {
  const tenths = frame.readInt16BE(at);
  const isSeen = tenths >= PROBE_TENTHS.least && tenths <= PROBE_TENTHS.most;
  return isSeen ? measured(quantity, tenths / 10) : absent(quantity, 'no-probe');
};

/** An electrode's or instrument's word; 0xFFFF is what Modbus gives when it does not answer. */
export const wordAt = (frame: Buffer, at: number, quantity: Quantity, scale: (raw: number) => number): Measurement => {
  const raw = frame.readUInt16BE(at);
  return raw === 0xffff ? absent(quantity, 'sensor-error') : measured(quantity, scale(raw));
};

const STATUS_BYTES = 7;

/** Port 5, after joining: model, firmware (2 bytes), frequency band, sub-band, battery. */
export const readStatus = (frame: Buffer): Result<readonly Measurement[]> =>
  lengthFault(frame, STATUS_BYTES) ?? accept([batteryAt(frame, 5)]);

/** A slot of the log that was never written, or written before the clock was set. */
const hasNoTime = (seconds: number): boolean => seconds === 0 || seconds === 0xffff_ffff;

/** Port 3, what the node kept: entries of one size that end in Unix seconds; `read` sees one entry. */
export const readLog = (
  frame: Buffer,
  entryBytes: number,
  read: (entry: Buffer) => readonly Measurement[] | Refusal,
): Result<readonly Measurement[]> => {
  const rest = frame.length % entryBytes;
  if (frame.length === 0 || rest !== 0) {
    return refuseAt(frame.length - rest, `${rest} bytes, an entry of the log has ${entryBytes}`);
  }
  const measurements: Measurement[] = [];
  for (let at = 0; at < frame.length; at += entryBytes) {
    const entry = frame.subarray(at, at + entryBytes);
    const seconds = entry.readUInt32BE(entryBytes - 4);
    if (hasNoTime(seconds)) return refuseAt(at + entryBytes - 4, 'an entry of the log without a time');
    const said = read(entry);
    if ('ok' in said) return said;
    measurements.push(...said.map((measurement) => ({ ...measurement, measuredAt: seconds * 1_000 })));
  }
  return accept(measurements);
};
