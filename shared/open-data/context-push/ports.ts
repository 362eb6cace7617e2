import type { JsonObject } from '../ngsi-ld/represent.ts';
import type { NgsiType } from '../ngsi-ld/vocabulary.ts';
import type { ContextBroker } from './context-broker.ts';

/** What a broker was last told of an entity. */
export type Told = {
  readonly entityId: string;
  /** Over all that was told; one that differs has something new to tell. */
  readonly digest: string;
  /** UTC epoch milliseconds. */
  readonly toldAt: number;
  /** True where the broker refused it: it is not sent again until it has something else to tell. */
  readonly refused?: boolean;
};

/** How it goes with a broker. Instants are UTC epoch milliseconds. */
export type BrokerStanding = {
  /** Attempts in a row that it did not answer. */
  readonly failures: number;
  /** No attempt before. */
  readonly notBefore: number;
  readonly lastTakenAt?: number | undefined;
  /** Why the last attempt failed. */
  readonly reason?: string | undefined;
};

/** Where it is kept what brokers know. A port. */
export type PushLedger = {
  readonly told: (brokerId: string) => Promise<readonly Told[]>;
  readonly record: (brokerId: string, told: readonly Told[]) => Promise<void>;
  readonly forget: (brokerId: string, entityIds: readonly string[]) => Promise<void>;
  readonly standing: (brokerId: string) => Promise<BrokerStanding | undefined>;
  /**
   * Lets one run at a time speak to a broker: two would overtake each other, and an old state come after a newer one. Answers false
   * while another run holds it; `until` frees it from a run that died.
   */
  readonly hold: (
    brokerId: string,
    run: { readonly owner: string; readonly at: number; readonly until: number },
  ) => Promise<boolean>;
  /** Writes the standing and lets go, unless another run holds it by now. */
  readonly release: (brokerId: string, owner: string, standing: BrokerStanding) => Promise<void>;
};

/** Some entities of one type, to be told of in one request; or ids of entities that are no more. */
export type PushRequest =
  | {
      readonly kind: 'entities';
      readonly type: NgsiType;
      readonly entities: readonly JsonObject[];
      readonly at: number;
    }
  | { readonly kind: 'gone'; readonly entityIds: readonly string[] };

export type Refused = { readonly entityId: string; readonly reason: string };

/** What came of a request. */
export type PushOutcome =
  /** All were taken but those refused, each for a reason of its own. */
  | { readonly status: 'taken'; readonly refused: readonly Refused[] }
  /** The broker does not want the request as it is; sent again it would not either. */
  | { readonly status: 'refused'; readonly reason: string }
  /** Nobody knows whether it arrived, or the broker cannot now, or its settings are wrong: the same may work later. */
  | { readonly status: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number };

/** The way to brokers. A port; never throws for what a broker does. */
export type BrokerDoor = { readonly send: (broker: ContextBroker, request: PushRequest) => Promise<PushOutcome> };

/** What was refused, for a person to look at. */
export type RefusedEntity = Refused & { readonly brokerId: string; readonly at: number; readonly entity: JsonObject };
export type RefusedEntities = { readonly send: (refused: readonly RefusedEntity[]) => Promise<void> };
