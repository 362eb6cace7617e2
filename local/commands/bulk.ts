import { issueBulkFilesEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import type { IssueOutcome } from '../../shared/open-data/bulk/issue-day.ts';
import { type IssueTask, issueDays } from '../../shared/open-data/bulk/issue-days.ts';
import { openStores } from '../../shared/storage/open.ts';
import { openBulkFiles } from '../../shared/storage/s3/bulk-files.ts';
import { type BulkOptions, bulkUsage, readBulkOptions } from '../bulk/options.ts';
import { BULK_BUCKET } from '../bulk/places.ts';
import { cityEnvironment, phosachHome, readRunning } from '../home.ts';

const told = (outcome: IssueOutcome): string | undefined => {
  if (outcome.status === 'kept') return `${outcome.rows} rows now, ${outcome.issuedRows} were issued: kept as it was`;
  if (outcome.status !== 'issued') return undefined;
  const { version, rows, series, files } = outcome.issue;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return `version ${version}, ${rows} rows of ${series} series, ${Math.ceil(bytes / 1_024)} KiB`;
};

/** `npm run bulk`: issues daily files now. See `bulkUsage`. */
const run = async ({ cloud, days, quantity }: BulkOptions): Promise<void> => {
  if (!cloud) Object.assign(process.env, { ...cityEnvironment(readRunning(phosachHome())), BULK_BUCKET });
  const environment = readEnvironment(issueBulkFilesEnvironmentSchema);
  const startedAt = Date.now();
  const summary = await issueDays(
    {
      ...openStores(environment),
      cityId: environment.CITY_ID,
      bulkFiles: openBulkFiles(environment.BULK_BUCKET),
      clock: Date.now,
    },
    {
      ...(days !== undefined && { days }),
      ...(quantity !== undefined && { quantity }),
      onOutcome: (task: IssueTask, outcome: IssueOutcome) => {
        const line = told(outcome);
        if (line !== undefined) console.log(`${task.day} ${task.quantity}: ${line}`);
      },
    },
  );
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  console.log(
    `${summary.issued} issued, ${summary.unchanged} unchanged, ${summary.kept} kept, ${summary.empty} without readings, in ${seconds} s`,
  );
};

try {
  await run(readBulkOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(`\n${bulkUsage}`);
  process.exitCode = 1;
}
