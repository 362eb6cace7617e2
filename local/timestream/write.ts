import { TimestreamError } from './errors.ts';
import { parseRecord } from './records/record.ts';
import { parseRequest, writeRecordsRequest } from './requests.ts';
import type { WritePath } from './storage/write-path.ts';
import type { Operation } from './wire.ts';

/** WriteRecords: takes what the table's rules allow, and tells of the rest only after the others are durable. */
export const writeRecords =
  (writePath: WritePath): Operation =>
  async (input) => {
    const { DatabaseName, TableName, CommonAttributes, Records } = parseRequest(writeRecordsRequest, input);
    const records = Records.map((record) => parseRecord(CommonAttributes ?? {}, record));
    const { memory, magnetic, rejected } = await writePath.write({ database: DatabaseName, table: TableName, records });
    if (rejected.length > 0)
      throw new TimestreamError(
        'RejectedRecordsException',
        'One or more records have been rejected. See RejectedRecords for details.',
        { RejectedRecords: rejected },
      );
    return { RecordsIngested: { Total: memory + magnetic, MemoryStore: memory, MagneticStore: magnetic } };
  };
