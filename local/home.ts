import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { parseJson } from '../events/parse-json.ts';

/**
 * What a running city says about itself in `<home>/run.json`, so that the commands beside it (`npm run sensor`, `import`,
 * `replay`, `redrive`) find its doors. Written when everything answers, removed on a clean stop.
 */
const runningCitySchema = z.object({
  /** Process that owns the folder. */
  pid: z.int().positive(),
  /** UTC epoch milliseconds. */
  startedAt: z.int().positive(),
  /** Console and HTTP APIs, e.g. `http://localhost:8080`. */
  http: z.url(),
  mqtt: z.object({ host: z.string().min(1), port: z.int().min(1).max(65_535) }),
  /** Absent when it is switched off. */
  sftp: z.object({ host: z.string().min(1), port: z.int().min(1).max(65_535) }).optional(),
  /** What `AWS_ENDPOINT_URL_*` must say for the SDK clients. */
  endpoints: z.object({ dynamodb: z.url(), sqs: z.url(), timestream: z.url(), s3: z.url(), sns: z.url() }),
  /** Queue URLs. */
  queues: z.object({
    uplinks: z.url(),
    deadLetter: z.url(),
    plans: z.url(),
    stationFiles: z.url(),
    stationFilesDeadLetter: z.url(),
    episodes: z.url(),
  }),
  cityId: z.string().min(1),
  tableName: z.string().min(1),
  readingStore: z.enum(['timestream', 'dynamodb']),
  timestreamDatabase: z.string().min(1).optional(),
  timestreamTable: z.string().min(1).optional(),
  readingsTableName: z.string().min(1).optional(),
});

export type RunningCity = z.infer<typeof runningCitySchema>;

/** No city runs in this folder: the caller can only ask the person to start it. */
export class CityNotRunningError extends Error {
  override readonly name = 'CityNotRunningError';
}

/** The folder that holds all a local city knows: `PHOSACH_HOME`, or `.phosach` in the current directory. Absolute. */
export const phosachHome = (environment: NodeJS.ProcessEnv = process.env): string =>
  resolve(environment.PHOSACH_HOME || '.phosach');

/** Where device keys and certificates lie. */
export const certificatesDirectory = (home: string): string => join(home, 'certificates');

const runFile = (home: string): string => join(home, 'run.json');

/** Whether a process of this id exists, whoever owns it. */
const isProcessAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const readRunFile = (home: string): string | undefined => {
  try {
    return readFileSync(runFile(home), 'utf8');
  } catch {
    return undefined;
  }
};

/** The city that runs in this folder, or `undefined`. A file that a killed process left behind counts as nothing. */
export const findRunning = (home: string): RunningCity | undefined => {
  const text = readRunFile(home);
  if (text === undefined) return undefined;
  const parsed = runningCitySchema.safeParse(parseJson(text));
  return parsed.success && isProcessAlive(parsed.data.pid) ? parsed.data : undefined;
};

/** @throws CityNotRunningError with what to do about it. */
export const readRunning = (home: string): RunningCity => {
  const city = findRunning(home);
  if (city !== undefined) return city;
  throw new CityNotRunningError(`The city in ${home} is not running: start it with npm start`);
};

/** Announces the running city; readers see the old file or the new one, never half of one. */
export const writeRunning = (home: string, city: RunningCity): void => {
  mkdirSync(home, { recursive: true });
  const partial = `${runFile(home)}.${process.pid}.partial`;
  writeFileSync(partial, `${JSON.stringify(runningCitySchema.parse(city), null, 2)}\n`);
  renameSync(partial, runFile(home));
};

export const removeRunning = (home: string): void => rmSync(runFile(home), { force: true });

/**
 * The environment that points the AWS SDK clients and our functions at a running city. The credentials are words, not secrets:
 * the local endpoints check none, but the SDK signs nothing without some.
 */
export const cityEnvironment = (city: Omit<RunningCity, 'http' | 'mqtt' | 'sftp'>): Record<string, string> => ({
  AWS_REGION: 'ap-southeast-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: city.endpoints.dynamodb,
  AWS_ENDPOINT_URL_SQS: city.endpoints.sqs,
  AWS_ENDPOINT_URL_TIMESTREAM_WRITE: city.endpoints.timestream,
  AWS_ENDPOINT_URL_TIMESTREAM_QUERY: city.endpoints.timestream,
  AWS_ENDPOINT_URL_S3: city.endpoints.s3,
  AWS_ENDPOINT_URL_SNS: city.endpoints.sns,
  CITY_ID: city.cityId,
  TABLE_NAME: city.tableName,
  READING_STORE: city.readingStore,
  ...(city.timestreamDatabase && { TIMESTREAM_DATABASE: city.timestreamDatabase }),
  ...(city.timestreamTable && { TIMESTREAM_TABLE: city.timestreamTable }),
  ...(city.readingsTableName && { READINGS_TABLE_NAME: city.readingsTableName }),
});
