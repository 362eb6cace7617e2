import type { Container } from '../city/entities.ts';
import type { Quantity } from '../telemetry/quantity.ts';
import type { Reading } from '../telemetry/reading.ts';
import { fillFraction } from './container.ts';

/** One look into a bin by one sensing head: a fraction of the capacity at an instant (UTC epoch milliseconds). */
export type Look = { readonly at: number; readonly channel: string; readonly level: number };

/** What all heads say together at an instant; `spread` is how far apart they are (0 with one). */
export type Level = { readonly at: number; readonly level: number; readonly spread: number };

/** Distances by the sensing heads of one device; a corrected distance stands in for the first head's. */
export const levelQuantities = ['fillDistance', 'fillDistanceCorrected', 'fillDistance2', 'fillDistance3'] as const;
const levelQuantitySet: ReadonlySet<Quantity> = new Set(levelQuantities);
/** All that tells of a fill: distances, and the lid. */
export const fillQuantities: readonly Quantity[] = [...levelQuantities, 'tilt'];

const HOUR_MS = 3_600_000;
/** A lid that was said to be open this long ago may be shut by now. */
const LID_MS = 2 * HOUR_MS;
/** A head that said nothing for so long no longer speaks for the bin while others do. */
const STALE_MS = 1.25 * HOUR_MS;
/** Heads further apart than this do not tell the same story: half a bag leans on one side, a quarter of the room does not. */
export const DISAGREEMENT = 0.25;

export const isUsable = ({ value, quality }: Reading): boolean =>
  value !== null && quality.flag !== 4 && quality.flag !== 9;

const byTime = (a: { readonly at: number; readonly channel: string }, b: typeof a): number =>
  a.at - b.at || (a.channel < b.channel ? -1 : Number(a.channel > b.channel));

/** Open (true) or shut by instant, for each sensor, oldest first. */
const lidsOf = (readings: readonly Reading[]): ReadonlyMap<string, readonly { at: number; open: boolean }[]> => {
  const lids = new Map<string, { at: number; open: boolean }[]>();
  for (const reading of readings) {
    if (reading.quantity !== 'tilt' || !isUsable(reading)) continue;
    const own = lids.get(reading.sensorId) ?? [];
    own.push({ at: reading.measuredAt, open: (reading.value as number) >= 0.5 });
    lids.set(reading.sensorId, own);
  }
  for (const own of lids.values()) own.sort((a, b) => a.at - b.at);
  return lids;
};

/** Whether a lid was last said to be open, at an instant or not long before it. */
const isOpen = (lid: readonly { at: number; open: boolean }[] | undefined, at: number): boolean => {
  if (lid === undefined) return false;
  let [low, high] = [0, lid.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lid[middle] as { at: number }).at <= at) low = middle + 1;
    else high = middle;
  }
  const last = lid[low - 1];
  return last?.open === true && last.at >= at - LID_MS;
};

/**
 * What a bin's readings say of its fill, oldest first. Left out are readings that are missing or failed their tests, echoes from beyond the
 * floor, and what was seen under an open lid. Order and repetition of the readings do not matter.
 */
export const looksOf = (container: Container, readings: readonly Reading[]): readonly Look[] => {
  const lids = lidsOf(readings);
  const looks = new Map<string, Look & { readonly corrected: boolean }>();
  for (const reading of readings) {
    const { sensorId, quantity, measuredAt: at } = reading;
    if (!levelQuantitySet.has(quantity) || !isUsable(reading) || isOpen(lids.get(sensorId), at)) continue;
    const level = fillFraction(container, reading.value as number);
    if (level === undefined) continue;
    const corrected = quantity === 'fillDistanceCorrected';
    const channel = corrected || quantity === 'fillDistance' ? sensorId : `${sensorId}~${quantity.at(-1)}`;
    const key = `${channel}|${at}`;
    if (looks.get(key)?.corrected !== true) looks.set(key, { at, channel, level, corrected });
  }
  return [...looks.values()].map(({ corrected: _, ...look }) => look).sort(byTime);
};

/** Each head's newest level. */
export type Heads = Readonly<Record<string, { readonly at: number; readonly level: number }>>;

export const middleOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2;
};

/** Whether no other head ever looked: most bins have one. */
const isAlone = (heads: Heads, channel: string): boolean => {
  for (const each in heads) if (each !== channel) return false;
  return true;
};

/** All looks of one instant taken in: the heads' new standing, and what those that are not silent say together (their median). */
export const takeLooks = (heads: Heads, looks: readonly Look[]): { readonly heads: Heads; readonly level: Level } => {
  const at = looks.at(-1)?.at ?? 0;
  const [only] = looks;
  if (only !== undefined && looks.length === 1 && isAlone(heads, only.channel)) {
    return { heads: { [only.channel]: { at, level: only.level } }, level: { at, level: only.level, spread: 0 } };
  }
  const next: Record<string, { readonly at: number; readonly level: number }> = {};
  for (const [channel, head] of Object.entries(heads)) if (head.at >= at - STALE_MS) next[channel] = head;
  for (const { channel, level } of looks) next[channel] = { at, level };
  const levels = Object.values(next).map(({ level }) => level);
  return { heads: next, level: { at, level: middleOf(levels), spread: Math.max(...levels) - Math.min(...levels) } };
};

/** Looks in the order of time, those of one instant together. */
export const instantsOf = (looks: readonly Look[]): readonly (readonly Look[])[] => {
  const instants: Look[][] = [];
  for (const look of looks) {
    const last = instants.at(-1);
    if (last?.[0]?.at === look.at) last.push(look);
    else instants.push([look]);
  }
  return instants;
};
