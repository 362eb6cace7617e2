import * as z from 'zod';
import { type Sensor, sensorSchema } from '../../shared/city/entities.ts';
import { json } from '../../shared/lambda/answer.ts';
import { instantSchema, isoInstantOrNull } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import type { SensorState } from '../../shared/telemetry/sensor-state.ts';
import type { OperationsParts } from './parts.ts';

const sensorAnswer = sensorSchema
  .extend({ lastReceivedAt: instantSchema.nullable() })
  .meta({ id: 'Sensor', description: 'A sensor; `lastReceivedAt` is null when it was never heard' });

const sensorsAnswer = z.object({ sensors: z.array(sensorAnswer) }).meta({ id: 'Sensors' });

/** Sensors in use, by the bin or station they observe. */
export const sensorsBySite = (sensors: readonly Sensor[]): ReadonlyMap<string, readonly Sensor[]> =>
  Map.groupBy(
    sensors.filter((sensor) => sensor.status === 'active' && sensor.siteId !== undefined),
    (sensor) => sensor.siteId ?? '',
  );

export const byId = (states: readonly SensorState[]): ReadonlyMap<string, SensorState> =>
  new Map(states.map((state) => [state.sensorId, state]));

export const listSensors = ({ registry, sensorStates }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/sensors',
    operationId: 'listSensors',
    summary: 'Every sensor, and when it was last heard',
    responses: { 200: { description: 'The sensors, by id', content: { 'application/json': sensorsAnswer } } },
    handle: async () => {
      const [sensors, states] = await Promise.all([registry.list('sensor'), sensorStates.list()]);
      const stateOf = byId(states);
      return json(sensorsAnswer, {
        sensors: sensors.map((sensor) => ({
          ...sensor,
          lastReceivedAt: isoInstantOrNull(stateOf.get(sensor.id)?.lastReceivedAt),
        })),
      });
    },
  });
