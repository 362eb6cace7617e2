import type { NgsiEntity } from '../ngsi-ld/entity.ts';
import { entityAs, type JsonObject } from '../ngsi-ld/represent.ts';
import { ngsiTypes } from '../ngsi-ld/vocabulary.ts';
import { backOffMs } from './back-off.ts';
import type { ContextBroker } from './context-broker.ts';
import { digestOf } from './digest.ts';
import type { BrokerDoor, PushLedger, Refused, RefusedEntities, Told } from './ports.ts';

export type PushPorts = {
  readonly ledger: PushLedger;
  readonly door: BrokerDoor;
  readonly refusals: RefusedEntities;
  /** Entities as they are now; called once the broker is held, so that nothing older than what it knows is told. */
  readonly entities: (broker: ContextBroker, at: number) => Promise<readonly NgsiEntity[]>;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
  /** 0..1, for the jitter of the back-off. */
  readonly random: () => number;
};

export type PushRun = {
  /** Names this run among others. */
  readonly owner: string;
  /** How long it may go on sending, and how long it holds the broker: longer than anything it may still be doing then. */
  readonly sendingMs: number;
  readonly holdingMs: number;
};

export type PushSummary = {
  readonly brokerId: string;
  readonly result: 'told' | 'busy' | 'waiting' | 'unavailable';
  readonly told: number;
  readonly removed: number;
  readonly refused: number;
  /** Due, and left for the next run. */
  readonly left: number;
  readonly reason?: string;
};

type Due = {
  readonly entity: JsonObject;
  readonly type: NgsiEntity['type'];
  readonly entityId: string;
  readonly digest: string;
};

const asTold = (entity: NgsiEntity): Due => {
  const told = entityAs(entity, { representation: 'normalized', sysAttrs: false });
  return { entity: told, type: entity.type, entityId: entity.id, digest: digestOf(told) };
};

/** A broker that lost what it knew, and nobody said so, knows everything again after a day. */
const TOLD_ANEW_MS = 86_400_000;

/** What has something new to tell and may be told again. */
const dueOf = (
  entities: readonly NgsiEntity[],
  told: readonly Told[],
  { throttleSeconds }: ContextBroker,
  at: number,
) => {
  const known = new Map(told.map((each) => [each.entityId, each]));
  return entities.map(asTold).filter(({ entityId, digest }) => {
    const before = known.get(entityId);
    if (before === undefined) return true;
    const age = at - before.toldAt;
    return before.digest === digest ? age >= TOLD_ANEW_MS && !before.refused : age >= throttleSeconds * 1_000;
  });
};

const inBatches = (due: readonly Due[], size: number): readonly (readonly Due[])[] =>
  ngsiTypes.flatMap((type) => {
    const own = due.filter((each) => each.type === type);
    return Array.from({ length: Math.ceil(own.length / size) }, (_, index) =>
      own.slice(index * size, (index + 1) * size),
    );
  });

type Progress = { told: number; removed: number; refused: number };
type Stopped = { readonly reason: string; readonly retryAfterMs?: number };

const settle = async (
  { ledger, refusals, clock }: PushPorts,
  { id: brokerId }: ContextBroker,
  batch: readonly Due[],
  refused: readonly Refused[],
  progress: Progress,
): Promise<void> => {
  const at = clock();
  const reasonOf = new Map(refused.map(({ entityId, reason }) => [entityId, reason]));
  const letters = batch.flatMap(({ entityId, entity }) => {
    const reason = reasonOf.get(entityId);
    return reason === undefined ? [] : [{ brokerId, entityId, entity, reason, at }];
  });
  // First the letter, then the note that it needs no other: a crash in between writes it twice, and never not at all.
  if (letters.length > 0) await refusals.send(letters);
  const told = batch.map(({ entityId, digest }) => ({
    entityId,
    digest,
    toldAt: at,
    ...(reasonOf.has(entityId) && { refused: true }),
  }));
  await ledger.record(brokerId, told);
  progress.refused += letters.length;
  progress.told += batch.length - letters.length;
};

