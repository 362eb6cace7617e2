import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { LateDataStore, LateDay, LateNote } from '../../telemetry/late-data.ts';
import { orUnavailable } from '../availability.ts';
import { mapInParallel } from '../parallel.ts';
import { batchWrite, getItem, type Key, putItem, queryPages, type TableOptions } from './items.ts';

const PARTITION = 'late-data';
const PROGRESS_KEY: Key = { pk: 'evaluation', sk: 'progress' };
const REMOVALS_IN_FLIGHT = 16;

const noteKey = ({ sensorId, day }: LateDay): Key => ({
  pk: PARTITION,
  sk: `${new Date(day).toISOString().slice(0, 10)}#${sensorId}`,
});

const noteSchema = z.object({ sensorId: z.string(), day: z.int(), token: z.string() });
const progressSchema = z.object({ evaluatedTo: z.int() });

/** Notes of late data in DynamoDB, in the city table: one small item a sensor and day, in the order of days. */
export const dynamodbLateData = (options: TableOptions): LateDataStore => ({
  note: (days) =>
    batchWrite(options, {
      put: days.map(({ sensorId, day }) => ({
        ...noteKey({ sensorId, day }),
        sensorId,
        day,
        token: crypto.randomUUID(),
      })),
    }),

  list: async (limit) => {
    const notes: LateNote[] = [];
    const pages = queryPages(options, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': PARTITION },
      Limit: limit,
    });
    for await (const page of pages) {
      notes.push(...page.map((item) => noteSchema.parse(item)));
      if (notes.length >= limit) break;
    }
    return notes.slice(0, limit);
  },

  remove: async (notes) => {
    await mapInParallel(notes, REMOVALS_IN_FLIGHT, (note) => removeNote(options, note));
  },

  evaluatedTo: async () => {
    const item = await getItem(options, PROGRESS_KEY);
    return item && progressSchema.parse(item).evaluatedTo;
  },

  setEvaluatedTo: async (evaluatedTo) => {
    await putItem(options, { ...PROGRESS_KEY, evaluatedTo });
  },
});

const removeNote = async ({ client, tableName }: TableOptions, note: LateNote): Promise<void> => {
  const command = new DeleteCommand({
    TableName: tableName,
    Key: noteKey(note),
    ConditionExpression: '#token = :token',
    ExpressionAttributeNames: { '#token': 'token' },
    ExpressionAttributeValues: { ':token': note.token },
  });
  try {
    await orUnavailable(client.send(command));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};
