import type { Doubt } from '../fill-state.ts';
import type { Calibration } from '../forecast/calibration.ts';
import type { FittedGroup } from '../forecast/fit.ts';
import type { BinModel } from '../forecast/rate.ts';
import type { BinRecord } from './bin-record.ts';

/** What was known of a bin at the last update. */
export type BookedBin = {
  readonly binId: string;
  /** The group whose profile it fills by (`groupKey`). */
  readonly group: string;
  readonly model: BinModel;
  /** Its level then, false echoes left out; `null` where nobody knew. */
  readonly level: { readonly at: number; readonly fraction: number; readonly doubt: Doubt | null } | null;
  readonly lastEmptiedAt: number | null;
  /** Hours of pure filling that its model rests on. */
  readonly hoursSeen: number;
};

/** All bins' models with what they share, as made by one update. Small enough to be read whole: some 70 bytes a bin, packed. */
export type OutlookBook = {
  /** UTC epoch milliseconds. */
  readonly at: number;
  /** By `groupKey`: the city's, each stream's, each ward's of a stream. */
  readonly groups: Readonly<Record<string, FittedGroup>>;
  /** By waste stream. */
  readonly calibrations: Readonly<Record<string, Calibration>>;
  readonly bins: readonly BookedBin[];
};

/** Where the last update's outcome lies. A port. */
export type OutlookBookStore = {
  readonly read: () => Promise<OutlookBook | undefined>;
  /** Puts a book in the place of an older one; answers false, changing nothing, where the one that lies there is as new. */
  readonly write: (book: OutlookBook) => Promise<boolean>;
};

export type VersionedRecord = { readonly record: BinRecord; readonly version: number };

/** Bins' records. A port; a write is on condition that nobody wrote since. */
export type BinRecordStore = {
  /** Those that exist, in no order. */
  readonly get: (binIds: readonly string[]) => Promise<readonly VersionedRecord[]>;
  /** `version` as read, 0 for a new record. Answers the ids of bins that another writer was faster with. */
  readonly put: (records: readonly VersionedRecord[]) => Promise<readonly string[]>;
};
