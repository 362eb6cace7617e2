import type { Sensor } from '../../city/entities.ts';
import type { Reading } from '../reading.ts';
import type { SensorState } from '../sensor-state.ts';
import { withBatterySample } from './battery-trend.ts';
import { type Finding, findBattery, findClock, findSilence } from './findings.ts';
import { type HealthLimits, limitsOf } from './limits.ts';
import {
  type HealthEvent,
  type HealthProblem,
  type HealthProblemKind,
  healthProblemKinds,
  type SensorHealth,
} from './sensor-health.ts';

const HOUR_MS = 3_600_000;
const MAX_LAGS = 12;

/** How long a problem must look mended before it is closed: what comes and goes stays one problem. */
const settleMs = (kind: HealthProblemKind, limits: HealthLimits): number =>
  ({ silent: limits.silentAfterSeconds * 1_000, battery: 24 * HOUR_MS, clock: 6 * HOUR_MS })[kind];

const newestOf = (state: SensorState | undefined): Reading | undefined =>
  Object.values(state?.latest ?? {}).reduce<Reading | undefined>(
    (newest, reading) => (newest === undefined || reading.measuredAt > newest.measuredAt ? reading : newest),
    undefined,
  );

const batterySample = ({ battery, batteryVoltage }: SensorState['latest']) => {
  const reading = battery?.value == null ? batteryVoltage : battery;
  if (reading === undefined || reading.value === null || reading.quality.flag === 4) return undefined;
  return { unit: reading === battery ? ('%' as const) : ('V' as const), at: reading.measuredAt, value: reading.value };
};

/** What is known of the sensor after this check, before problems are judged. */
const observe = (known: SensorHealth | undefined, sensorId: string, state: SensorState | undefined, at: number) => {
  const before: SensorHealth = known ?? {
    sensorId,
    watchedSince: at,
    checkedAt: at,
    lastReceivedAt: null,
    lagsMs: [],
    lagSampledAt: null,
    batterySamples: [],
    problems: [],
  };
  const newest = newestOf(state);
  const isNew = newest !== undefined && newest.receivedAt > (before.lagSampledAt ?? 0);
  const sample = state && batterySample(state.latest);
  return {
    ...before,
    checkedAt: at,
    lastReceivedAt: state?.lastReceivedAt ?? null,
    ...(isNew && {
      lagsMs: [...before.lagsMs, newest.receivedAt - newest.measuredAt].slice(-MAX_LAGS),
      lagSampledAt: newest.receivedAt,
    }),
    ...(sample && { batterySamples: [...withBatterySample(before.batterySamples, sample)] }),
  };
};

type Step = { readonly problem?: HealthProblem; readonly event?: 'opened' | 'closed' };

/** One kind of problem, one check further. */
const step = (
  kind: HealthProblemKind,
  open: HealthProblem | undefined,
  finding: Finding,
  at: number,
  settle: number,
): Step => {
  if (finding.status === 'ill') {
    const { since, reason } = finding;
    if (open === undefined) return { problem: { kind, since, openedAt: at, reason }, event: 'opened' };
    return { problem: { kind, since: open.since, openedAt: open.openedAt, reason } };
  }
  if (open === undefined) return {};
  const { wellSince, ...rest } = open;
  if (finding.status === 'undecided') return { problem: rest };
  if (at - (wellSince ?? at) >= settle) return { problem: open, event: 'closed' };
  return { problem: { ...rest, wellSince: wellSince ?? at } };
};

const eventOf = (sensorId: string, problem: HealthProblem, event: 'opened' | 'closed', at: number): HealthEvent => ({
  sensorId,
  kind: problem.kind,
  event,
  at,
  openedAt: problem.openedAt,
  since: problem.since,
  reason: problem.reason,
  ...(event === 'closed' && { closedBecause: 'mended' as const }),
});

export type HealthCheck = { readonly health: SensorHealth; readonly events: readonly HealthEvent[] };

/**
 * Looks at one sensor at an instant (UTC epoch milliseconds). A problem is opened once, stays open while it lasts, may change its reason, and
 * is closed once it has looked mended at every check for long enough. A check that is no later than the last one changes nothing. Pure.
 */
export const checkSensor = (
  sensor: Pick<Sensor, 'id' | 'intervalSeconds' | 'health'>,
  state: SensorState | undefined,
  known: SensorHealth | undefined,
  at: number,
): HealthCheck => {
  if (known !== undefined && at <= known.checkedAt) return { health: known, events: [] };
  const limits = limitsOf(sensor);
  const seen = observe(known, sensor.id, state, at);
  const findings: Readonly<Record<HealthProblemKind, Finding>> = {
    silent: findSilence(seen, limits, at),
    battery: findBattery(state, seen, limits, at),
    clock: findClock(seen, limits, at),
  };
  const problems: HealthProblem[] = [];
  const events: HealthEvent[] = [];
  for (const kind of healthProblemKinds) {
    const open = seen.problems.find((problem) => problem.kind === kind);
    const { problem, event } = step(kind, open, findings[kind], at, settleMs(kind, limits));
    if (problem !== undefined && event !== 'closed') problems.push(problem);
    if (problem !== undefined && event !== undefined) events.push(eventOf(sensor.id, problem, event, at));
  }
  return { health: { ...seen, problems }, events };
};

/** The end of watching a sensor that was retired or taken to the workshop. */
export const leaveSensor = ({ sensorId, problems }: SensorHealth, at: number): readonly HealthEvent[] =>
  problems.map((problem) => ({ ...eventOf(sensorId, problem, 'closed', at), closedBecause: 'out-of-use' }));
