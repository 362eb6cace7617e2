import type { Observation } from '../observation.ts';
import { isTooFarAhead } from '../quality.ts';
import { quantities } from '../quantity.ts';
import type { Quality } from '../reading.ts';
import { quote, showInstant } from '../refusal.ts';
import { type DeviceStatus, qualityOfStatus, statusOfCode } from './device-status.ts';
import type { FileLine } from './lines.ts';
import { readLoggerNumber } from './logger-number.ts';
import { fromLoggerUnit } from './logger-units.ts';
import { isUnkeptSymbol, quantityOfSymbol, type StationKind } from './symbols.ts';

export type LineFault =
  | 'cut-off'
  | 'malformed-line'
  | 'unknown-symbol'
  | 'unknown-unit'
  | 'invalid-instant'
  | 'unknown-status'
  | 'clock-ahead'
  | 'repeated'
  | 'contradicted';

/** A line that is no reading, with what a person needs to find and mend it. */
export type RefusedLine = {
  /** Counted from 1. */
  readonly line: number;
  readonly byteOffset: number;
  /** The line as it stands, without its end. */
  readonly raw: string;
  readonly fault: LineFault;
  readonly reason: string;
};

/** An observation, in the canonical unit, with the device's word on it. */
export type StationReading = Observation & {
  readonly status: DeviceStatus;
  /** By the status and the presence of a value alone; the quality tests come after. */
  readonly quality: Quality;
  readonly line: number;
  /** The value field as the logger wrote it, for whoever asks why a value is missing. */
  readonly rawValue: string;
};

export type LineContext = {
  readonly kind: StationKind;
  readonly readStamp: (stamp: string) => number | undefined;
  /** UTC epoch milliseconds; without it no instant is too far ahead. */
  readonly receivedAt: number | undefined;
};

type Outcome =
  | { readonly ok: true; readonly reading: StationReading }
  | { readonly ok: false; readonly fault: LineFault; readonly reason: string };

const fail = (fault: LineFault, reason: string): Outcome => ({ ok: false, fault, reason });

const FIELDS = 5;

/** Many times what five fields need. */
const MAX_LINE_CHARACTERS = 1_000;

/** By tabs; by white space in a line without one, as the receiving systems do. White space around a field means nothing. */
const fieldsOf = (text: string): readonly string[] => {
  const fields = text.includes('\t') ? text.trimEnd().split('\t') : text.trim().split(/\s+/);
  return fields.map((field) => field.trim());
};

/** Whether a last line without line end can be taken as whole: some loggers end every line but the last. */
const isWhole = ({ terminated }: FileLine, fields: readonly string[]): boolean =>
  terminated || (fields.length === FIELDS && fields[4]?.length === 2);

const unknownSymbol = (symbol: string, kind: StationKind): Outcome =>
  isUnkeptSymbol(symbol)
    ? fail('unknown-symbol', `${quote(symbol)} is in the circular, but the city keeps no such quantity`)
    : fail('unknown-symbol', `${quote(symbol)} is no quantity of a station that observes ${kind}`);

/**
 * Reads `symbol⇥value⇥unit⇥yyyyMMddHHmmss⇥status`. A value that is none is missing with its reason; the line is refused when it does not
 * say of what, when, or in which state of the device.
 */
export const readLine = (line: FileLine, { kind, readStamp, receivedAt }: LineContext): Outcome => {
  if (line.text.length > MAX_LINE_CHARACTERS)
    return fail('malformed-line', `${line.text.length} characters in one line`);
  const fields = fieldsOf(line.text);
  if (!isWhole(line, fields)) return fail('cut-off', 'the file ends within the line: the upload was cut off');
  if (fields.length !== FIELDS) {
    return fail('malformed-line', `${fields.length} fields instead of symbol, value, unit, time and status`);
  }
  const [symbol = '', rawValue = '', unit = '', stamp = '', code = ''] = fields;
  const quantity = quantityOfSymbol(symbol, kind);
  if (quantity === undefined) return unknownSymbol(symbol, kind);
  const measuredAt = readStamp(stamp);
  if (measuredAt === undefined) return fail('invalid-instant', `${quote(stamp)} is not a yyyyMMddHHmmss since 2000`);
  if (receivedAt !== undefined && isTooFarAhead(measuredAt, receivedAt)) {
    return fail('clock-ahead', `measured at ${showInstant(measuredAt)}, but received at ${showInstant(receivedAt)}`);
  }
  const status = statusOfCode(code);
  if (status === undefined) return fail('unknown-status', `${quote(code)} is neither 00, 01 nor 02`);

  const common = { quantity, measuredAt, status, line: line.number, rawValue };
  const number = readLoggerNumber(rawValue);
  if ('missing' in number) {
    const quality = qualityOfStatus(status, number.missing);
    return { ok: true, reading: { ...common, value: null, missing: quality.test, quality } };
  }
  const value = fromLoggerUnit(quantity, number.value, unit);
  if (value === undefined) {
    return fail('unknown-unit', `${quote(unit)} does not convert to ${quantities[quantity].unit}`);
  }
  return { ok: true, reading: { ...common, value, quality: qualityOfStatus(status) } };
};
