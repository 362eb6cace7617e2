import * as z from 'zod';
import { daySchema } from '../../open-data/bulk/bulk-issue.ts';
import type { ChangedDay, ChangedDays, ChangeNote } from '../../open-data/bulk/changed-days.ts';
import { type Quantity, quantityNames } from '../../telemetry/quantity.ts';
import { dayNotes } from './day-notes.ts';
import { getItem, type Key, putItem, type TableOptions } from './items.ts';

const PROGRESS_KEY: Key = { pk: 'bulk-files', sk: 'progress' };

const schema = z.object({
  quantity: z.enum(quantityNames as [Quantity, ...Quantity[]]),
  day: z.int(),
  token: z.string(),
});

const progressSchema = z.object({ issuedTo: daySchema });

/** Notes of days that may have to be issued again, in the city table: one a day and quantity. */
export const dynamodbChangedDays = (options: TableOptions): ChangedDays => ({
  ...dayNotes<ChangedDay, ChangeNote>(options, {
    partition: 'changed-days',
    subjectOf: ({ quantity }) => quantity,
    schema,
  }),

  issuedTo: async () => {
    const item = await getItem(options, PROGRESS_KEY);
    return item && progressSchema.parse(item).issuedTo;
  },

  setIssuedTo: async (issuedTo) => {
    await putItem(options, { ...PROGRESS_KEY, issuedTo });
  },
});
