import { metresApart, type Point } from './plane.ts';
import { metresToSectors, type Turns, urgencyOf, type Waiting } from './turns.ts';

/** What serving a bin tonight saves, and when trucks come round to it again if it waits. */
export type Saving = {
  readonly metres: number;
  readonly urgency: number;
  readonly nightsToTurn: number;
  readonly isTurn: boolean;
};

/** Times the way: there and back would be 2, but trucks are often nearer. Measured, as are the next two (docs/dispatch.md). */
const OWN_VISIT = 1;
/** Before its turn comes it may turn out that it can wait for it. */
const OUT_OF_TURN = 0.3;
/** A bin that can wait until its turn is then passed by. */
const IN_PASSING = 0.5;

type Round = { readonly turns: Turns; readonly depot: Point; readonly toSectors: readonly (readonly number[])[] };

/** The cheapest of the coming nights until it must be served: the way from that night's tours, or from the depot. */
const cheapestLater = ({ turns, depot, toSectors }: Round, index: number, { point, nightsLeft }: Waiting): number => {
  const { nightsApart, nightsUntil } = turns;
  return nightsUntil.reduce(
    (least, until, sector) => {
      const next = until === 0 ? nightsApart : until;
      return next <= Math.max(1, nightsLeft) ? Math.min(least, toSectors[index]?.[sector] as number) : least;
    },
    metresApart(point, depot),
  );
};

const savingOf = (round: Round, index: number, bin: Waiting): Saving => {
  const { nightsApart, sector, nightsUntil } = round.turns;
  const own = sector[index] as number;
  const until = nightsUntil[own] as number;
  const isTurn = until === 0;
  const nightsToTurn = isTurn ? nightsApart : until;
  const urgency = urgencyOf(bin);
  const { nightsLeft, nightsWhole } = bin;
  if (nightsLeft < nightsToTurn) {
    const metres = cheapestLater(round, index, bin) * (isTurn ? OWN_VISIT : OUT_OF_TURN * urgency);
    return { metres, urgency, nightsToTurn, isTurn };
  }
  // Emptied now it would have to be visited at its turn all the same: nothing is saved.
  const isVain = !isTurn && nightsWhole < until + nightsApart;
  const metres = isVain ? 0 : IN_PASSING * urgency * (round.toSectors[index]?.[own] as number);
  return { metres, urgency, nightsToTurn, isTurn };
};

/**
 * For each bin the metres that serving it tonight saves later. One whose turn it is and that does not last until its next turn would need
 * a visit of its own before that: the way from where trucks are on the best of those nights. One that lasts is passed then
 * anyway. Out of turn a visit is worth a part of that, by the share of its waiting time that has gone by.
 */
export const savings = (turns: Turns, bins: readonly Waiting[], depot: Point): readonly Saving[] => {
  const round = { turns, depot, toSectors: metresToSectors(turns, bins) };
  return bins.map((bin, index) => savingOf(round, index, bin));
};
