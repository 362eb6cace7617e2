import * as z from 'zod';
import { issueBulkFilesEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { logger } from '../../shared/lambda/observability.ts';
import { scheduled } from '../../shared/lambda/scheduled.ts';
import { daySchema } from '../../shared/open-data/bulk/bulk-issue.ts';
import { issueDays } from '../../shared/open-data/bulk/issue-days.ts';
import { openStores } from '../../shared/storage/open.ts';
import { openBulkFiles } from '../../shared/storage/s3/bulk-files.ts';

const environment = readEnvironment(issueBulkFilesEnvironmentSchema);
const stores = openStores(environment);
const bulkFiles = openBulkFiles(environment.BULK_BUCKET);

/** No day is begun in the last two minutes of the function's quarter of an hour. */
const WORKING_MS = 13 * 60_000;

/** By hand: `{ "from": "2026-11-01", "to": "2026-11-07" }`, days of the city, builds these. */
const requestSchema = z.object({ from: daySchema.optional(), to: daySchema.optional() });

export const handler = scheduled(async ({ event }) => {
  const { from, to = from } = requestSchema.parse(event);
  const summary = await issueDays(
    { ...stores, cityId: environment.CITY_ID, bulkFiles, clock: Date.now },
    {
      until: Date.now() + WORKING_MS,
      ...(from !== undefined && to !== undefined && { days: { from, to } }),
      onOutcome: (task, outcome) => {
        if (outcome.status === 'kept')
          logger.warn('A day has fewer readings than were issued', { ...task, ...outcome });
      },
    },
  );
  logger.info('Bulk files issued', { ...summary });
  // The scheduler tries again, and that run goes on where this one ended.
  if (summary.left > 0) throw new Error(`${summary.left} days of quantities are left to issue`);
  return summary;
});
