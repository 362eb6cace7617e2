import { dynamodbReadingStore } from '../../../shared/storage/dynamodb/reading-store.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { CONTRACT_NOW, readingStoreContract } from './reading-store.contract.ts';

readingStoreContract('The in-memory store', async () => ({ store: memoryReadingStore(), close: async () => {} }), {
  tellsExactRepeats: true,
  longSeries: 100_000,
  pageSize: 7_000,
  generatedRuns: 100,
});

readingStoreContract(
  'The DynamoDB store',
  async () => {
    const { client, tableName, close } = await openTestTable();
    return { store: dynamodbReadingStore({ client, tableName, clock: () => CONTRACT_NOW }), close };
  },
  // The embedded DynamoDB takes about a thousand writes a second; the page arithmetic needs no more than a few pages.
  { tellsExactRepeats: true, longSeries: 3_000, pageSize: 400, generatedRuns: 15 },
);
