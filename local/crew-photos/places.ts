import { join } from 'node:path';

/** What the local city calls the bucket; its files lie under `crew-photos/` of the home folder. */
export const CREW_PHOTO_BUCKET = 'crew-photos-bucket';

const keyPattern = /^crew-photos\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where a photo lies; `undefined` for a key that none has, and so for everything that would lead out of the folder. */
export const photoPath = (home: string, key: string): string | undefined =>
  keyPattern.test(key) ? join(home, key) : undefined;
