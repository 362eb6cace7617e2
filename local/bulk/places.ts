import { join } from 'node:path';
import { BULK_PREFIX } from '../../events/bulk-files.ts';

/** What the local city calls the bucket; its files lie under `bulk/` of the home folder. */
export const BULK_BUCKET = 'bulk-files';

const keyPattern = new RegExp(`^${BULK_PREFIX}[A-Za-z0-9]+/\\d{4}-\\d{2}-\\d{2}/[A-Za-z0-9][A-Za-z0-9.-]*$`);

/** Where a file lies; `undefined` for a key that no bulk file has, and so for everything that would lead out of the folder. */
export const bulkPath = (home: string, key: string): string | undefined =>
  keyPattern.test(key) && !key.includes('..') ? join(home, key) : undefined;
