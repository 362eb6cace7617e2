import * as z from 'zod';
import { refusalCodes } from '../../../events/refused-message.ts';

const count = z.int().nonnegative();

/** How one station file was taken: lines = stored + unchanged + corrected + superseded + refused, whatever happens. */
export const stationFileRecordSchema = z.object({
  /** As the file's name says, in capitals; the sensor of this id has the readings. */
  fileCode: z.string(),
  file: z.string(),
  /** UTC epoch milliseconds. */
  receivedAt: z.int().positive(),
  /** Lines that hold anything. */
  lines: count,
  readings: z.object({ stored: count, unchanged: count, corrected: count, superseded: count }),
  refusedLines: count,
  /** Refused lines by reason. */
  refused: z.partialRecord(z.enum(refusalCodes), count),
  /** Why the file was refused as a whole; then nothing of it was read, and every count is 0. */
  refusal: z.object({ code: z.enum(refusalCodes), reason: z.string() }).optional(),
});

export type StationFileRecord = z.infer<typeof stationFileRecordSchema>;

/** Records of how files were taken, one a file and arrival. A port. */
export type StationFileRecords = {
  /** Creates or replaces: a file that is read twice says the second time how it was taken then. */
  readonly put: (record: StationFileRecord) => Promise<void>;
  /**
   * Those of one station, newest first.
   * @throws InvalidCursorError for a cursor of another list.
   */
  readonly list: (query: {
    readonly fileCode: string;
    readonly limit: number;
    readonly cursor?: string;
  }) => Promise<{ readonly records: readonly StationFileRecord[]; readonly nextCursor?: string }>;
};
