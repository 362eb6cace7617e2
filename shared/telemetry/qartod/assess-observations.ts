import type { Observation } from '../observation.ts';
import type { Quantity } from '../quantity.ts';
import type { Quality } from '../reading.ts';
import { crossCheck } from './cross-check.ts';
import { isWorse, qualityOf, type TestName } from './flags.ts';
import { advanceSeries, assessAlone, assessNewestForSpike, copySeriesState, type SeriesState } from './series.ts';
import type { SensorThresholds, SeriesThresholds } from './thresholds.ts';

/** What the tests remember of one sensor: a JSON object of a few hundred bytes, to be kept beside its latest readings. */
export type QualityState = Readonly<Partial<Record<Quantity, Readonly<SeriesState>>>>;

/** An observation of an earlier call is now known to be worse than was said of it. */
export type Revision = {
  readonly quantity: Quantity;
  readonly measuredAt: number;
  readonly value: number;
  readonly quality: Quality;
};

export type Assessment = {
  /** To be kept for the next call; what was given is left as it was. */
  readonly state: QualityState;
  /** One for each observation, in their order. */
  readonly qualities: readonly Quality[];
  /** Indices of observations that were not newer than all before them of their quantity. */
  readonly late: readonly number[];
  readonly revisions: readonly Revision[];
};

/** One call while it is worked on. */
type Work = {
  readonly observations: readonly Observation[];
  readonly given: QualityState;
  readonly state: Partial<Record<Quantity, SeriesState>>;
  readonly qualities: Quality[];
  readonly late: number[];
  readonly revisions: Revision[];
  /** Where in this call the newest of a quantity stands. */
  readonly newest: Partial<Record<Quantity, number>>;
};

/** Makes what is known of the newest observation of a quantity worse, wherever it was already told. */
const revise = (work: Work, quantity: Quantity, state: SeriesState, flag: 3 | 4, test: TestName): void => {
  if (state.value === null || !isWorse(flag, state.quality.flag)) return;
  const { at, value } = state;
  const quality = qualityOf(flag, test);
  state.quality = quality;
  const first = work.newest[quantity];
  for (let index = first ?? 0; index < work.qualities.length; index += 1) {
    const told = work.observations[index];
    if (told?.quantity === quantity && told.measuredAt === at && told.value === value) work.qualities[index] = quality;
  }
  if (first === undefined) work.revisions.push({ quantity, measuredAt: at, value, quality });
};

const otherParticles: Partial<Record<Quantity, Quantity>> = { pm25: 'pm10', pm10: 'pm25' };

/** Compares the two particle sizes once both are known for an instant. */
const checkAcross = (work: Work, quantity: Quantity, state: SeriesState): void => {
  const other = otherParticles[quantity];
  if (other === undefined || state.value === null) return;
  const otherState = work.state[other];
  if (otherState === undefined || otherState.at !== state.at || otherState.value === null) return;
  const pm25 = quantity === 'pm25' ? state.value : otherState.value;
  const pm10 = quantity === 'pm25' ? otherState.value : state.value;
  if (crossCheck(pm25, pm10) !== 3) return;
  revise(work, quantity, state, 3, 'cross-check');
  const touched = otherState === work.given[other] ? copySeriesState(otherState) : otherState;
  work.state[other] = touched;
  revise(work, other, touched, 3, 'cross-check');
};

/** A replay of the newest is what it was; of anything older only what the value itself says can still be said. */
const assessLate = (
  state: SeriesState,
  { measuredAt, value, missing }: Observation,
  thresholds: SeriesThresholds,
): Quality => {
  if (value === null) return { flag: 9, test: missing ?? 'missing' };
  return measuredAt === state.at && value === state.value ? state.quality : assessAlone(value, thresholds);
};

const assessOne = (work: Work, index: number, observation: Observation, thresholdsOf: SensorThresholds): void => {
  const { quantity, measuredAt, value, missing } = observation;
  const thresholds = thresholdsOf(quantity);
  const known = work.state[quantity];
  if (known !== undefined && measuredAt <= known.at) {
    work.late.push(index);
    work.qualities.push(assessLate(known, observation, thresholds));
    return;
  }
  const mine = known !== undefined && known === work.given[quantity] ? copySeriesState(known) : known;
  if (mine !== undefined) {
    const after = value !== null && Number.isFinite(value) ? value : null;
    const flag = assessNewestForSpike(mine, after, thresholds);
    if (flag === 3 || flag === 4) revise(work, quantity, mine, flag, 'spike');
  }
  const state = advanceSeries(mine, measuredAt, value, missing, thresholds);
  work.state[quantity] = state;
  work.newest[quantity] = index;
  work.qualities.push(state.quality);
  checkAcross(work, quantity, state);
};

/**
 * Runs the QARTOD tests over a sensor's observations: gross range, rate of change, flat line, time gap, spike, and PM2.5 against PM10. A call
 * for each message with the state of the one before says the same as one call for all, once revisions are applied.
 *
 * Observations are best given in the order of time (those of one message sorted). One that is not newer than all before it of its quantity
 * is late: it changes nothing, and is assessed by its value alone, or, when it repeats the newest, as that was. The spike test of a value
 * waits for the next one; when it then finds a spike in an earlier call's observation, that is a revision. PM2.5 and PM10 are compared
 * when both are the newest of one instant; the first of them is revised too.
 *
 * A late observation that says what is stored already must not change the stored quality, which knew its neighbours.
 */
export const assessObservations = (
  given: QualityState | undefined,
  observations: readonly Observation[],
  thresholdsOf: SensorThresholds,
): Assessment => {
  const work: Work = {
    observations,
    given: given ?? {},
    state: { ...given },
    qualities: [],
    late: [],
    revisions: [],
    newest: {},
  };
  for (const [index, observation] of observations.entries()) assessOne(work, index, observation, thresholdsOf);
  const { state, qualities, late, revisions } = work;
  return { state, qualities, late, revisions };
};
