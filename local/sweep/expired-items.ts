import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { TIME_TO_LIVE_ATTRIBUTE } from '../../shared/storage/dynamodb/tables.ts';

const keySchema = z.object({ pk: z.string(), sk: z.string() });

/**
 * Deletes what has expired by `now` (UTC epoch milliseconds), as DynamoDB's time to live does on AWS, and answers how much. An item that got
 * another time in between stays.
 */
export const deleteExpiredItems = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  now: number,
): Promise<number> => {
  const expired = {
    ExpressionAttributeNames: { '#ttl': TIME_TO_LIVE_ATTRIBUTE },
    ExpressionAttributeValues: { ':now': Math.floor(now / 1_000) },
  };
  let deleted = 0;
  let start: Readonly<Record<string, unknown>> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: tableName,
        FilterExpression: '#ttl < :now',
        ProjectionExpression: 'pk, sk',
        ...expired,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    for (const item of page.Items ?? []) {
      const Key = keySchema.parse(item);
      try {
        await client.send(
          new DeleteCommand({ TableName: tableName, Key, ConditionExpression: '#ttl < :now', ...expired }),
        );
        deleted += 1;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return deleted;
};
