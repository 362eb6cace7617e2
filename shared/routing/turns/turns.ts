import { metresApart, type Point } from './plane.ts';
import { nightsBetweenTurns } from './rhythm.ts';
import { sectorsOf } from './sectors.ts';

/**
 * A bin as turns see it: nights that it can still wait, from 0 = it must be served now; that it could if it were emptied now; and
 * the same on usual days, not rounded.
 */
export type Waiting = {
  readonly point: Point;
  readonly nightsLeft: number;
  readonly nightsWhole: number;
  readonly usualNights: number;
  /** The share of a truck's day that serving it takes among its neighbours. */
  readonly truckDays: number;
};

/** Turns of a city's sectors: in how many nights from now trucks come round each, 0 = tonight, and again so many nights later. */
export type Turns = {
  readonly nightsApart: number;
  /** By bin, in the order given. */
  readonly sector: readonly number[];
  /** By sector. */
  readonly nightsUntil: readonly number[];
};

/** Share of the waiting time that has gone by. */
export const urgencyOf = ({ nightsLeft, nightsWhole }: Waiting): number =>
  nightsWhole <= 0 ? 1 : Math.min(1, Math.max(0, 1 - nightsLeft / nightsWhole));

/** Whose turn it would be in how many nights, were it `shift` nights later in the round. */
const untilTurn = (sector: number, sectors: number, apart: number, shift: number): number =>
  (Math.floor((sector * apart) / sectors) + shift) % apart;

/** At most so many of a sector's bins are emptied between its turns: those tell nothing of when the last one was. */
const IN_BETWEEN = 0.25;

/** Nights since a sector's last turn, as its bins tell by how much of their waiting time has gone by. */
const nightsSinceTurn = (bins: readonly Waiting[]): number => {
  const since = bins.map(({ nightsLeft, nightsWhole }) => Math.max(0, nightsWhole - nightsLeft)).sort((a, b) => a - b);
  const told = since.slice(Math.floor(IN_BETWEEN * since.length));
  return told.reduce((sum, nights) => sum + nights, 0) / Math.max(1, told.length);
};

/** The round stands where its sectors' bins say, by least squares: those emptied last are due last. No memory, no calendar. */
const shiftOf = (sectors: readonly (readonly Waiting[])[], apart: number): number => {
  const since = sectors.map(nightsSinceTurn);
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let shift = 0; shift < apart; shift += 1) {
    const misfit = sectors.reduce((sum, { length }, sector) => {
      const off = (since[sector] as number) - (apart - untilTurn(sector, sectors.length, apart, shift));
      return sum + length * off * off;
    }, 0);
    if (misfit < least - 1e-9) [best, least] = [shift, misfit];
  }
  return best;
};

/** Turns with the share of nights that have one, and how clearly the bins show them. */
type Rhythm = { readonly turns: Turns; readonly nightsWithTurn: number; readonly clarity: number };

/** How well bins' urgencies go with the turns: their covariance with the nights until then, by the spread of those nights. */
const clarityOf = (bins: readonly Waiting[], { sector, nightsUntil }: Turns): number => {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const urgency = bins.map(urgencyOf);
  const until = sector.map((of) => nightsUntil[of] as number);
  const [usualUrgency, usualUntil] = [mean(urgency), mean(until)];
  const spread = Math.sqrt(mean(until.map((nights) => (nights - usualUntil) ** 2)));
  if (!(spread > 0)) return 0;
  return mean(urgency.map((of, index) => (usualUrgency - of) * ((until[index] as number) - usualUntil))) / spread;
};

const rhythmOf = (bins: readonly Waiting[], depot: Point, nightsApart: number): Rhythm => {
  const work = bins.map(({ truckDays }) => truckDays);
  const days = work.reduce((sum, of) => sum + of, 0);
  const sectors = Math.max(1, Math.min(nightsApart, Math.ceil(days)));
  const points = bins.map(({ point }) => point);
  const sector = sectorsOf(depot, points, work, sectors);
  const members = Array.from({ length: sectors }, (_, of) => bins.filter((_, index) => sector[index] === of));
  const shift = shiftOf(members, nightsApart);
  const nightsUntil = members.map((_, of) => untilTurn(of, sectors, nightsApart, shift));
  const turns = { nightsApart, sector, nightsUntil };
  return { turns, nightsWithTurn: sectors / nightsApart, clarity: clarityOf(bins, turns) };
};

/** A night without a turn is one on which trucks go out for a few bins all the same, or on which those must not fall due. */
const isBetter = (a: Rhythm, b: Rhythm): boolean =>
  a.nightsWithTurn === b.nightsWithTurn ? a.clarity > b.clarity : a.nightsWithTurn > b.nightsWithTurn;

/**
 * The rhythm in which trucks come round: the bins seen from the depot are cut into as many sectors as nights lie between two
 * turns (fewer, where one truck does it all in fewer nights), and each night the next one has its turn. Which one that is tonight
 * is read from the bins themselves. Where two rhythms would do, it is the one with fewer nights without a turn, else the one that bins are in.
 */
export const turnsOf = (bins: readonly Waiting[], depot: Point): Turns =>
  nightsBetweenTurns(bins.map(({ usualNights }) => usualNights))
    .map((nightsApart) => rhythmOf(bins, depot, nightsApart))
    .reduce((a, b) => (isBetter(b, a) ? b : a)).turns;

/** Weights of the three nearest: one of them is visited on the night. */
const NEAREST = [0.6, 0.25, 0.15] as const;

/** Expected metres from a place to the next one visited where these are: their three nearest by weight, nearer ones likelier. */
const toNearest = (point: Point, others: readonly Point[]): number => {
  let [first, second, third] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const other of others) {
    if (other === point) continue;
    const metres = metresApart(point, other);
    if (metres >= third) continue;
    if (metres < first) [first, second, third] = [metres, first, second];
    else if (metres < second) [second, third] = [metres, second];
    else third = metres;
  }
  const known = [first, second, third].map((metres) => (metres < Number.POSITIVE_INFINITY ? metres : undefined));
  return NEAREST.reduce((sum, weight, rank) => sum + weight * (known[rank] ?? known[1] ?? known[0] ?? 0), 0);
};

/** For each bin and sector the expected metres to the next bin visited on the night of that sector's turn. */
export const metresToSectors = (
  { sector, nightsUntil }: Turns,
  bins: readonly Waiting[],
): readonly (readonly number[])[] => {
  const members = nightsUntil.map((_, of) => bins.flatMap(({ point }, index) => (sector[index] === of ? [point] : [])));
  return bins.map(({ point }) => members.map((others) => toNearest(point, others)));
};
