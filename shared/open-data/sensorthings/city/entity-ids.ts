import type { EntityTypeName } from '../model/entity-model.ts';

/** Entities that are given a number; an observation's id is made of its datastream's and its instant. */
export type NumberedType = Exclude<EntityTypeName, 'Observation'>;

/** Something empty for each of them. */
export const byNumberedType = <T>(make: () => T): Record<NumberedType, T> => ({
  Thing: make(),
  Location: make(),
  HistoricalLocation: make(),
  Datastream: make(),
  Sensor: make(),
  ObservedProperty: make(),
  FeatureOfInterest: make(),
});

export type KnownId = {
  /** 1 to 2^31 - 1, so that every client's integers hold it. */
  readonly id: number;
  /** When the key was first seen, UTC epoch milliseconds. */
  readonly since: number;
};

/** What the highest id may be: what a signed integer of 32 bits holds. */
export const GREATEST_ID = 2 ** 31 - 1;

/**
 * Numbers of entities, by type and natural key. A port. A key's number is given once, by whoever asks first, and never changes or
 * goes to another key, also when the entity is gone.
 */
export type EntityIds = {
  /**
   * Every key of a type that ever had a number, with those of `keys` that had none until now.
   * @param at when, for keys that are new: UTC epoch milliseconds
   */
  readonly identify: (type: NumberedType, keys: readonly string[], at: number) => Promise<ReadonlyMap<string, KnownId>>;
};
