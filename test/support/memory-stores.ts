import { type EntityKind, type EntityOf, entitySchemas } from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';
import type { Exceedance, ExceedanceStore } from '../../shared/environment/exceedance.ts';
import {
  type LaboratorySample,
  type LaboratorySampleStore,
  laboratorySampleSchema,
} from '../../shared/environment/laboratory/sample.ts';
import type { HealthEvent, SensorHealth, SensorHealthStore } from '../../shared/telemetry/health/sensor-health.ts';
import type { LateDataStore, LateNote } from '../../shared/telemetry/late-data.ts';
import { InvalidCursorError } from '../../shared/telemetry/reading-store.ts';
import { advance, type SensorState, type SensorStateStore } from '../../shared/telemetry/sensor-state.ts';
import {
  type StationFileRecord,
  type StationFileRecords,
  stationFileRecordSchema,
} from '../../shared/telemetry/station-files/station-file-record.ts';

/** What a registry holds at first, by kind: `{ bin: [...], sensor: [...] }`. */
export type RegistrySeed = { readonly [K in EntityKind]?: readonly EntityOf<K>[] };

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A registry in memory; it validates like the real one. */
export const memoryRegistry = (seed: RegistrySeed = {}): Registry => {
  const entities = new Map<string, { readonly kind: EntityKind; readonly entity: { readonly id: string } }>();
  const sensorIdByDevEui = new Map<string, string>();

  const read = <K extends EntityKind>(kind: K, id: string): EntityOf<K> | undefined => {
    const found = entities.get(`${kind}|${id}`);
    return found && (entitySchemas[kind].parse(found.entity) as EntityOf<K>);
  };
  const write = (kind: EntityKind, entity: { readonly id: string }): void => {
    const valid = entitySchemas[kind].parse(entity);
    entities.set(`${kind}|${valid.id}`, { kind, entity: valid });
    if ('devEui' in valid && valid.devEui !== undefined) sensorIdByDevEui.set(valid.devEui, valid.id);
  };
  for (const kind of Object.keys(entitySchemas) as EntityKind[]) {
    for (const entity of seed[kind] ?? []) write(kind, entity);
  }

  return {
    get: async (kind, id) => read(kind, id),
    getMany: async (kind, ids) => [...new Set(ids)].flatMap((id) => read(kind, id) ?? []),
    list: async (kind) =>
      [...entities.values()]
        .filter((stored) => stored.kind === kind)
        .flatMap(({ entity }) => read(kind, entity.id) ?? [])
        .sort((a, b) => compareText(a.id, b.id)),
    put: async (kind, entity) => write(kind, entity),
    putMany: async (kind, many) => {
      for (const entity of many) write(kind, entity);
    },
    remove: async (kind, id) => {
      entities.delete(`${kind}|${id}`);
    },
    sensorByDevEui: async (devEui) => {
      const id = sensorIdByDevEui.get(devEui);
      const sensor = id === undefined ? undefined : read('sensor', id);
      return sensor?.devEui === devEui ? sensor : undefined;
    },
  };
};

export const memorySensorStates = (): SensorStateStore => {
  const states = new Map<string, SensorState>();
  const versions = new Map<string, number>();
  const put = (state: SensorState): void => {
    if (states.get(state.sensorId) === state) return;
    states.set(state.sensorId, state);
    versions.set(state.sensorId, versionOf(state.sensorId) + 1);
  };
  const versionOf = (sensorId: string): number => versions.get(sensorId) ?? 0;
  return {
    read: async (sensorIds) =>
      sensorIds.map((sensorId) => {
        const state = states.get(sensorId);
        return { sensorId, version: versionOf(sensorId), ...(state && { state: structuredClone(state) }) };
      }),
    write: async (wanted) =>
      wanted.flatMap(({ sensorId, version, state }) => {
        if (versionOf(sensorId) !== version) return [sensorId];
        put(structuredClone(state));
        return [];
      }),
    record: async (readings) => {
      for (const reading of readings) {
        const next = advance(states.get(reading.sensorId), [reading]);
        if (next) put(next);
      }
    },
    get: async (sensorIds) => [...new Set(sensorIds)].flatMap((id) => states.get(id) ?? []),
    list: async () => [...states.values()].sort((a, b) => compareText(a.sensorId, b.sensorId)),
  };
};

export const memorySensorHealth = (): SensorHealthStore => {
  const states = new Map<string, SensorHealth>();
  const events = new Map<string, HealthEvent>();
  return {
    list: async () => [...states.values()].sort((a, b) => compareText(a.sensorId, b.sensorId)),
    record: async ({ events: told, put, remove }) => {
      for (const event of told) events.set(`${event.at} ${event.sensorId} ${event.kind} ${event.event}`, event);
      for (const health of put) states.set(health.sensorId, health);
      for (const sensorId of remove) states.delete(sensorId);
    },
    events: async ({ from, to, sensorId, limit }) =>
      [...events.values()]
        .filter(({ at }) => at >= from && at < to)
        .filter((event) => sensorId === undefined || event.sensorId === sensorId)
        .sort((a, b) => b.at - a.at || compareText(b.sensorId, a.sensorId))
        .slice(0, limit),
  };
};

