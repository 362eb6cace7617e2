import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Registry } from '../../shared/city/registry.ts';
import type { Quantity } from '../../shared/telemetry/quantity.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import type { ReadingStore } from '../../shared/telemetry/reading-store.ts';
import { filesOfReadings } from '../../shared/telemetry/station-files/files-of-readings.ts';
import { quantitiesOfKind } from '../../shared/telemetry/station-files/symbols.ts';
import type { OmittedEntry } from '../../shared/telemetry/station-files/write-station-file.ts';
import type { ExportOptions } from './options.ts';

export type ExportSummary = {
  readonly files: number;
  readonly readings: number;
  readonly omitted: readonly OmittedEntry[];
};

type Parts = { readonly registry: Registry; readonly readings: ReadingStore; readonly timeZone: string };

/** A day at a time, so that years do not lie in memory. */
const PORTION_MS = 86_400_000;
const PAGE = 5_000;

const seriesOf = async (
  store: ReadingStore,
  query: { readonly sensorId: string; readonly quantity: Quantity; readonly from: number; readonly to: number },
): Promise<readonly Reading[]> => {
  const found: Reading[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.series({ ...query, limit: PAGE, ...(cursor !== undefined && { cursor }) });
    found.push(...page.readings);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
};

/** Whole or not at all: whoever forwards the folder must not pick up half a file. */
const writeWhole = async (path: string, text: string): Promise<void> => {
  await writeFile(`${path}.partial`, text);
  await rename(`${path}.partial`, path);
};

/**
 * Writes the files of a station and a time.
 * @throws Error when there is no such station, or it has no file code.
 */
export const exportStation = async (
  { registry, readings, timeZone }: Parts,
  { station: id, from, to, out, period }: Omit<ExportOptions, 'cloud'>,
): Promise<ExportSummary> => {
  const station = await registry.get('station', id);
  if (station === undefined) throw new Error(`There is no station ${id}`);
  if (station.fileCode === undefined)
    throw new Error(`${id} has no file code: npm run station -- add ${id} --code ...`);
  const [province = '', facility = '', code = ''] = station.fileCode.split('_');
  const sensors = (await registry.list('sensor')).filter(({ siteId }) => siteId === id);
  await mkdir(out, { recursive: true });
  const omitted: OmittedEntry[] = [];
  const count = { files: 0, readings: 0 };
  // Portions end when hours do, so that no hour is written twice, each time by half. Hours hold their end, not their start.
  for (let start = from; start < to; ) {
    const end = Math.min(to, (Math.floor(start / PORTION_MS) + 1) * PORTION_MS + 1_000);
    const found: Reading[] = [];
    for (const { id: sensorId } of sensors) {
      for (const quantity of quantitiesOfKind(station.kind)) {
        found.push(...(await seriesOf(readings, { sensorId, quantity, from: start, to: end })));
      }
    }
    const written = filesOfReadings({ province, facility, station: code }, found, {
      timeZone,
      kind: station.kind,
      period,
    });
    for (const { name, text } of written.files) await writeWhole(join(out, name), text);
    omitted.push(...written.omitted);
    count.files += written.files.length;
    count.readings += found.length;
    start = end;
  }
  return { ...count, omitted };
};
