import type { Sensor } from '../../city/entities.ts';
import { type LateDataStore, noteLateReadings } from '../late-data.ts';
import { type Reading, readingKey, saysTheSame } from '../reading.ts';
import { type AppendOutcome, type ReadingStore, StoreUnavailableError } from '../reading-store.ts';
import { advance, type SensorState, type SensorStateStore, type VersionedState } from '../sensor-state.ts';
import { assessSensor, type SensorAssessment } from './assess-sensor.ts';
import { storedQualities } from './stored-qualities.ts';

/** What one sensor sent in one message, as `assess` left it: the quality tests are still to come. */
export type SensorReadings = { readonly sensor: Sensor; readonly readings: readonly Reading[] };

export type QualityPorts = {
  readonly readings: ReadingStore;
  readonly sensorStates: SensorStateStore;
  /** Hears of air and water readings that the hourly evaluation no longer looks at. */
  readonly lateData?: Pick<LateDataStore, 'note'>;
  /** UTC epoch milliseconds. */
  readonly clock?: () => number;
};

export type AssessedOutcome = {
  /** One for each reading, message by message, in their order. */
  readonly outcomes: readonly AppendOutcome[];
  /** Readings of earlier messages of which something worse is known now. */
  readonly revised: number;
  /** The readings as they were stored, with the worst of their flags. */
  readonly assessed: readonly Reading[];
};

/** Writers that race for one sensor's state try again so often. */
const CONFLICT_ATTEMPTS = 12;

/** A reading and its place among all that were given. */
type Placed = { readonly index: number; readonly reading: Reading };

/** All that one call has for one sensor. */
type Work = { readonly sensor: Sensor; readonly placed: readonly Placed[] };

/** One sensor's readings as they are to be stored, with the state to be written behind them. */
type Assessed = SensorAssessment & { readonly work: Work; readonly known: VersionedState };

const workOf = (messages: readonly SensorReadings[]): readonly Work[] => {
  const bySensor = new Map<string, { readonly sensor: Sensor; readonly placed: Placed[] }>();
  let index = 0;
  for (const { sensor, readings } of messages) {
    const work = bySensor.get(sensor.id) ?? { sensor, placed: [] };
    bySensor.set(sensor.id, work);
    for (const reading of readings) work.placed.push({ index: index++, reading });
  }
  for (const { placed } of bySensor.values()) {
    placed.sort(({ reading: a }, { reading: b }) => a.measuredAt - b.measuredAt || a.receivedAt - b.receivedAt);
  }
  return [...bySensor.values()];
};

const assessAll = async ({ readings, sensorStates }: QualityPorts, works: readonly Work[]): Promise<Assessed[]> => {
  const known = await sensorStates.read(works.map(({ sensor }) => sensor.id));
  const assessed = works.map((work, place): Assessed => {
    const state = known[place] ?? { sensorId: work.sensor.id, version: 0 };
    const given = work.placed.map(({ reading }) => reading);
    return { work, known: state, ...assessSensor(work.sensor, state.state, given) };
  });
  const late = assessed.flatMap((one) => one.late.flatMap((place) => one.readings[place] ?? []));
  if (late.length === 0) return assessed;
  const states = new Map<string, SensorState | undefined>(known.map(({ sensorId, state }) => [sensorId, state]));
  const stored = await storedQualities(readings, late, (sensorId) => states.get(sensorId));
  return assessed.map((one) => ({
    ...one,
    readings: one.readings.map((reading) => {
      const quality = stored.get(readingKey(reading));
      return quality === undefined ? reading : { ...reading, quality };
    }),
  }));
};

/** What an attempt before this one stored, and would now be said otherwise, is corrected: later than itself. */
const restated = (reading: Reading, told: Reading | undefined): Reading =>
  told !== undefined && told.value === reading.value && !saysTheSame(told, reading)
    ? { ...reading, receivedAt: told.receivedAt + 1 }
    : reading;

const nextState = ({ known, readings, revised, quality }: Assessed, taken: (place: number) => boolean) => {
  const next = advance(
    known.state,
    readings.filter((_, place) => taken(place)),
  );
  if (next === undefined) return undefined;
  const latest = { ...next.latest };
  for (const reading of revised) {
    const { quantity, measuredAt } = reading;
    if (latest[quantity]?.measuredAt === measuredAt) latest[quantity] = reading;
  }
  return { ...next, latest, quality };
};

/** Behind the readings, for whoever takes the note must find them; before anything is acknowledged, so that none is forgotten. */
const noteLate = async ({ lateData, clock = Date.now }: QualityPorts, assessed: readonly Assessed[]): Promise<void> => {
  if (lateData === undefined) return;
  const evaluated = assessed.filter(({ work }) => work.sensor.kind !== 'bin');
  await noteLateReadings(
    lateData,
    evaluated.flatMap(({ readings, revised }) => [...readings, ...revised]),
    clock(),
  );
};

/**
 * Runs the quality tests over readings of any sensors and stores them: each with the worst of its flags and the test that decided, then
 * readings of earlier calls that are now known to be worse as corrections of their quality, then the sensors' states. A crash between any
 * two of these is mended by doing it all again, and a repeat changes nothing.
 * @throws StoreUnavailableError when a store cannot take them now: the caller sends all again.
 */
export const appendAssessed = async (
  ports: QualityPorts,
  messages: readonly SensorReadings[],
): Promise<AssessedOutcome> => {
  const outcomes: AppendOutcome[] = [];
  const told = new Map<string, Reading>();
  let revised = 0;
  let open = workOf(messages);
  for (let attempt = 0; open.length > 0; attempt += 1) {
    if (attempt === CONFLICT_ATTEMPTS) {
      throw new StoreUnavailableError(`The states of ${open.length} sensors are being written by too many at once`);
    }
    const assessed = await assessAll(ports, open);
    const toStore = assessed.flatMap((one) => one.readings.map((r) => restated(r, told.get(readingKey(r)))));
    const answers = await ports.readings.append(toStore);
    if (answers.length !== toStore.length) throw new Error(`${answers.length} outcomes of ${toStore.length} readings`);
    const revisions = assessed.flatMap((one) => one.revised);
    if (revisions.length > 0) await ports.readings.append(revisions);
    await noteLate(ports, assessed);
    revised += revisions.length;
    let first = 0;
    const states = assessed.flatMap((one): readonly Required<VersionedState>[] => {
      const start = first;
      first += one.readings.length;
      for (const [place, { index }] of one.work.placed.entries()) {
        const answer = answers[start + place];
        const stored = toStore[start + place];
        if (answer !== undefined) outcomes[index] ??= answer;
        if (stored !== undefined) told.set(readingKey(stored), stored);
      }
      // Also what the store knew already: an earlier delivery may have failed between the two writes.
      const state = nextState(one, (place) => answers[start + place]?.status !== 'rejected');
      return state === undefined ? [] : [{ ...one.known, state }];
    });
    const conflicts = new Set(await ports.sensorStates.write(states));
    open = conflicts.size === 0 ? [] : open.filter(({ sensor }) => conflicts.has(sensor.id));
  }
  return { outcomes, revised, assessed: [...told.values()] };
};
