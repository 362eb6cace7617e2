import * as z from 'zod';
import { type Bin, binSchema, entityIdSchema } from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';
import { json } from '../../shared/lambda/answer.ts';
import { instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import type { SensorStateStore } from '../../shared/telemetry/sensor-state.ts';
import { fillStateOf } from '../../shared/waste/fill-state.ts';
import { silentSince } from '../../shared/waste/silent-since.ts';
import { fillAnswer, fillAnswerOf } from './bin-fill.ts';
import type { OperationsParts } from './parts.ts';
import { byId, sensorsBySite } from './sensors.ts';

const binAnswer = binSchema
  .extend({ sensorIds: z.array(z.string()), fill: fillAnswer })
  .meta({ id: 'Bin', description: 'A bin with its sensors and its fill' });

const binsAnswer = z.object({ generatedAt: instantSchema, bins: z.array(binAnswer) }).meta({ id: 'Bins' });

export const binParameters = z.object({ binId: entityIdSchema.meta({ description: 'The bin’s id' }) });

/** @throws ProblemError 404 */
export const requireBin = async (registry: Registry, binId: string): Promise<Bin> => {
  const bin = await registry.get('bin', binId);
  if (bin === undefined) throw notFound(`There is no bin ${binId}`);
  return bin;
};

type Describe = (bin: Bin) => z.infer<typeof binAnswer>;

/** Reads sensors and states once, for any number of bins. */
const describeBins = async (registry: Registry, sensorStates: SensorStateStore, at: number): Promise<Describe> => {
  const [sensors, states] = await Promise.all([registry.list('sensor'), sensorStates.list()]);
  const bySite = sensorsBySite(sensors);
  const stateOf = byId(states);
  return (bin) => {
    const own = bySite.get(bin.id) ?? [];
    const sensorIds = own.map((sensor) => sensor.id);
    const observing = sensorIds.flatMap((id) => stateOf.get(id) ?? []);
    const fill = fillAnswerOf(fillStateOf(bin, observing, at));
    const since = silentSince(own, stateOf, at);
    const isOld = fill.status === 'known' && since !== undefined;
    return { ...bin, sensorIds, fill: isOld ? { ...fill, silentSince: isoInstant(since) } : fill };
  };
};

export const listBins = ({ registry, sensorStates, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/bins',
    operationId: 'listBins',
    summary: 'Every bin with its fill, as known now',
    responses: { 200: { description: 'The bins, by id', content: { 'application/json': binsAnswer } } },
    handle: async () => {
      const at = clock();
      const [bins, describe] = await Promise.all([registry.list('bin'), describeBins(registry, sensorStates, at)]);
      return json(binsAnswer, { generatedAt: isoInstant(at), bins: bins.map(describe) });
    },
  });

export const getBin = ({ registry, sensorStates, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/bins/{binId}',
    operationId: 'getBin',
    summary: 'One bin with its fill, as known now',
    pathParameters: binParameters,
    responses: { 200: { description: 'The bin', content: { 'application/json': binAnswer } } },
    handle: async ({ path: { binId } }) => {
      const bin = await requireBin(registry, binId);
      const describe = await describeBins(registry, sensorStates, clock());
      return json(binAnswer, describe(bin));
    },
  });
