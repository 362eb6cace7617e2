import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { daySchema } from '../../open-data/bulk/bulk-issue.ts';
import type { ChangedDay, ChangedDays, ChangeNote } from '../../open-data/bulk/changed-days.ts';
import { type Quantity, quantityNames } from '../../telemetry/quantity.ts';
import { orUnavailable } from '../availability.ts';
import { mapInParallel } from '../parallel.ts';
import { batchWrite, getItem, type Key, putItem, queryPages, type TableOptions } from './items.ts';

const PARTITION = 'changed-days';
const PROGRESS_KEY: Key = { pk: 'bulk-files', sk: 'progress' };
const REMOVALS_IN_FLIGHT = 16;

const noteKey = ({ quantity, day }: ChangedDay): Key => ({
  pk: PARTITION,
  sk: `${new Date(day).toISOString().slice(0, 10)}#${quantity}`,
});

const noteSchema = z.object({
  quantity: z.enum(quantityNames as [Quantity, ...Quantity[]]),
  day: z.int(),
  token: z.string(),
});

const progressSchema = z.object({ issuedTo: daySchema });

/** Notes of days that may have to be issued again, in the city table: one small item a day and quantity, in the order of days. */
export const dynamodbChangedDays = (options: TableOptions): ChangedDays => ({
  note: async (days) => {
    const items = days.map(({ quantity, day }) => ({
      ...noteKey({ quantity, day }),
      quantity,
      day,
      token: crypto.randomUUID(),
    }));
    const [only] = items;
    if (items.length === 1 && only !== undefined) await putItem(options, only);
    else await batchWrite(options, { put: items });
  },

  list: async (limit) => {
    const notes: ChangeNote[] = [];
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

  issuedTo: async () => {
    const item = await getItem(options, PROGRESS_KEY);
    return item && progressSchema.parse(item).issuedTo;
  },

  setIssuedTo: async (issuedTo) => {
    await putItem(options, { ...PROGRESS_KEY, issuedTo });
  },
});

const removeNote = async ({ client, tableName }: TableOptions, note: ChangeNote): Promise<void> => {
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
