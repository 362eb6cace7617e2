import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConflictException,
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeDatabaseCommand,
  DescribeEndpointsCommand,
  DescribeTableCommand,
  ListTablesCommand,
  ResourceNotFoundException,
  ThrottlingException,
  TimestreamWriteClient,
  UpdateTableCommand,
  ValidationException,
  WriteRecordsCommand,
} from '@aws-sdk/client-timestream-write';
import { describe, expect, it } from 'vitest';
import { startTimestreamEndpoint } from '../../../../local/timestream/endpoint.ts';
import { NOW, openCity, pm25, table } from './support.ts';

const everything = 'SELECT sensor_id FROM "city"."readings" ORDER BY 1';

describe('the endpoint', () => {
  it('tells clients its own host when they discover endpoints', async () => {
    await using city = await openCity();
    const { Endpoints } = await city.clients().write.send(new DescribeEndpointsCommand({}));
    expect(Endpoints).toEqual([{ Address: '127.0.0.1', CachePeriodInMinutes: 1440 }]);
  });

  it('describes databases and tables as they were made', async () => {
    await using city = await openCity({ memoryHours: 12, magneticDays: 7, magneticWrites: true });
    const { write } = city.clients();
    const { Database } = await write.send(new DescribeDatabaseCommand({ DatabaseName: 'city' }));
    expect(Database).toMatchObject({ DatabaseName: 'city', TableCount: 1, CreationTime: new Date(NOW) });
    const { Table } = await write.send(new DescribeTableCommand(table));
    expect(Table).toMatchObject({
      ...table,
      TableStatus: 'ACTIVE',
      RetentionProperties: { MemoryStoreRetentionPeriodInHours: 12, MagneticStoreRetentionPeriodInDays: 7 },
      MagneticStoreWriteProperties: { EnableMagneticStoreWrites: true },
    });
  });

  it('lists tables in pages', async () => {
    await using city = await openCity();
    const { write } = city.clients();
    await write.send(new CreateTableCommand({ ...table, TableName: 'others' }));
    const first = await write.send(new ListTablesCommand({ DatabaseName: 'city', MaxResults: 1 }));
    const second = await write.send(
      new ListTablesCommand({ DatabaseName: 'city', MaxResults: 1, NextToken: first.NextToken }),
    );
    expect([first, second].map(({ Tables }) => Tables?.map(({ TableName }) => TableName))).toEqual([
      ['readings'],
      ['others'],
    ]);
    expect(second.NextToken).toBeUndefined();
  });

  it('refuses what exists already, what does not exist, and names and periods out of bounds', async () => {
    await using city = await openCity();
    const { write } = city.clients();
    await expect(write.send(new CreateDatabaseCommand({ DatabaseName: 'city' }))).rejects.toThrow(ConflictException);
    await expect(write.send(new CreateTableCommand(table))).rejects.toThrow(ConflictException);
    await expect(write.send(new DescribeTableCommand({ ...table, TableName: 'nowhere' }))).rejects.toThrow(
      ResourceNotFoundException,
    );
    await expect(write.send(new ListTablesCommand({ DatabaseName: 'nowhere' }))).rejects.toThrow(
      ResourceNotFoundException,
    );
    await expect(write.send(new CreateDatabaseCommand({ DatabaseName: 'a b' }))).rejects.toThrow(ValidationException);
    await expect(write.send(new CreateDatabaseCommand({ DatabaseName: 'main' }))).rejects.toThrow(ValidationException);
    const tooLong = { MemoryStoreRetentionPeriodInHours: 9000, MagneticStoreRetentionPeriodInDays: 1 };
    await expect(
      write.send(new CreateTableCommand({ ...table, TableName: 'long', RetentionProperties: tooLong })),
    ).rejects.toThrow(ValidationException);
  });

  it('changes retention at once', async () => {
    await using city = await openCity({ memoryHours: 1 });
    const old = pm25('aq-1', NOW - 2 * 3_600_000, 1);
    expect(await city.rejections([old])).toHaveLength(1);
    const longer = { MemoryStoreRetentionPeriodInHours: 3, MagneticStoreRetentionPeriodInDays: 365 };
    await city.clients().write.send(new UpdateTableCommand({ ...table, RetentionProperties: longer }));
    expect(await city.rejections([old])).toEqual([]);
  });

  it('forgets a deleted table, also what was on its way, and starts anew under its name', async () => {
    await using city = await openCity();
    const { write } = city.clients();
    await city.write([pm25('aq-1', NOW, 1)]);
    await write.send(new DeleteTableCommand(table));
    await expect(city.query(everything)).rejects.toThrow('does not exist');
    await write.send(new CreateTableCommand(table));
    await city.write([pm25('aq-2', NOW, 2)]);
    await city.restart();
    expect(await city.rows(everything)).toEqual([['aq-2']]);
  });

  it('lets records go when both stores have kept them long enough', async () => {
    let now = NOW;
    await using city = await openCity({ memoryHours: 24, magneticDays: 2, clock: () => now });
    await city.write([pm25('old', NOW - 20 * 3_600_000, 1), pm25('young', NOW, 1)]);
    now = NOW + 36 * 3_600_000;
    await city.restart();
    expect(await city.rows(everything)).toEqual([['young']]);
  });

  it('throttles when records come faster than they can be stored, and takes them later', async () => {
    await using city = await openCity({ maxUnappliedRecords: 1 });
    // DuckDB takes over when the machine has time for it: on a busy one later than three attempts last.
    const patient = new TimestreamWriteClient({ maxAttempts: 100 });
    const impatient = new TimestreamWriteClient({ maxAttempts: 1 });
    const command = (at: number) => new WriteRecordsCommand({ ...table, Records: [pm25('aq-1', NOW - at, 1)] });
    // Two writes in a row are enough, unless the machine is so slow that DuckDB took the first over in between.
    let written = 0;
    const writeOn = async () => {
      for (; written < 50; written += 1) await impatient.send(command(written));
    };
    await expect(writeOn()).rejects.toThrow(ThrottlingException);
    await patient.send(command(written));
    expect(await city.rows('SELECT count(*) FROM "city"."readings"')).toEqual([[String(written + 1)]]);
  });

  it('answers what is no request of Timestream with an error, not silence', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'timestream-'));
    const endpoint = await startTimestreamEndpoint({ directory });
    const post = (target: string, body: string) =>
      fetch(endpoint.url, { method: 'POST', headers: { 'x-amz-target': `Timestream_20181101.${target}` }, body });
    const unknown = await post('Frobnicate', '{}');
    expect([unknown.status, await unknown.json()]).toMatchObject([
      400,
      { __type: expect.stringContaining('UnknownOperationException') },
    ]);
    const rubbish = await post('WriteRecords', '{{{');
    expect([rubbish.status, await rubbish.json()]).toMatchObject([
      400,
      { __type: expect.stringContaining('ValidationException') },
    ]);
    const huge = await post('WriteRecords', 'x'.repeat(5_000_000)).catch(() => undefined);
    expect(huge?.status ?? 400).toBe(400);
    await endpoint.close();
    rmSync(directory, { recursive: true, force: true });
  });
});
