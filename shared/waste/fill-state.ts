import type { Bin } from '../city/entities.ts';
import type { Quantity } from '../telemetry/quantity.ts';
import type { Reading } from '../telemetry/reading.ts';
import type { SensorState } from '../telemetry/sensor-state.ts';
import { fillFraction } from './container.ts';
import { DISAGREEMENT, isUsable, levelQuantities, looksOf, middleOf } from './looks.ts';
import { percent, type Words } from './words.ts';

/** Why nobody knows how full a bin is. */
export type NoDataReason =
  | 'never measured'
  | 'silent for more than a day'
  | 'the latest reading is not usable'
  | 'the lid is open';

/** Why a known level is not quite sure. */
export type DoubtCode = 'heads-disagree' | 'not-confirmed' | 'sudden-rise' | 'sensor-against-crew';
export type Doubt = { readonly code: DoubtCode } & Words;

/** How full a bin is now, or why that is not known. No data is never "empty". */
export type FillState =
  | {
      readonly status: 'known';
      readonly fraction: number;
      readonly measuredAt: number;
      readonly flag: 1 | 2 | 3;
      /** A crew said so, and its word counts for more than the sensor's. */
      readonly toldBy?: 'crew';
      readonly doubt?: Doubt;
    }
  | { readonly status: 'no-data'; readonly reason: NoDataReason; readonly lastHeardAt: number | null };

const HOUR_MS = 3_600_000;
/** A level older than this says nothing about tonight: most city bins are emptied and fill again within two days. */
const LONGEST_SILENCE_MS = 24 * HOUR_MS;
/** Heads that looked within so much of the newest look speak together. */
const TOGETHER_MS = 3 * HOUR_MS;
/** Two looks at one sensor further apart than this do not confirm each other. */
const CONFIRMS = 0.15;

/** The fraction that one reading tells; `undefined` when it is missing, failed its tests or is a lost echo. */
export const believedFraction = (bin: Pick<Bin, 'container'>, reading: Reading): number | undefined =>
  isUsable(reading) ? fillFraction(bin.container, reading.value as number) : undefined;

const distancesOf = ({ latest }: SensorState): readonly Reading[] =>
  levelQuantities.flatMap((quantity) => latest[quantity] ?? []);

const newest = (readings: readonly Reading[]): Reading | undefined =>
  readings.reduce<Reading | undefined>(
    (latest, reading) => (latest === undefined || reading.measuredAt > latest.measuredAt ? reading : latest),
    undefined,
  );

/** Reads before the latest, as far as the quality tests remember them: what a single false echo is told by. */
const lookBefore = (
  bin: Pick<Bin, 'container'>,
  states: readonly SensorState[],
  latest: Reading,
): number | undefined => {
  const state = states.find(({ sensorId }) => sensorId === latest.sensorId);
  const memory = state?.quality?.[latest.quantity as Quantity];
  if (memory === undefined || memory.at !== latest.measuredAt || typeof memory.before !== 'number') return undefined;
  return fillFraction(bin.container, memory.before);
};

export const headsDisagree = (lowest: number, highest: number): Doubt => ({
  code: 'heads-disagree',
  reason: `its sensors say ${percent(lowest)} to ${percent(highest)}`,
  reasonVi: `các cảm biến báo từ ${percent(lowest)} đến ${percent(highest)}`,
});

const notConfirmed = (before: number, now: number): Doubt => ({
  code: 'not-confirmed',
  reason: `a single look says ${percent(now)}, the one before it ${percent(before)}`,
  reasonVi: `chỉ một lần đo báo ${percent(now)}, lần trước đó ${percent(before)}`,
});

/**
 * How full a bin is at an instant (UTC epoch milliseconds), from the latest states of the sensors that observe it: their median, with what
 * is doubtful about it in words. Several readings know better (`fillFromReadings`), where they are at hand.
 */
export const fillStateOf = (bin: Pick<Bin, 'container'>, states: readonly SensorState[], at: number): FillState => {
  const lastHeardAt = states.reduce<number | null>((last, state) => Math.max(last ?? 0, state.lastReceivedAt), null);
  const noData = (reason: NoDataReason): FillState => ({ status: 'no-data', reason, lastHeardAt });
  const readings = states.flatMap(distancesOf);
  const latest = newest(readings);
  if (latest === undefined) return noData('never measured');
  if (latest.measuredAt < at - LONGEST_SILENCE_MS) return noData('silent for more than a day');
  const tilts = states.flatMap(({ latest: { tilt } }) => tilt ?? []);
  const near = readings.filter(({ measuredAt }) => measuredAt >= latest.measuredAt - TOGETHER_MS);
  const looks = looksOf(bin.container, [...near, ...tilts]);
  const last = looks.at(-1);
  const usable = near.filter((reading) => believedFraction(bin, reading) !== undefined);
  if (last === undefined) return noData(usable.length > 0 ? 'the lid is open' : 'the latest reading is not usable');
  const levels = looks.map(({ level }) => level);
  const fraction = middleOf(levels);
  const [lowest, highest] = [Math.min(...levels), Math.max(...levels)];
  const before = levels.length === 1 ? lookBefore(bin, states, latest) : undefined;
  const doubt =
    highest - lowest > DISAGREEMENT
      ? headsDisagree(lowest, highest)
      : before !== undefined && Math.abs(before - fraction) > CONFIRMS
        ? notConfirmed(before, fraction)
        : undefined;
  const flags = usable.filter(({ measuredAt }) => measuredAt === last.at).map(({ quality }) => quality.flag);
  const flag = Math.max(1, ...flags) as 1 | 2 | 3;
  return { status: 'known', fraction, measuredAt: last.at, flag, ...(doubt && { doubt }) };
};