export { memoryPlans } from './memory-plans.ts';

export const memoryExceedances = (): ExceedanceStore => {
  const stored = new Map<string, Exceedance>();
  return {
    put: async (exceedances) => {
      for (const exceedance of exceedances) stored.set(exceedance.exceedanceId, exceedance);
    },
    withdraw: async (exceedances) => {
      for (const { exceedanceId } of exceedances) stored.delete(exceedanceId);
    },
    list: async ({ from, to, stationId, quantity, limit, cursor }) => {
      const newestFirst = [...stored.values()]
        .filter(({ periodEndsAt }) => periodEndsAt >= from && periodEndsAt < to)
        .filter((exceedance) => stationId === undefined || exceedance.stationId === stationId)
        .filter((exceedance) => quantity === undefined || exceedance.quantity === quantity)
        .sort((a, b) => b.periodEndsAt - a.periodEndsAt || compareText(b.exceedanceId, a.exceedanceId));
      const { page, nextCursor } = pageBehind(newestFirst, ({ exceedanceId }) => exceedanceId, limit, cursor);
      return { exceedances: page, ...nextCursor };
    },
  };
};

export const memoryLateData = (): LateDataStore => {
  const notes = new Map<string, LateNote>();
  const keyOf = ({ sensorId, day }: Omit<LateNote, 'token'>): string => `${String(day).padStart(15, '0')}#${sensorId}`;
  let made = 0;
  let reached: number | undefined;
  return {
    note: async (days) => {
      for (const { sensorId, day } of days) notes.set(keyOf({ sensorId, day }), { sensorId, day, token: `${++made}` });
    },
    list: async (limit) => [...notes.values()].sort((a, b) => compareText(keyOf(a), keyOf(b))).slice(0, limit),
    remove: async (read) => {
      for (const note of read) if (notes.get(keyOf(note))?.token === note.token) notes.delete(keyOf(note));
    },
    evaluatedTo: async () => reached,
    setEvaluatedTo: async (to) => {
      reached = to;
    },
  };
};

/** Records of station files in memory. */
export const memoryStationFileRecords = (): StationFileRecords => {
  const stored = new Map<string, StationFileRecord>();
  const keyOf = ({ receivedAt, file }: StationFileRecord): string => `${String(receivedAt).padStart(15, '0')}#${file}`;
  return {
    put: async (record) => {
      stored.set(`${record.fileCode}|${keyOf(record)}`, stationFileRecordSchema.parse(record));
    },
    list: async ({ fileCode, limit, cursor }) => {
      const newestFirst = [...stored.values()]
        .filter((record) => record.fileCode === fileCode)
        .sort((a, b) => compareText(keyOf(b), keyOf(a)));
      const { page, nextCursor } = pageBehind(newestFirst, keyOf, limit, cursor);
      return { records: page, ...nextCursor };
    },
  };
};

export const pageBehind = <T>(
  items: readonly T[],
  idOf: (item: T) => string,
  limit: number,
  cursor: string | undefined,
): { readonly page: readonly T[]; readonly nextCursor: { readonly nextCursor?: string } } => {
  const start = cursor === undefined ? 0 : items.findIndex((item) => idOf(item) === fromBase64(cursor)) + 1;
  if (cursor !== undefined && start === 0) throw new InvalidCursorError(`Not a cursor of this list: ${cursor}`);
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  const more = start + limit < items.length && last !== undefined;
  return { page, nextCursor: more ? { nextCursor: Buffer.from(idOf(last)).toString('base64url') } : {} };
};

const fromBase64 = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

/** Laboratory samples in memory, every version kept. */
export const memoryLaboratorySamples = (): LaboratorySampleStore => {
  const stored = new Map<string, LaboratorySample>();
  const keyOf = ({ stationId, sampledAt, version }: LaboratorySample): string => `${stationId}|${sampledAt}|${version}`;
  const ofStation = (stationId: string): readonly LaboratorySample[] =>
    [...stored.values()]
      .filter((sample) => sample.stationId === stationId)
      .sort((a, b) => a.sampledAt - b.sampledAt || a.version - b.version);
  return {
    put: async (sample) => {
      if (stored.has(keyOf(sample))) return false;
      stored.set(keyOf(sample), laboratorySampleSchema.parse(sample));
      return true;
    },
    versions: async (stationId, sampledAt) => ofStation(stationId).filter((sample) => sample.sampledAt === sampledAt),
    list: async ({ stationId, from, to, limit, cursor }) => {
      const newest = new Map(ofStation(stationId).map((sample) => [sample.sampledAt, sample]));
      const samples = [...newest.values()].reverse().filter(({ sampledAt }) => sampledAt >= from && sampledAt < to);
      const { page, nextCursor } = pageBehind(samples, ({ sampledAt }) => String(sampledAt), limit, cursor);
      return { samples: page, ...nextCursor };
    },
  };
};
