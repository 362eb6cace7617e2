import type { Reading } from '../reading.ts';
import { statusOfQuality } from './device-status.ts';
import type { StationCode } from './station-name.ts';
import {
  type OmittedEntry,
  type StationEntry,
  type WriteSettings,
  type WrittenStationFile,
  writeStationFile,
} from './write-station-file.ts';

/** One file for each instant of measurement, or for each hour with all that was measured in it; an hour is named by its end. */
export type FilePeriod = 'instant' | 'hour';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

const endOf = (measuredAt: number, period: FilePeriod): number => {
  // A file tells seconds: what was measured within one is one instant to it.
  const second = Math.floor(measuredAt / SECOND_MS) * SECOND_MS;
  return period === 'instant' ? second : Math.ceil(second / HOUR_MS) * HOUR_MS;
};

/** A missing value stays one: an empty field. Of our own tests the format knows nothing (`statusOfQuality`). */
const entryOf = ({ quantity, value, measuredAt, quality }: Reading): StationEntry => ({
  quantity,
  value,
  measuredAt,
  status: statusOfQuality(quality),
});

const inOrder = (a: Reading, b: Reading): number =>
  a.measuredAt - b.measuredAt || (a.quantity < b.quantity ? -1 : Number(a.quantity > b.quantity));

/**
 * The files of Thông tư 10/2021 that say what a station's stored readings say, oldest first; lines by instant, then by quantity.
 * Readings of a quantity that the circular has no symbol for at this kind of station are omitted, and each file tells which. A period
 * of which nothing can be written has no file; `omitted` tells those, too.
 * @throws RangeError for an unknown zone, or when the code cannot stand in a file's name.
 */
export const filesOfReadings = (
  station: StationCode,
  readings: readonly Reading[],
  { period, ...settings }: WriteSettings & { readonly period: FilePeriod },
): { readonly files: readonly WrittenStationFile[]; readonly omitted: readonly OmittedEntry[] } => {
  const sorted = [...readings].sort(inOrder);
  const groups = Map.groupBy(sorted, ({ measuredAt }) => endOf(measuredAt, period));
  const written = [...groups].map(([at, group]) => writeStationFile({ ...station, at }, group.map(entryOf), settings));
  return { files: written.filter(({ text }) => text !== ''), omitted: written.flatMap((file) => file.omitted) };
};
