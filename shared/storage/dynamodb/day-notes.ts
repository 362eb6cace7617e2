import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { orUnavailable } from '../availability.ts';
import { mapInParallel } from '../parallel.ts';
import { batchWrite, type Key, putItem, queryPages, type TableOptions } from './items.ts';

const REMOVALS_IN_FLIGHT = 16;

/** A day of something (UTC, epoch milliseconds of its midnight) that somebody has to look at again. */
type Noted = { readonly day: number };

export type DayNotesOptions<D extends Noted, N extends D & { readonly token: string }> = {
  readonly partition: string;
  /** Of what the day is: with it, the day is noted once. */
  readonly subjectOf: (noted: D) => string;
  readonly schema: z.ZodType<N>;
};

/**
 * Notes of days in the city table: one small item a day and subject, in the order of days. Noting again gives a new token, and only
 * who holds the last one removes the note.
 */
export const dayNotes = <D extends Noted, N extends D & { readonly token: string }>(
  options: TableOptions,
  { partition, subjectOf, schema }: DayNotesOptions<D, N>,
) => {
  const keyOf = (noted: D): Key => ({
    pk: partition,
    sk: `${new Date(noted.day).toISOString().slice(0, 10)}#${subjectOf(noted)}`,
  });

  const removeNote = async (note: N): Promise<void> => {
    const command = new DeleteCommand({
      TableName: options.tableName,
      Key: keyOf(note),
      ConditionExpression: '#token = :token',
      ExpressionAttributeNames: { '#token': 'token' },
      ExpressionAttributeValues: { ':token': note.token },
    });
    try {
      await orUnavailable(options.client.send(command));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  return {
    note: async (days: readonly D[]): Promise<void> => {
      const items = days.map((noted) => ({ ...keyOf(noted), ...noted, token: crypto.randomUUID() }));
      const [only] = items;
      if (items.length === 1 && only !== undefined) await putItem(options, only);
      else await batchWrite(options, { put: items });
    },

    list: async (limit: number): Promise<readonly N[]> => {
      const notes: N[] = [];
      const pages = queryPages(options, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition },
        Limit: limit,
      });
      for await (const page of pages) {
        notes.push(...page.map((item) => schema.parse(item)));
        if (notes.length >= limit) break;
      }
      return notes.slice(0, limit);
    },

    remove: async (notes: readonly N[]): Promise<void> => {
      await mapInParallel(notes, REMOVALS_IN_FLIGHT, removeNote);
    },
  };
};