/** Sends a batch; of one that is refused as a whole each half by itself, until the culprits are found. */
const tell = async (
  ports: PushPorts,
  broker: ContextBroker,
  batch: readonly Due[],
  progress: Progress,
): Promise<Stopped | undefined> => {
  const [first] = batch;
  if (first === undefined) return undefined;
  const entities = batch.map(({ entity }) => entity);
  const outcome = await ports.door.send(broker, { kind: 'entities', type: first.type, entities, at: ports.clock() });
  if (outcome.status === 'unavailable') return outcome;
  if (outcome.status === 'taken') {
    await settle(ports, broker, batch, outcome.refused, progress);
    return undefined;
  }
  if (batch.length === 1) {
    await settle(ports, broker, batch, [{ entityId: first.entityId, reason: outcome.reason }], progress);
    return undefined;
  }
  const middle = Math.ceil(batch.length / 2);
  return (
    (await tell(ports, broker, batch.slice(0, middle), progress)) ??
    (await tell(ports, broker, batch.slice(middle), progress))
  );
};

/** Entities that a broker knows and that are no more: those of a bin that was taken away. Receivers of notifications are not told. */
const remove = async (
  { ledger, door }: PushPorts,
  broker: ContextBroker,
  gone: readonly string[],
  progress: Progress,
): Promise<Stopped | undefined> => {
  for (let start = 0; start < gone.length; start += broker.batchSize) {
    const entityIds = gone.slice(start, start + broker.batchSize);
    const outcome =
      broker.mode === 'notify'
        ? { status: 'taken' as const, refused: [] }
        : await door.send(broker, { kind: 'gone', entityIds });
    if (outcome.status === 'unavailable') return outcome;
    // Refused: the broker has none of them any more.
    await ledger.forget(broker.id, entityIds);
    progress.removed += entityIds.length;
  }
  return undefined;
};

const converse = async (ports: PushPorts, broker: ContextBroker, until: number, progress: Progress) => {
  const at = ports.clock();
  const [told, entities] = await Promise.all([ports.ledger.told(broker.id), ports.entities(broker, at)]);
  const due = dueOf(entities, told, broker, at);
  const present = new Set(entities.map(({ id }) => id));
  const gone = told.map(({ entityId }) => entityId).filter((entityId) => !present.has(entityId));
  let stopped: Stopped | undefined;
  for (const batch of inBatches(due, broker.batchSize)) {
    if (ports.clock() >= until) break;
    stopped = await tell(ports, broker, batch, progress);
    if (stopped !== undefined) break;
  }
  if (stopped === undefined && ports.clock() < until) stopped = await remove(ports, broker, gone, progress);
  const left = due.length + gone.length - progress.told - progress.refused - progress.removed;
  return { stopped, left };
};

/**
 * Tells a broker of everything that changed since it was last told. What counts is the difference between what the city knows and what the
 * broker was told, so a broker that was down for a day is told the newest state of everything as soon as it is back, whatever was missed;
 * and as one run at a time speaks to it, with states read after it was given the word, no old state comes after a newer one.
 */
export const pushChanges = async (ports: PushPorts, broker: ContextBroker, run: PushRun): Promise<PushSummary> => {
  const { ledger, clock } = ports;
  const startedAt = clock();
  const nothing = { brokerId: broker.id, told: 0, removed: 0, refused: 0, left: 0 };
  const before = await ledger.standing(broker.id);
  if (before !== undefined && before.notBefore > startedAt) return { ...nothing, result: 'waiting' };
  const held = await ledger.hold(broker.id, { owner: run.owner, at: startedAt, until: startedAt + run.holdingMs });
  if (!held) return { ...nothing, result: 'busy' };
  const progress: Progress = { told: 0, removed: 0, refused: 0 };
  const { stopped, left } = await converse(ports, broker, startedAt + run.sendingMs, progress);
  const lastTakenAt = progress.told + progress.removed > 0 ? clock() : before?.lastTakenAt;
  const summary = { ...nothing, ...progress, left };
  if (stopped === undefined) {
    await ledger.release(broker.id, run.owner, { failures: 0, notBefore: 0, lastTakenAt });
    return { ...summary, result: 'told' };
  }
  const failures = (progress.told > 0 ? 0 : (before?.failures ?? 0)) + 1;
  const wait = backOffMs(failures, ports.random(), stopped.retryAfterMs);
  const { reason } = stopped;
  await ledger.release(broker.id, run.owner, { failures, notBefore: clock() + wait, lastTakenAt, reason });
  return { ...summary, result: 'unavailable', reason };
};
