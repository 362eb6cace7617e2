import { dynamodbReadingStore } from '../../../../shared/storage/dynamodb/reading-store.ts';
import { openTestTable } from '../../../support/dynamodb.ts';
import { CONTRACT_NOW, readingStoreContract } from '../reading-store.contract.ts';

readingStoreContract(
  'The DynamoDB store',
  async () => {
    const { client, tableName, close } = await openTestTable();
    return { store: dynamodbReadingStore({ client, tableName, clock: () => CONTRACT_NOW }), close };
  },
  // The embedded DynamoDB takes about a thousand writes a second: 10^5 readings would take minutes, and prove no more.
  { tellsExactRepeats: true, longSeries: 3_000, pageSize: 400, generatedRuns: 15 },
);
