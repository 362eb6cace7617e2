import * as z from 'zod';
import { type Station, stationSchema } from '../../shared/city/entities.ts';
import { mayPublishIndex, stationClassOf, stationClassSchema } from '../../shared/city/station-class.ts';
import { json } from '../../shared/lambda/answer.ts';
import { instantSchema, isoInstant, isoInstantOrNull } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { quantities } from '../../shared/telemetry/quantity.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import type { SensorState } from '../../shared/telemetry/sensor-state.ts';
import type { OperationsParts } from './parts.ts';
import { byId, sensorsBySite } from './sensors.ts';

const latestSchema = z.object({
  sensorId: z.string(),
  quantity: z.string(),
  nameEn: z.string(),
  nameVi: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  measuredAt: instantSchema,
  flag: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(9)]),
  test: z.string(),
});

const stationAnswer = stationSchema
  .safeExtend({
    class: stationClassSchema,
    mayPublishIndex: z
      .boolean()
      .meta({ description: 'False for a reference station: concentrations yes, an index no' }),
    sensorIds: z.array(z.string()),
    lastHeardAt: instantSchema.nullable(),
    latest: z.array(latestSchema),
  })
  .meta({ id: 'Station', description: 'A station with the newest reading of each quantity' });

const stationsAnswer = z
  .object({ generatedAt: instantSchema, stations: z.array(stationAnswer) })
  .meta({ id: 'Stations' });

const latestOf = ({ sensorId, quantity, value, measuredAt, quality }: Reading): z.infer<typeof latestSchema> => {
  const { nameEn, nameVi, unit } = quantities[quantity];
  const { flag, test } = quality;
  return { sensorId, quantity, nameEn, nameVi, value, unit, measuredAt: isoInstant(measuredAt), flag, test };
};

const classOf = (station: Station) => ({
  class: stationClassOf(station),
  referenceStation: stationClassOf(station) === 'reference',
  mayPublishIndex: mayPublishIndex(station),
});

const lastHeard = (states: readonly SensorState[]): string | null =>
  isoInstantOrNull(states.length === 0 ? null : Math.max(...states.map((state) => state.lastReceivedAt)));

export const listStations = ({ registry, sensorStates, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/stations',
    operationId: 'listStations',
    summary: 'Every air and water station with its newest readings',
    responses: { 200: { description: 'The stations, by id', content: { 'application/json': stationsAnswer } } },
    handle: async () => {
      const [stations, sensors, all] = await Promise.all([
        registry.list('station'),
        registry.list('sensor'),
        sensorStates.list(),
      ]);
      const bySite = sensorsBySite(sensors);
      const stateOf = byId(all);
      return json(stationsAnswer, {
        generatedAt: isoInstant(clock()),
        stations: stations.map((station) => {
          const sensorIds = (bySite.get(station.id) ?? []).map((sensor) => sensor.id);
          const states = sensorIds.flatMap((id) => stateOf.get(id) ?? []);
          const latest = states.flatMap((state) => Object.values(state.latest)).map(latestOf);
          return { ...station, ...classOf(station), sensorIds, lastHeardAt: lastHeard(states), latest };
        }),
      });
    },
  });
