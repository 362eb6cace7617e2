import { backOffMs } from '../../open-data/context-push/back-off.ts';
import type { PushLedger } from '../../open-data/context-push/ports.ts';
import {
  digestOfPlan,
  eventTypeOf,
  messageIdOf,
  messageOf,
  type PlanMessage,
  type PlanStanding,
} from './plan-event.ts';
import type { Webhook } from './webhook.ts';

export type Delivery = { readonly id: string; readonly message: PlanMessage };

/** What came of a delivery. Whatever is not taken is tried again: nobody knows what a receiver's error means. */
export type DeliveryOutcome =
  | { readonly status: 'taken' }
  | { readonly status: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number };

/** The way to receivers. A port; never throws for what a receiver does. */
export type WebhookDoor = { readonly deliver: (webhook: Webhook, delivery: Delivery) => Promise<DeliveryOutcome> };

export type TellPorts = {
  readonly cityId: string;
  readonly ledger: PushLedger;
  readonly door: WebhookDoor;
  /** Plans of the last days, as they stand now. */
  readonly plans: () => Promise<readonly PlanStanding[]>;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
  /** 0..1, for the jitter of the back-off. */
  readonly random: () => number;
};

export type TellRun = { readonly owner: string; readonly sendingMs: number; readonly holdingMs: number };

export type TellSummary = {
  readonly webhookId: string;
  readonly result: 'told' | 'busy' | 'waiting' | 'unavailable';
  readonly told: number;
  readonly reason?: string;
};

/** Receivers of plans and context brokers share a ledger. */
export const ledgerId = ({ id }: Webhook): string => `webhook:${id}`;

type Stopped = Extract<DeliveryOutcome, { status: 'unavailable' }>;

const tellEach = async (
  { cityId, ledger, door, plans, clock }: TellPorts,
  webhook: Webhook,
  until: number,
): Promise<{ readonly told: number; readonly stopped?: Stopped }> => {
  const id = ledgerId(webhook);
  const [known, standings] = await Promise.all([ledger.told(id), plans()]);
  const toldOf = new Map(known.map(({ entityId, digest }) => [entityId, digest]));
  let told = 0;
  for (const standing of [...standings].sort((a, b) => a.since - b.since)) {
    const type = eventTypeOf(standing, toldOf.get(standing.planId));
    if (type === undefined) continue;
    if (clock() >= until) break;
    if (webhook.events.includes(type)) {
      const delivery = { id: messageIdOf(standing), message: messageOf(cityId, type, standing) };
      const outcome = await door.deliver(webhook, delivery);
      if (outcome.status === 'unavailable') return { told, stopped: outcome };
      told += 1;
    }
    // What it does not want to hear of counts as told: the next event follows from it.
    await ledger.record(id, [{ entityId: standing.planId, digest: digestOfPlan(standing), toldAt: clock() }]);
  }
  const present = new Set(standings.map(({ planId }) => planId));
  const over = known.map(({ entityId }) => entityId).filter((planId) => !present.has(planId));
  if (over.length > 0) await ledger.forget(id, over);
  return { told };
};

/**
 * Tells a receiver what happened to plans since it was told last: the difference between how plans stand and what it knows. A receiver that
 * was down is told how things stand when it is back; a crash in between tells it again, under the same id.
 */
export const tellPlans = async (ports: TellPorts, webhook: Webhook, run: TellRun): Promise<TellSummary> => {
  const { ledger, clock } = ports;
  const id = ledgerId(webhook);
  const webhookId = webhook.id;
  const startedAt = clock();
  const before = await ledger.standing(id);
  if (before !== undefined && before.notBefore > startedAt) return { webhookId, result: 'waiting', told: 0 };
  const held = await ledger.hold(id, { owner: run.owner, at: startedAt, until: startedAt + run.holdingMs });
  if (!held) return { webhookId, result: 'busy', told: 0 };
  const { told, stopped } = await tellEach(ports, webhook, startedAt + run.sendingMs);
  const lastTakenAt = told > 0 ? clock() : before?.lastTakenAt;
  if (stopped === undefined) {
    await ledger.release(id, run.owner, { failures: 0, notBefore: 0, lastTakenAt });
    return { webhookId, result: 'told', told };
  }
  const failures = (told > 0 ? 0 : (before?.failures ?? 0)) + 1;
  const notBefore = clock() + backOffMs(failures, ports.random(), stopped.retryAfterMs);
  const { reason } = stopped;
  await ledger.release(id, run.owner, { failures, notBefore, lastTakenAt, reason });
  return { webhookId, result: 'unavailable', told, reason };
};
