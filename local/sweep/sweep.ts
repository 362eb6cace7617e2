import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import type { Schedule } from '../../events/schedules.ts';
import { STATION_FILE_RETENTION_DAYS } from '../../events/station-file-event.ts';
import type { Cloud } from '../cloud.ts';
import { cityEnvironment } from '../home.ts';
import { SMALL_YOUNG_GENERATION } from '../lean-process.ts';
import { deleteOldStationFiles } from './old-station-files.ts';

/** Four times a day, so that a city that is switched off at night sweeps too. */
export const sweepSchedule: Schedule = {
  name: 'sweep',
  description: 'Deletes expired items and station files, as DynamoDB and S3 do by themselves',
  cron: '40 3,9,15,21 * * *',
};

const DAY_MS = 86_400_000;

/** Does on one machine what time to live and lifecycle rules do on AWS. Expired messages the queues delete themselves. */
export const sweep = async ({ addresses }: Cloud, home: string, log: (line: string) => void): Promise<void> => {
  const now = Date.now();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { tables: [addresses.tableName, addresses.readingsTableName ?? addresses.tableName], now },
    env: cityEnvironment(addresses),
    resourceLimits: SMALL_YOUNG_GENERATION,
  });
  const [message] = await once(worker, 'message');
  await worker.terminate();
  const { items } = z.object({ items: z.int() }).parse(message);
  const files = deleteOldStationFiles(home, now - STATION_FILE_RETENTION_DAYS * DAY_MS);
  log(`sweep: ${items} expired items and ${files} old station files deleted`);
};
