import type { Bin } from '../city/entities.ts';
import type { Reading } from '../telemetry/reading.ts';
import type { SensorState } from '../telemetry/sensor-state.ts';
import { fillFraction } from './container.ts';

/** Why nobody knows how full a bin is. */
export type NoDataReason = 'never measured' | 'silent for more than a day' | 'the latest reading is not usable';

/** How full a bin is now, or why that is not known. No data is never "empty". */
export type FillState =
  | { readonly status: 'known'; readonly fraction: number; readonly measuredAt: number; readonly flag: 1 | 2 | 3 }
  | { readonly status: 'no-data'; readonly reason: NoDataReason; readonly lastHeardAt: number | null };

/** A level older than this says nothing about tonight: most city bins are emptied and fill again within two days. */
const LONGEST_SILENCE_MS = 24 * 3_600_000;

const newest = (readings: readonly Reading[]): Reading | undefined =>
  readings.reduce<Reading | undefined>(
    (latest, reading) => (latest === undefined || reading.measuredAt > latest.measuredAt ? reading : latest),
    undefined,
  );

/** The fraction that one reading tells; `undefined` when it is missing, failed its tests or is a lost echo. */
export const believedFraction = (bin: Pick<Bin, 'container'>, { value, quality }: Reading): number | undefined =>
  value === null || quality.flag === 4 || quality.flag === 9 ? undefined : fillFraction(bin.container, value);

/** A sensor's newest distance: the corrected one where its sensor is set to have one and it could be made, else as the device said. */
const distanceOf = ({ latest: { fillDistance, fillDistanceCorrected } }: SensorState): Reading | undefined =>
  fillDistanceCorrected?.measuredAt === fillDistance?.measuredAt && fillDistanceCorrected?.value != null
    ? fillDistanceCorrected
    : fillDistance;

/** How full a bin is at an instant (UTC epoch milliseconds), from the latest states of the sensors that observe it. */
export const fillStateOf = (bin: Pick<Bin, 'container'>, states: readonly SensorState[], at: number): FillState => {
  const lastHeardAt = states.reduce<number | null>((last, state) => Math.max(last ?? 0, state.lastReceivedAt), null);
  const noData = (reason: NoDataReason): FillState => ({ status: 'no-data', reason, lastHeardAt });
  const latest = newest(states.flatMap((state) => distanceOf(state) ?? []));
  if (latest === undefined) return noData('never measured');
  if (latest.measuredAt < at - LONGEST_SILENCE_MS) return noData('silent for more than a day');
  const { flag } = latest.quality;
  const fraction = believedFraction(bin, latest);
  if (fraction === undefined || flag === 4 || flag === 9) return noData('the latest reading is not usable');
  return { status: 'known', fraction, measuredAt: latest.measuredAt, flag };
};
