import { metresApart, type Point } from './plane.ts';
import { metresToSectors, type Turns, urgencyOf, type Waiting } from './turns.ts';

/** What serving a bin tonight saves, and when trucks come round to it again if it waits. */
export type Saving = {
  readonly metres: number;
  readonly urgency: number;
  readonly nightsToTurn: number;
  readonly isTurn: boolean;
};

/** Before its turn comes it may turn out that it can wait for it. Measured (docs/dispatch.md). */
const OUT_OF_TURN = 0.3;

type Round = { readonly turns: Turns; readonly depot: Point; readonly toSectors: readonly (readonly number[])[] };

/** The ways from the tours of the coming nights, tonight not counted, until it must be served. */
const waysLater = ({ turns, toSectors }: Round, index: number, { nightsLeft }: Waiting): readonly number[] => {
  const { nightsApart, nightsUntil } = turns;
  return nightsUntil.flatMap((until, sector) => {
    const next = until === 0 ? nightsApart : until;
    return next <= Math.max(1, nightsLeft) ? [toSectors[index]?.[sector] as number] : [];
  });
};

/**
 * The way that a visit of its own takes later: from the nearest tour before it must be served, or from the depot. There and back would be
 * twice that, but trucks are often nearer.
 */
const wayLater = (round: Round, index: number, bin: Waiting, isTurn: boolean): number => {
  const fromDepot = metresApart(bin.point, round.depot);
  const tours = waysLater(round, index, bin);
  // No truck would be out: it would be sent for this bin.
  if (tours.length === 0) return fromDepot;
  return Math.min(fromDepot, ...tours) * (isTurn ? 1 : OUT_OF_TURN * urgencyOf(bin));
};

const savingOf = (round: Round, index: number, bin: Waiting): Saving => {
  const { nightsApart, sector, nightsUntil } = round.turns;
  const own = sector[index] as number;
  const until = nightsUntil[own] as number;
  const isTurn = until === 0;
  const nightsToTurn = isTurn ? nightsApart : until;
  const urgency = urgencyOf(bin);
  const { nightsLeft, nightsWhole } = bin;
  if (nightsLeft < nightsToTurn) return { metres: wayLater(round, index, bin, isTurn), urgency, nightsToTurn, isTurn };
  // Emptied now it would have to be visited at its turn all the same: nothing is saved.
  const isVain = !isTurn && nightsWhole < until + nightsApart;
  const metres = isVain ? 0 : urgency * (round.toSectors[index]?.[own] as number);
  return { metres, urgency, nightsToTurn, isTurn };
};

/**
 * For each bin the metres that serving it tonight saves later. One whose turn it is and that does not last until its next turn would need
 * a visit of its own before that: the way from where trucks are on the best of those nights. One that lasts is passed then
 * anyway. Out of turn a visit is worth a part of that, by the share of its waiting time that has gone by, but the whole where no truck
 * would come by before it must be served.
 */
export const savings = (turns: Turns, bins: readonly Waiting[], depot: Point): readonly Saving[] => {
  const round = { turns, depot, toSectors: metresToSectors(turns, bins) };
  return bins.map((bin, index) => savingOf(round, index, bin));
};
