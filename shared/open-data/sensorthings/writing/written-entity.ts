import type { NumberedType } from '../city/entity-ids.ts';
import type { EntityTypeName } from '../model/entity-model.ts';

/**
 * Numbers of third parties' entities begin here, those of the city's lie below: neither can ever have one of the other, and both
 * fit into 32 bits.
 */
export const FIRST_WRITTEN_ID = 2 ** 30;
/** Observations of the city have numbers of fourteen digits and more; those of third parties begin at 1 and stay below. */
export const GREATEST_OBSERVATION_ID = 10 ** 13 - 1;

/** What third parties wrote: never the city's own entities, and never in its registry. */
export type WrittenEntity = {
  readonly type: NumberedType;
  readonly id: number;
  /** Of the document: 1 when it is created, one more with every change. */
  readonly version: number;
  /** By model name, without `id`. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Ids by relation, of the relations that this side keeps (`keptRelations`); those to one hold one. */
  readonly links: Readonly<Record<string, readonly number[]>>;
};

export type WrittenObservation = {
  /** A number of its own: it stays when the time is changed, and two observations may have one time. */
  readonly id: number;
  readonly datastream: number;
  readonly feature: number;
  /** Start of phenomenonTime, UTC epoch milliseconds: the place in the order of time. */
  readonly at: number;
  /** phenomenonTime, result, resultTime and the optional ones, as they are shown. */
  readonly values: Readonly<Record<string, unknown>>;
};

/** An entity of the city that third parties deleted: it is not shown while the writable profile is on. */
export type Hidden = { readonly type: NumberedType; readonly id: number };

/** Everything written but observations. */
export type Written = {
  readonly entities: readonly WrittenEntity[];
  readonly hidden: readonly Hidden[];
  /** The city's own readings were put aside, all of them. */
  readonly readingsHidden: boolean;
  /** The feature that was made of a location, by the location's id. */
  readonly featuresOfLocations: ReadonlyMap<number, number>;
  /** The datastreams with observations of a feature, by the feature's id. */
  readonly datastreamsOfFeatures: ReadonlyMap<number, ReadonlySet<number>>;
};

/** Where a page of a datastream's written observations begins: behind this one. */
export type ObservationPlace = { readonly at: number; readonly id: number };

export type ObservationRange = {
  /** UTC epoch milliseconds of `at`; `from` inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
};

/** Observations of third parties. A port. */
export type WrittenObservationStore = {
  readonly get: (id: number) => Promise<WrittenObservation | undefined>;
  /** New, or instead of what has this id. @returns false when the one to replace is gone */
  readonly put: (observation: WrittenObservation, replaced?: WrittenObservation) => Promise<boolean>;
  /** @returns false when there was none */
  readonly remove: (id: number) => Promise<boolean>;
  /** In the order of (at, id), or backwards; `after` is left out and so is all that lies before it in that order. */
  readonly page: (
    datastream: number,
    query: ObservationRange & {
      readonly descending: boolean;
      readonly limit: number;
      readonly after?: ObservationPlace;
    },
  ) => Promise<readonly WrittenObservation[]>;
  readonly count: (datastream: number, range: ObservationRange) => Promise<number>;
  /** Removes a datastream's observations; with a feature, those of this feature only. */
  readonly clear: (datastream: number, feature?: number) => Promise<void>;
};

/** Where written entities are kept. A port. Every change of what `load` answers changes `revision`. */
export type WrittenStore = {
  /** The first of `count` numbers in a row that no entity of a type has or will have. */
  readonly take: (type: EntityTypeName, count: number) => Promise<number>;
  readonly revision: () => Promise<number>;
  readonly load: () => Promise<Written>;
  /** All of them are seen, or none, whatever happens between. */
  readonly insert: (entities: readonly WrittenEntity[], observations: readonly WrittenObservation[]) => Promise<void>;
  /** @returns false when somebody changed or removed it since `entity.version - 1` was read */
  readonly replace: (entity: WrittenEntity) => Promise<boolean>;
  readonly remove: (entities: readonly Hidden[]) => Promise<void>;
  readonly hide: (entities: readonly Hidden[]) => Promise<void>;
  readonly noteFeatureOfLocation: (location: number, feature: number) => Promise<void>;
  readonly noteDatastreamOfFeature: (feature: number, datastream: number) => Promise<void>;
  readonly hideReadings: () => Promise<void>;
  /** Shows again whatever of the city's was hidden. */
  readonly showCity: () => Promise<void>;
  readonly observations: WrittenObservationStore;
};
