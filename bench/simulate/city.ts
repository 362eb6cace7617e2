import type { Bin, City } from '../../shared/city/entities.ts';
import type { Fleet } from '../../shared/routing/build-problem.ts';

/** How waste comes to a bin: the truth that policies do not see. */
export type Source = {
  /** Mean filling in capacities a day. */
  readonly perDay: number;
  /** Mean size of a bag in capacities. */
  readonly bag: number;
};

/** A city to simulate. Bins may stand for a collection point whose containers are emptied together. */
export type SimulatedCity = {
  readonly name: string;
  readonly city: City;
  readonly fleet: Fleet;
  readonly bins: readonly Bin[];
  readonly sources: readonly Source[];
  /** How far days differ from one another at a bin, beside weekdays and chance: coefficient of variation. */
  readonly dayVariation: number;
  /** First service day (a Monday) and the local time at which the night is planned. */
  readonly firstDay: string;
  readonly planTime: string;
  /** How many bins the select-then-route policy takes a day. */
  readonly selected: number;
};
