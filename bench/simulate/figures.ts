import type { Solution } from '../../shared/routing/solution.ts';
import type { SimulatedCity } from './city.ts';
import type { PickUp } from './replay.ts';

/** What a policy did over the nights that count. */
export type Figures = {
  readonly policy: string;
  readonly nights: number;
  readonly kmADay: number;
  /** Crews' hours out of the depot a day, all trucks together. */
  readonly hoursADay: number;
  readonly trucksADay: number;
  readonly mostTrucks: number;
  readonly collectionsADay: number;
  readonly collections: number;
  /** Stops that had to be served and could not. */
  readonly leftBehind: number;
  /** Collections that found the bin overflowing or that it had been. */
  readonly foundOverflowing: number;
  /** Share of collections that came in time: what the literature calls service level. */
  readonly serviceLevel: number;
  readonly overflows: number;
  readonly overflowHours: number;
  /** Share of all bins' hours without overflow. */
  readonly hoursInOrder: number;
  readonly meanFill: number;
  readonly underHalf: number;
  /** Collections by tenths of the fill found; the last one holds what lay at or over the brim. */
  readonly fillHistogram: readonly number[];
  readonly kmByNight: readonly number[];
};

const TENTHS = 11;

export const startFigures = ({ bins }: SimulatedCity) => {
  const kmByNight: number[] = [];
  const histogram = new Array<number>(TENTHS).fill(0);
  let [hours, trucks, mostTrucks, leftBehind] = [0, 0, 0, 0];
  let [collections, found, fill, underHalf] = [0, 0, 0, 0];
  let [overflows, overflowHours] = [0, 0];
  return {
    driven: (solution: Solution | undefined): void => {
      const routes = solution?.routes ?? [];
      kmByNight.push(routes.reduce((sum, { distanceMetres }) => sum + distanceMetres, 0) / 1_000);
      hours += routes.reduce((sum, { startsAt, endsAt }) => sum + (endsAt - startsAt) / 3_600, 0);
      trucks += routes.length;
      mostTrucks = Math.max(mostTrucks, routes.length);
      leftBehind += (solution?.unserved ?? []).filter(({ reason }) => !reason.includes('can wait')).length;
    },
    pickedUp: ({ level, overflowed }: PickUp): void => {
      collections += 1;
      fill += level;
      if (overflowed) found += 1;
      if (level < 0.5) underHalf += 1;
      const tenth = Math.min(TENTHS - 1, Math.floor(level * 10));
      histogram[tenth] = (histogram[tenth] as number) + 1;
    },
    overflowed: ({ hours: more, events }: { readonly hours: number; readonly events: number }): void => {
      overflowHours += more;
      overflows += events;
    },
    taken: (policy: string): Figures => {
      const nights = Math.max(1, kmByNight.length);
      const made = Math.max(1, collections);
      return {
        policy,
        nights: kmByNight.length,
        kmADay: kmByNight.reduce((sum, km) => sum + km, 0) / nights,
        hoursADay: hours / nights,
        trucksADay: trucks / nights,
        mostTrucks,
        collectionsADay: collections / nights,
        collections,
        leftBehind,
        foundOverflowing: found,
        serviceLevel: 1 - found / made,
        overflows,
        overflowHours,
        hoursInOrder: 1 - overflowHours / (nights * 24 * bins.length),
        meanFill: fill / made,
        underHalf: underHalf / made,
        fillHistogram: histogram,
        kmByNight,
      };
    },
  };
};
