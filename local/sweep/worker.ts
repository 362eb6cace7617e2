import { parentPort, workerData } from 'node:worker_threads';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { deleteExpiredItems } from './expired-items.ts';

/** A worker thread that sweeps the tables once and gives back the memory of the SDK client, which the main thread does not need. */
const { tables, now } = z.object({ tables: z.array(z.string()), now: z.int() }).parse(workerData);
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
let items = 0;
for (const table of new Set(tables)) items += await deleteExpiredItems(client, table, now);
parentPort?.postMessage({ items });
