import { STATION_FILES_PREFIX, type StationFilePut, stationFileEvent } from '../../../events/station-file-event.ts';
import type { Sensor, Station } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import { stationCodeSchema } from '../../city/station-class.ts';
import type { LateDataStore } from '../late-data.ts';
import { appendAssessed } from '../quality-control/append-assessed.ts';
import { type Suspect, suspectAlarms } from '../quality-control/suspect-alarms.ts';
import type { Reading } from '../reading.ts';
import type { AppendOutcome, ReadingStore } from '../reading-store.ts';
import { accept, quote, type RefusedQueue, type Result, refuse } from '../refusal.ts';
import type { SensorStateStore } from '../sensor-state.ts';
import { linesOf } from './lines.ts';
import type { StationReading } from './read-line.ts';
import { MAX_FILE_BYTES, readStationFile } from './read-station-file.ts';
import { type LineRefusal, refusedLetters } from './refused-letters.ts';
import type { StationFileRecord, StationFileRecords } from './station-file-record.ts';
import type { StationFileSource } from './station-file-source.ts';
import { readStationName } from './station-name.ts';

export type StationFilePorts = {
  /** Nobody looks for alarms when absent. */
  readonly suspect?: Suspect;
  readonly cityId: string;
  readonly registry: Registry;
  readonly readings: ReadingStore;
  readonly sensorStates: SensorStateStore;
  readonly files: StationFileSource;
  readonly stationFiles: StationFileRecords;
  readonly refused: RefusedQueue;
  /** Hears of readings that the hourly evaluation no longer looks at. */
  readonly lateData?: Pick<LateDataStore, 'note'>;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

/** What became of one file. */
export type StationFileOutcome = Omit<StationFileRecord, 'fileCode'> & {
  readonly key: string;
  /** Absent when the file was refused before it was known whose it is. */
  readonly fileCode?: string;
  /** Every refused line, in the order of the file. */
  readonly refusals: readonly LineRefusal[];
};

type Owner = { readonly fileCode: string; readonly sensor: Sensor; readonly station: Station };

/** `incoming/<code>/…/<name>`: whoever wrote into a folder could prove to be that station, its name alone proves nothing. */
const folderOf = (key: string): string | undefined => {
  const [folder, ...rest] = key.startsWith(STATION_FILES_PREFIX)
    ? key.slice(STATION_FILES_PREFIX.length).split('/')
    : [];
  return rest.length > 0 ? folder?.toUpperCase() : undefined;
};

const claimedCode = (key: string, timeZone: string): Result<string> => {
  const named = readStationName(key, timeZone);
  if (!named.ok) return named;
  const { province, facility, station } = named.value;
  const fileCode = `${province}_${facility}_${station}`.toUpperCase();
  const folder = folderOf(key);
  if (folder === fileCode) return accept(fileCode);
  const where = folder === undefined ? 'lies in no station’s folder' : `lies in the folder of ${quote(folder)}`;
  return refuse('identity-mismatch', `${where}, but its name says ${quote(fileCode)}`);
};

const findOwner = async (registry: Registry, fileCode: string): Promise<Result<Owner>> => {
  const unknown = (why: string) => refuse('unknown-station', `${quote(fileCode)} ${why}`);
  if (!stationCodeSchema.safeParse(fileCode).success) return unknown('cannot be the code of a station');
  const sensor = await registry.get('sensor', fileCode);
  const station = sensor?.siteId === undefined ? undefined : await registry.get('station', sensor.siteId);
  if (sensor === undefined || station?.fileCode !== fileCode) return unknown('is no registered station');
  return sensor.status === 'retired' ? unknown('is retired') : accept({ fileCode, sensor, station });
};

const refusalCodeOf = { 'clock-ahead': 'clock-ahead', 'too-old': 'too-old', other: 'rejected-by-store' } as const;

const noReadings = { stored: 0, unchanged: 0, corrected: 0, superseded: 0 };

type Kept = Pick<StationFileOutcome, 'lines' | 'readings' | 'refusals'>;

const storeReadings = async (
  ports: StationFilePorts,
  sensor: Sensor,
  receivedAt: number,
  lines: readonly StationReading[],
): Promise<readonly AppendOutcome[]> => {
  if (lines.length === 0) return [];
  const readings = lines.map(
    ({ quantity, value, measuredAt, quality }): Reading => ({
      sensorId: sensor.id,
      quantity,
      value,
      measuredAt,
      receivedAt,
      quality,
    }),
  );
  const { outcomes, assessed } = await appendAssessed(ports, [{ sensor, readings }]);
  await suspectAlarms(ports.suspect, [sensor], assessed);
  return outcomes;
};

const keep = async (
  ports: StationFilePorts,
  { sensor, station }: Owner,
  put: StationFilePut,
  timeZone: string,
): Promise<Result<Kept>> => {
  const found = await ports.files.read(put, MAX_FILE_BYTES);
  if (found.status === 'absent') return refuse('no-such-file', 'the file was gone when its turn came');
  if (found.status === 'too-large')
    return refuse('payload-too-large', `${found.size} bytes, at most ${MAX_FILE_BYTES} are taken`);
  const file = readStationFile(put.key, found.bytes, { timeZone, kind: station.kind, receivedAt: put.putAt });
  if (!file.ok) return file;
  const { lines, readings: taken, refused } = file.value;
  if (lines === 0) return refuse('empty-file', 'the file holds no line');

  const readings = { ...noReadings };
  const refusals = refused.map(({ fault, ...line }): LineRefusal => ({ ...line, code: fault }));
  const texts = rawLines(found.bytes);
  for (const [index, outcome] of (await storeReadings(ports, sensor, put.putAt, taken)).entries()) {
    const line = taken[index]?.line ?? 0;
    if (outcome.status !== 'rejected') readings[outcome.status] += 1;
    else refusals.push({ line, ...texts(line), code: refusalCodeOf[outcome.code], reason: outcome.reason });
  }
  return accept({ lines, readings, refusals: refusals.sort((a, b) => a.line - b.line) });
};

/** A line by its number, looked for only when the store refuses one. */
const rawLines = (bytes: Uint8Array) => {
  let byNumber: ReadonlyMap<number, Pick<LineRefusal, 'raw' | 'byteOffset'>> | undefined;
  return (line: number): Pick<LineRefusal, 'raw' | 'byteOffset'> => {
    byNumber ??= new Map(
      [...linesOf(bytes)].map(({ number, text, byteOffset }) => [number, { raw: text, byteOffset }]),
    );
    return byNumber.get(line) ?? { raw: '', byteOffset: 0 };
  };
};

const countByCode = (refusals: readonly LineRefusal[]): StationFileRecord['refused'] =>
  Object.fromEntries([...Map.groupBy(refusals, ({ code }) => code)].map(([code, lines]) => [code, lines.length]));

const tell = async (ports: StationFilePorts, put: StationFilePut, outcome: StationFileOutcome): Promise<void> => {
  const common = { refusedAt: ports.clock(), body: stationFileEvent(put), file: put.key };
  const { refusal } = outcome;
  const letters = refusal === undefined ? refusedLetters(outcome.refusals, common) : [{ ...common, ...refusal }];
  if (letters.length > 0) {
    const [notTaken] = await ports.refused.send(letters);
    if (notTaken !== undefined)
      throw new Error('Refused lines did not reach the dead letters', { cause: notTaken.error });
  }
  const { fileCode, key: _, refusals: __, ...record } = outcome;
  if (fileCode !== undefined) await ports.stationFiles.put({ fileCode, ...record });
};

/**
 * Takes one station file: every line that holds anything becomes a stored reading of the station's sensor, or is refused with its text
 * and reason in the dead-letter queue. Then the file's record is kept. Doing it again changes nothing but that record.
 * @throws whatever keeps it from being done now; nothing is acknowledged then, and the file comes again.
 */
export const ingestStationFile = async (ports: StationFilePorts, put: StationFilePut): Promise<StationFileOutcome> => {
  const city = await ports.registry.get('city', ports.cityId);
  if (city === undefined) throw new Error(`The registry has no city ${ports.cityId}, whose clock the loggers go by`);
  const code = claimedCode(put.key, city.timeZone);
  const owner = code.ok ? await findOwner(ports.registry, code.value) : code;
  const kept = owner.ok ? await keep(ports, owner.value, put, city.timeZone) : owner;
  const common = {
    key: put.key,
    file: put.key.split('/').at(-1) ?? put.key,
    receivedAt: put.putAt,
    ...(owner.ok && { fileCode: owner.value.fileCode }),
  };
  const outcome: StationFileOutcome = kept.ok
    ? { ...common, ...kept.value, refusedLines: kept.value.refusals.length, refused: countByCode(kept.value.refusals) }
    : {
        ...common,
        lines: 0,
        readings: noReadings,
        refusedLines: 0,
        refused: {},
        refusal: { code: kept.code, reason: kept.reason },
        refusals: [],
      };
  await tell(ports, put, outcome);
  return outcome;
};
