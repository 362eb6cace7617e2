import { utcOffsetMinutes } from '../../city/calendar.ts';
import { type Sensor, type Station, sensorSchema } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import { stationSeriesId } from '../../telemetry/derived-quantities.ts';
import { type LateDataStore, noteLateReadings } from '../../telemetry/late-data.ts';
import type { Reading } from '../../telemetry/reading.ts';
import type { ReadingStore } from '../../telemetry/reading-store.ts';
import type { SensorStateStore } from '../../telemetry/sensor-state.ts';
import { COMPLETENESS_TEST, derivedReading } from '../derived-series.ts';
import type { IndexResult } from '../indices/index-result.ts';
import { type LaboratorySample, type LaboratorySampleStore, laboratorySensorId, saysTheSameResults } from './sample.ts';
import { indexOfSample } from './sample-index.ts';

export type LaboratoryPorts = {
  readonly cityId: string;
  readonly registry: Registry;
  readonly readings: Pick<ReadingStore, 'append' | 'buckets'>;
  readonly sensorStates: Pick<SensorStateStore, 'record'>;
  readonly laboratorySamples: LaboratorySampleStore;
  readonly lateData?: Pick<LateDataStore, 'note'>;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

/** A sample as it is asked to be entered; its version is worked out here. */
export type SampleEntry = Omit<LaboratorySample, 'version' | 'enteredAt'>;

export type EntryOutcome =
  | {
      readonly ok: true;
      readonly status: 'entered' | 'corrected' | 'unchanged';
      readonly sample: LaboratorySample;
      readonly index: IndexResult;
    }
  | {
      readonly ok: false;
      readonly code:
        | 'no-such-station'
        | 'not-water'
        | 'sampled-ahead'
        | 'already-entered'
        | 'nothing-to-correct'
        | 'refused-by-store';
      readonly field: 'stationId' | 'sampledAt' | 'correction';
      readonly reason: string;
    };

type Refused = Extract<EntryOutcome, { ok: false }>;

const refuse = (code: Refused['code'], field: Refused['field'], reason: string): Refused => ({
  ok: false,
  code,
  field,
  reason,
});

/** Clocks of laboratories and ours may differ by so much. */
const AHEAD_MS = 15 * 60_000;
const LAB_INTERVAL_SECONDS = 604_800;
const YEAR_SECONDS = 31_536_000;

/** The sensor that keeps a station's results. It is never silent, for nobody knows when the next sample comes. */
const laboratorySensor = async (registry: Registry, { id }: Station): Promise<Sensor> => {
  const sensorId = laboratorySensorId(id);
  const known = await registry.get('sensor', sensorId);
  if (known?.siteId === id) return known;
  const sensor = sensorSchema.parse({
    id: sensorId,
    kind: 'water',
    siteId: id,
    intervalSeconds: LAB_INTERVAL_SECONDS,
    health: { silentAfterSeconds: YEAR_SECONDS, clockBehindSeconds: YEAR_SECONDS },
  });
  await registry.put('sensor', sensor);
  return sensor;
};

/**
 * A result as a reading. What is below detection is the detection limit with the flag `suspect`, for it is the most that there can be and no
 * measurement: no mean and no limit counts it, the index knows it by its test.
 */
const readingsOf = (
  sensor: Sensor,
  sample: LaboratorySample,
  before: LaboratorySample | undefined,
): readonly Reading[] => {
  const { sampledAt: measuredAt, enteredAt: receivedAt, results } = sample;
  const common = { sensorId: sensor.id, measuredAt, receivedAt };
  const withdrawn = (before?.results ?? []).filter(
    ({ quantity }) => !results.some((result) => result.quantity === quantity),
  );
  return [
    ...results.map(({ quantity, qualifier, value }): Reading => {
      const quality =
        qualifier === '<'
          ? ({ flag: 3, test: 'below-detection' } as const)
          : ({ flag: 1, test: 'laboratory' } as const);
      return { ...common, quantity, value, quality };
    }),
    ...withdrawn.map(
      ({ quantity }): Reading => ({ ...common, quantity, value: null, quality: { flag: 9, test: 'withdrawn' } }),
    ),
  ];
};

const checkStation = async (
  { registry, clock }: LaboratoryPorts,
  { stationId, sampledAt }: SampleEntry,
): Promise<Station | Refused> => {
  const station = await registry.get('station', stationId);
  if (station === undefined) return refuse('no-such-station', 'stationId', `There is no station ${stationId}`);
  if (station.kind !== 'water')
    return refuse('not-water', 'stationId', `${stationId} is a station of air: samples are of water`);
  if (sampledAt > clock() + AHEAD_MS) return refuse('sampled-ahead', 'sampledAt', 'lies in the future');
  return station;
};

type Settled = {
  readonly status: 'entered' | 'corrected' | 'unchanged';
  readonly sample: LaboratorySample;
  readonly before?: LaboratorySample;
};

/** Which version this is, and whether it may be. */
const settleVersion = async (
  { laboratorySamples, clock }: LaboratoryPorts,
  entry: SampleEntry,
): Promise<Settled | Refused> => {
  const versions = await laboratorySamples.versions(entry.stationId, entry.sampledAt);
  const last = versions.at(-1);
  const previous = versions.at(-2);
  const candidate: LaboratorySample = { ...entry, version: (last?.version ?? 0) + 1, enteredAt: clock() };
  if (last !== undefined && saysTheSameResults(last, candidate)) {
    return { status: 'unchanged', sample: last, ...(previous && { before: previous }) };
  }
  if (last === undefined && entry.correctionReason !== undefined) {
    return refuse('nothing-to-correct', 'correction', 'No sample of this station and time was entered before');
  }
  if (last !== undefined && entry.correctionReason === undefined) {
    const by = `${last.enteredBy} entered it at ${new Date(last.enteredAt).toISOString()}`;
    return refuse(
      'already-entered',
      'sampledAt',
      `This sample is there with other results (${by}): to correct it, say why`,
    );
  }
  return { status: last === undefined ? 'entered' : 'corrected', sample: candidate, ...(last && { before: last }) };
};

/**
 * Keeps a sample: its record with who entered it and when, its results as readings of the station's laboratory sensor, and its VN_WQI (or why
 * there is none) in the station's series. Doing it again changes nothing. A correction needs its reason, and the earlier version stays, in the record
 * and among the versions of the readings.
 * @throws StoreUnavailableError when a store cannot take it now: entering it again completes it.
 */
export const enterSample = async (ports: LaboratoryPorts, entry: SampleEntry): Promise<EntryOutcome> => {
  const { registry, readings, laboratorySamples, cityId } = ports;
  const station = await checkStation(ports, entry);
  if ('ok' in station) return station;
  const settled = await settleVersion(ports, entry);
  if ('ok' in settled) return settled;
  const { status, sample, before } = settled;
  if (status !== 'unchanged' && !(await laboratorySamples.put(sample))) {
    return refuse('already-entered', 'sampledAt', 'Somebody else has just entered this sample: look at it first');
  }
  const sensor = await laboratorySensor(registry, station);
  const own = readingsOf(sensor, sample, before);
  const outcomes = await readings.append(own);
  const rejected = outcomes.find((outcome) => outcome.status === 'rejected');
  if (rejected?.status === 'rejected') return refuse('refused-by-store', 'sampledAt', rejected.reason);
  await ports.sensorStates.record(own);
  if (ports.lateData !== undefined) await noteLateReadings(ports.lateData, own, ports.clock());

  const city = await registry.get('city', cityId);
  if (city === undefined) throw new Error(`City ${cityId} is not in the registry`);
  const sensors = (await registry.list('sensor')).filter(({ siteId }) => siteId === station.id);
  const offset = utcOffsetMinutes(city.timeZone, sample.sampledAt);
  const index = await indexOfSample({ station, sensors, readings, utcOffsetMinutes: offset }, sample);
  const series = { sensorId: stationSeriesId(station.id), quantity: 'vnWqi' } as const;
  const at = { endsAt: sample.sampledAt, now: sample.enteredAt };
  const told = index.status === 'computed' ? { value: index.value, test: COMPLETENESS_TEST } : { reason: index.reason };
  await readings.append([derivedReading(series, at, told)]);
  return { ok: true, status, sample, index };
};
