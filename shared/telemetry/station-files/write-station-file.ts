import type { Observation } from '../observation.ts';
import { codeOfStatus, type DeviceStatus } from './device-status.ts';
import { writeLoggerNumber } from './logger-number.ts';
import { stampOf } from './stamp.ts';
import { type StationFileName, stationFileName } from './station-name.ts';
import { notationOf, type StationKind } from './symbols.ts';

/** An observation in the canonical unit, under the device's status (`statusOfQuality` for a stored reading). */
export type StationEntry = Observation & { readonly status: DeviceStatus };

export type WriteSettings = { readonly timeZone: string; readonly kind: StationKind };

export type OmittedEntry = {
  readonly entry: StationEntry;
  /** `no-symbol`: not of this kind of station; `no-instant`: outside 2000 to 2099; `no-number`: needs an exponent or is not finite; `same-second`: one of this quantity was written. */
  readonly reason: 'no-symbol' | 'no-instant' | 'no-number' | 'same-second';
};

export type WrittenStationFile = {
  readonly name: string;
  /** To be stored as UTF-8. Lines end with CR LF, the last one too. */
  readonly text: string;
  /** What the format cannot say: entries given = lines written + omitted. */
  readonly omitted: readonly OmittedEntry[];
};

type Line = { readonly text: string; readonly key: string } | { readonly reason: OmittedEntry['reason'] };

const writeLine = (entry: StationEntry, { timeZone, kind }: WriteSettings): Line => {
  const notation = notationOf(entry.quantity, kind);
  if (notation === undefined) return { reason: 'no-symbol' };
  const stamp = stampOf(entry.measuredAt, timeZone);
  if (stamp === undefined) return { reason: 'no-instant' };
  const value = entry.value === null ? '' : writeLoggerNumber(entry.value);
  if (value === undefined) return { reason: 'no-number' };
  const { symbol, unit } = notation;
  return {
    text: `${[symbol, value, unit, stamp, codeOfStatus(entry.status)].join('\t')}\r\n`,
    key: `${symbol} ${stamp}`,
  };
};

/**
 * Writes a station file of Thông tư 10/2021/TT-BTNMT, entries in the order given, in the circular's symbols and units, instants cut to the
 * second. Reading it and writing what was read gives the same bytes. A missing value is an empty field.
 * @throws RangeError when the station's codes or the file's instant cannot stand in a name, or for an unknown zone.
 */
export const writeStationFile = (
  station: StationFileName,
  entries: readonly StationEntry[],
  settings: WriteSettings,
): WrittenStationFile => {
  const written = new Set<string>();
  const lines: string[] = [];
  const omitted: OmittedEntry[] = [];
  for (const entry of entries) {
    const line = writeLine(entry, settings);
    if ('reason' in line) {
      omitted.push({ entry, reason: line.reason });
    } else if (written.has(line.key)) {
      omitted.push({ entry, reason: 'same-second' });
    } else {
      written.add(line.key);
      lines.push(line.text);
    }
  }
  return { name: stationFileName(station, settings.timeZone), text: lines.join(''), omitted };
};
