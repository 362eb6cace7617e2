import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbStationFileRecords } from '../../../shared/storage/dynamodb/station-file-records.ts';
import { InvalidCursorError } from '../../../shared/telemetry/reading-store.ts';
import type {
  StationFileRecord,
  StationFileRecords,
} from '../../../shared/telemetry/station-files/station-file-record.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryStationFileRecords } from '../../support/memory-stores.ts';

const record = (fileCode: string, receivedAt: number, more: Partial<StationFileRecord> = {}): StationFileRecord => ({
  fileCode,
  file: `${fileCode}_20230506000500.txt`,
  receivedAt,
  lines: 4,
  readings: { stored: 3, unchanged: 0, corrected: 0, superseded: 0 },
  refusedLines: 1,
  refused: { 'unknown-symbol': 1 },
  ...more,
});

const suite = (
  name: string,
  open: () => Promise<{ records: StationFileRecords; close: () => Promise<void> }>,
): void => {
  describe(`records of station files, ${name}`, () => {
    let records: StationFileRecords;
    let close: () => Promise<void>;

    beforeAll(async () => {
      ({ records, close } = await open());
      for (let at = 1; at <= 7; at += 1) await records.put(record('A_B_C', at * 1_000));
      await records.put(record('A_B_D', 500, { refusal: { code: 'empty-file', reason: 'no line' } }));
    });
    afterAll(() => close());

    it('are listed a station at a time, newest first, page by page', async () => {
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await records.list({ fileCode: 'A_B_C', limit: 3, ...(cursor !== undefined && { cursor }) });
        seen.push(...page.records.map(({ receivedAt }) => receivedAt));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(seen).toEqual([7_000, 6_000, 5_000, 4_000, 3_000, 2_000, 1_000]);
    });

    it('come back as they were put', async () => {
      const page = await records.list({ fileCode: 'A_B_D', limit: 10 });
      expect(page).toEqual({ records: [record('A_B_D', 500, { refusal: { code: 'empty-file', reason: 'no line' } })] });
    });

    it('are replaced when the same file of the same moment is read again', async () => {
      const again = record('A_B_E', 9_000, { readings: { stored: 0, unchanged: 3, corrected: 0, superseded: 0 } });
      await records.put(record('A_B_E', 9_000));
      await records.put(again);
      expect((await records.list({ fileCode: 'A_B_E', limit: 10 })).records).toEqual([again]);
    });

    it('know their own cursors only', async () => {
      const cursor = Buffer.from('elsewhere').toString('base64url');
      await expect(records.list({ fileCode: 'A_B_C', limit: 3, cursor })).rejects.toThrow(InvalidCursorError);
    });
  });
};

suite('in memory', async () => ({ records: memoryStationFileRecords(), close: async () => undefined }));
suite('in DynamoDB', async () => {
  const table = await openTestTable();
  return { records: dynamodbStationFileRecords(table), close: table.close };
});
