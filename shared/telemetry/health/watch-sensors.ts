import type { Sensor } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import type { SensorStateStore } from '../sensor-state.ts';
import { checkSensor, leaveSensor } from './check-sensor.ts';
import type { HealthEvent, HealthProblemKind, SensorHealthStore } from './sensor-health.ts';

export type WatchRequest = {
  /** The instant of the run, UTC epoch milliseconds. */
  readonly at: number;
  readonly registry: Pick<Registry, 'list'>;
  readonly sensorStates: Pick<SensorStateStore, 'list'>;
  readonly sensorHealth: SensorHealthStore;
};

export type WatchSummary = {
  readonly sensors: number;
  /** Problems open after this run. */
  readonly open: Readonly<Record<HealthProblemKind, number>>;
  readonly opened: number;
  readonly closed: number;
  /** What was opened or closed now, for the log. */
  readonly events: readonly HealthEvent[];
};

/** What lies in the workshop or was retired is not missed. */
const isInUse = ({ status, siteId }: Sensor): boolean => status === 'active' && siteId !== undefined;

/** Checks every sensor in use: each problem is raised once, when it begins, and closed once, when it is over. */
export const watchSensors = async ({
  at,
  registry,
  sensorStates,
  sensorHealth,
}: WatchRequest): Promise<WatchSummary> => {
  const [sensors, states, known] = await Promise.all([
    registry.list('sensor'),
    sensorStates.list(),
    sensorHealth.list(),
  ]);
  const inUse = sensors.filter(isInUse);
  const stateOf = new Map(states.map((state) => [state.sensorId, state]));
  const healthOf = new Map(known.map((health) => [health.sensorId, health]));
  const checks = inUse.map((sensor) => checkSensor(sensor, stateOf.get(sensor.id), healthOf.get(sensor.id), at));
  const ids = new Set(inUse.map(({ id }) => id));
  const left = known.filter(({ sensorId }) => !ids.has(sensorId));
  const events = [...checks.flatMap((check) => check.events), ...left.flatMap((health) => leaveSensor(health, at))];
  await sensorHealth.record({
    events,
    put: checks.map(({ health }) => health).filter((health) => health !== healthOf.get(health.sensorId)),
    remove: left.map(({ sensorId }) => sensorId),
  });
  const open = { silent: 0, battery: 0, clock: 0 };
  for (const { health } of checks) for (const { kind } of health.problems) open[kind] += 1;
  const opened = events.filter(({ event }) => event === 'opened').length;
  return { sensors: inUse.length, open, opened, closed: events.length - opened, events };
};
