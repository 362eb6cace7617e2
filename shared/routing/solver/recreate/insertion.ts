import type { Random } from '../random.ts';
import { AS_IT_DOES } from './candidates.ts';

/**
 * The cheapest place found so far for one stop: behind `after` in `route`, or in another vehicle of `type` when that is ≥ 0.
 * `siteBefore` and `siteBehind` are where the vehicle empties between `after` and the stop, and behind the stop; `manner` says
 * how else the route empties then, and the last three which visit moves.
 */
export type Insertion = {
  after: number;
  route: number;
  type: number;
  increase: number;
  siteBefore: number;
  siteBehind: number;
  manner: number;
  movedFrom: number;
  movedTo: number;
  movedSite: number;
};

export const noInsertion = (): Insertion => ({
  after: -1,
  route: -1,
  type: -1,
  increase: Number.POSITIVE_INFINITY,
  siteBefore: -1,
  siteBehind: -1,
  manner: AS_IT_DOES,
  movedFrom: -1,
  movedTo: -1,
  movedSite: -1,
});

export const clearInsertion = (insertion: Insertion): void => {
  insertion.after = -1;
  insertion.route = -1;
  insertion.type = -1;
  insertion.increase = Number.POSITIVE_INFINITY;
  insertion.siteBefore = -1;
  insertion.siteBehind = -1;
  insertion.manner = AS_IT_DOES;
};

/** How often a stop comes back although leaving it out costs less: others near it may then make it worth while. */
const DARE_RATE = 0.05;

/** Whether the stop stays out, given what leaving it out costs. */
export const staysOut = (best: Insertion, absencePenalty: number, random: Random): boolean =>
  best.increase >= absencePenalty && (best.increase === Number.POSITIVE_INFINITY || random() >= DARE_RATE);

/** How often recreate looks away from a type of vehicle: of few types, the cheapest for one stop is often not the one for its neighbours. */
export const TYPE_BLINK_RATE = 0.05;
