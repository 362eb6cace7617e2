import type { Quantity } from '../../telemetry/quantity.ts';
import type { Reading } from '../../telemetry/reading.ts';
import type { ReadingStore } from '../../telemetry/reading-store.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** How old a reading is that nobody issued before it was stored: a day is issued when it has been over for longer than this. */
export const NOTE_AFTER_MS = 2 * HOUR_MS;
/** How long a day is over before it is issued: an hour more, so that whoever is storing its last readings then leaves a note. */
export const SETTLED_AFTER_MS = 3 * HOUR_MS;

/** A quantity that has new or changed readings on a day of UTC (by its start in epoch milliseconds). */
export type ChangedDay = { readonly quantity: Quantity; readonly day: number };

/** `token` tells a note from one for the same day and quantity that was made after it was read. */
export type ChangeNote = ChangedDay & { readonly token: string };

/** What may have to be issued again. A port. */
export type ChangedDays = {
  /** One write for each, whatever is noted already. */
  readonly note: (days: readonly ChangedDay[]) => Promise<void>;
  /** Oldest days first. */
  readonly list: (limit: number) => Promise<readonly ChangeNote[]>;
  /** Removes notes that are still as they were read; a day noted again meanwhile stays noted. */
  readonly remove: (notes: readonly ChangeNote[]) => Promise<void>;
  /** The last day (of the city's calendar) up to which a run by schedule has issued everything; `undefined` before the first. */
  readonly issuedTo: () => Promise<string | undefined>;
  readonly setIssuedTo: (day: string) => Promise<void>;
};

const changedDaysOf = (readings: readonly Reading[], now: number): readonly ChangedDay[] => {
  const days = new Map<string, ChangedDay>();
  for (const { quantity, measuredAt } of readings) {
    if (measuredAt >= now - NOTE_AFTER_MS) continue;
    const day = Math.floor(measuredAt / DAY_MS) * DAY_MS;
    days.set(`${quantity}|${day}`, { quantity, day });
  }
  return [...days.values()];
};

/**
 * A reading store that notes the days of readings which may have been issued already: one note a quantity and day, not one a reading,
 * and none for timely readings, which are all but a few. Behind the readings, for whoever takes the note must find them; before the
 * promise resolves, so that nothing is acknowledged and forgotten. A repeat is noted too: its first try may have failed in between.
 */
export const notingChanges = (
  readings: ReadingStore,
  changes: Pick<ChangedDays, 'note'>,
  clock: () => number,
): ReadingStore => ({
  ...readings,
  append: async (given) => {
    const outcomes = await readings.append(given);
    const taken = given.filter((_, index) => outcomes[index]?.status !== 'rejected');
    const days = changedDaysOf(taken, clock());
    if (days.length > 0) await changes.note(days);
    return outcomes;
  },
});
