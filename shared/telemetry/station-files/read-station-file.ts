import { accept, type Result, refuse } from '../refusal.ts';
import { linesOf } from './lines.ts';
import { type RefusedLine, readLine, type StationReading } from './read-line.ts';
import { stampReader } from './stamp.ts';
import { readStationName, type StationFileName } from './station-name.ts';
import type { StationKind } from './symbols.ts';

/** The circular has one file for each five minutes, some hundred bytes; this holds a station's weeks. */
export const MAX_FILE_BYTES = 2 * 1_024 * 1_024;

export type StationFileSettings = {
  /** IANA zone in which the loggers tell the time, e.g. `Asia/Ho_Chi_Minh`. */
  readonly timeZone: string;
  /** What the station observes, as the registry has it (`kindOfStationCode` guesses it from the name). */
  readonly kind: StationKind;
  /** When the file arrived, UTC epoch milliseconds: lines more than 15 minutes ahead of it are refused. */
  readonly receivedAt?: number;
};

export type StationLines = {
  /** In the order of the file; no two of one quantity and instant. */
  readonly readings: readonly StationReading[];
  /** In the order of the file. */
  readonly refused: readonly RefusedLine[];
  /** Lines that hold anything: `readings.length + refused.length`. */
  readonly lines: number;
};

export type StationFile = StationLines & { readonly station: StationFileName };

type Taken = { readonly reading: StationReading; readonly refusal: Omit<RefusedLine, 'fault' | 'reason'> };

type Sorted = {
  readonly taken: Map<string, Taken>;
  readonly contradicted: Set<string>;
  readonly refused: RefusedLine[];
};

const saysTheSame = (a: StationReading, b: StationReading): boolean => a.value === b.value && a.status === b.status;

/** A quantity and instant given before: nothing says which of two values is right, so neither is taken. */
const sortIn = ({ taken, contradicted, refused }: Sorted, candidate: Taken): void => {
  const { reading, refusal } = candidate;
  const key = `${reading.quantity}|${reading.measuredAt}`;
  const earlier = taken.get(key);
  if (earlier === undefined) {
    taken.set(key, candidate);
  } else if (contradicted.has(key) || !saysTheSame(earlier.reading, reading)) {
    contradicted.add(key);
    refused.push({ ...refusal, fault: 'contradicted', reason: `says otherwise than line ${earlier.reading.line}` });
  } else {
    refused.push({ ...refusal, fault: 'repeated', reason: `says again what line ${earlier.reading.line} says` });
  }
};

/**
 * The lines of a station file's bytes. Each line that holds anything becomes one reading or one refused line; a bad one never costs another,
 * save where two lines contradict each other. Never throws on bytes.
 * @throws RangeError for a zone that the runtime does not know.
 */
export const readStationLines = (bytes: Uint8Array, settings: StationFileSettings): StationLines => {
  const { kind, timeZone, receivedAt } = settings;
  const context = { kind, readStamp: stampReader(timeZone), receivedAt };
  const sorted: Sorted = { taken: new Map(), contradicted: new Set(), refused: [] };
  let lines = 0;
  for (const line of linesOf(bytes)) {
    lines += 1;
    const refusal = { line: line.number, byteOffset: line.byteOffset, raw: line.text };
    const outcome = readLine(line, context);
    if (outcome.ok) sortIn(sorted, { reading: outcome.reading, refusal });
    else sorted.refused.push({ ...refusal, fault: outcome.fault, reason: outcome.reason });
  }
  const readings: StationReading[] = [];
  for (const [key, { reading, refusal }] of sorted.taken) {
    if (!sorted.contradicted.has(key)) readings.push(reading);
    else sorted.refused.push({ ...refusal, fault: 'contradicted', reason: 'a later line says otherwise' });
  }
  return { readings, refused: sorted.refused.sort((a, b) => a.line - b.line), lines };
};

/**
 * Reads a station file of Thông tư 10/2021/TT-BTNMT. Refused as a whole only when its name tells no station or it is too large;
 * everything else is a matter of single lines (see `readStationLines`).
 * @throws RangeError for a zone that the runtime does not know.
 */
export const readStationFile = (
  path: string,
  bytes: Uint8Array,
  settings: StationFileSettings,
): Result<StationFile> => {
  const station = readStationName(path, settings.timeZone);
  if (!station.ok) return station;
  if (bytes.length > MAX_FILE_BYTES) {
    return refuse('payload-too-large', `${bytes.length} bytes, at most ${MAX_FILE_BYTES} are taken`);
  }
  return accept({ station: station.value, ...readStationLines(bytes, settings) });
};
