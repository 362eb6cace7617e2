import type { PlanRoute, PlanStop } from '../plan.ts';

/** A truck's way from where it last unloaded (at first from the depot) to the end of its next unloading. Instants are UTC epoch milliseconds. */
export type RouteTrip = {
  readonly number: number;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Without depots, in the order driven. */
  readonly stops: readonly PlanStop[];
};

/**
 * A route's trips, which together last as long as it does: a break belongs to the trip behind it, the way home to the last one. A route
 * whose stops name no trip is one trip; one without stops is none.
 */
export const tripsOf = ({ startsAt, endsAt, stops }: PlanRoute): readonly RouteTrip[] => {
  const places = stops.filter(({ kind }) => kind !== 'depot');
  const named = [...new Set(places.flatMap(({ trip }) => trip ?? []))];
  const numbers = named.length > 0 || places.length === 0 ? named : [1];
  let [first, begin] = [0, startsAt];
  return numbers.map((number, index) => {
    const isLast = index === numbers.length - 1;
    const end = isLast ? places.length : places.findLastIndex(({ trip }) => trip === number) + 1;
    const ofTrip = places.slice(first, end);
    const ends = isLast ? endsAt : (ofTrip.at(-1)?.departsAt ?? begin);
    const trip = { number, startsAt: begin, endsAt: ends, stops: ofTrip };
    [first, begin] = [end, ends];
    return trip;
  });
};
