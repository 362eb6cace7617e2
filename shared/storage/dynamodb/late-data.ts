import * as z from 'zod';
import type { LateDataStore, LateDay, LateNote } from '../../telemetry/late-data.ts';
import { dayNotes } from './day-notes.ts';
import { getItem, type Key, putItem, type TableOptions } from './items.ts';

const PROGRESS_KEY: Key = { pk: 'evaluation', sk: 'progress' };

const schema = z.object({ sensorId: z.string(), day: z.int(), token: z.string() });
const progressSchema = z.object({ evaluatedTo: z.int() });

/** Notes of late data in DynamoDB, in the city table: one a sensor and day. */
export const dynamodbLateData = (options: TableOptions): LateDataStore => ({
  ...dayNotes<LateDay, LateNote>(options, { partition: 'late-data', subjectOf: ({ sensorId }) => sensorId, schema }),

  evaluatedTo: async () => {
    const item = await getItem(options, PROGRESS_KEY);
    return item && progressSchema.parse(item).evaluatedTo;
  },

  setEvaluatedTo: async (evaluatedTo) => {
    await putItem(options, { ...PROGRESS_KEY, evaluatedTo });
  },
});
