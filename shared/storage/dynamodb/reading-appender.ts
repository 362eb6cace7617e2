import { type Reading, readingKey } from '../../telemetry/reading.ts';
import { type AppendOutcome, StoreUnavailableError } from '../../telemetry/reading-store.ts';
import { judge } from '../../telemetry/reading-versions.ts';
import { appendWaves } from '../append-waves.ts';
import { backOff } from '../back-off.ts';
import { mapInParallel } from '../parallel.ts';
import { closeDay, isLateFor, openDay, writerToken } from './day-items.ts';
import { getItem, ifFree, putItem, type TableOptions } from './items.ts';
import { currentItem, currentKey, DAY_MS, dayOf, readingOf, seriesPartition, supersededItem } from './reading-items.ts';

const WRITES_IN_FLIGHT = 32;
const CONFLICT_ATTEMPTS = 12;
/** Days that this process knows to be open, so that their items are written once and not with each reading. */
const KNOWN_DAYS = 50_000;

export type AppenderOptions = TableOptions & {
  readonly retentionDays: number | undefined;
  readonly clock: () => number;
};

/**
 * Appends readings by the port's rules: each is first put on condition that its identity is new; where it is not, the current
 * reading decides. History is written before the reading that replaces it, on condition that this is still the one that was
 * read: its `receivedAt` serves as the version, as it only ever grows.
 */
export const dynamodbAppender = (
  options: AppenderOptions,
): ((readings: readonly Reading[]) => Promise<readonly AppendOutcome[]>) => {
  const { clock, retentionDays } = options;
  const knownDays = new Set<string>();

  /** Opens the days of these readings; answers how to close those that somebody may have rolled up. */
  const openDays = async (readings: readonly Reading[]): Promise<() => Promise<void>> => {
    const now = clock();
    const token = writerToken(now);
    const days = new Map(readings.map((reading) => [seriesPartition(reading, dayOf(reading.measuredAt)), reading]));
    const unopened = [...days].filter(
      ([partition, { measuredAt }]) => !knownDays.has(partition) || isLateFor(dayOf(measuredAt), now),
    );
    const late = unopened.filter(([, { measuredAt }]) => isLateFor(dayOf(measuredAt), now));
    await mapInParallel(unopened, WRITES_IN_FLIGHT, ([, reading]) => {
      const day = dayOf(reading.measuredAt);
      const expiresAt = expiryOf(day + DAY_MS, retentionDays);
      return openDay(options, reading, day, { token: isLateFor(day, now) ? token : undefined, expiresAt });
    });
    if (knownDays.size > KNOWN_DAYS) knownDays.clear();
    for (const [partition] of unopened) knownDays.add(partition);
    return async () => {
      await mapInParallel(late, WRITES_IN_FLIGHT, ([, reading]) =>
        closeDay(options, reading, dayOf(reading.measuredAt), [token]),
      );
    };
  };

  return async (readings) => {
    const now = clock();
    const outcomes = readings.map((reading) => tooOld(reading, now, retentionDays));
    const closeDays = await openDays(readings.filter((_, index) => outcomes[index] === undefined));
    for (const wave of appendWaves(readings)) {
      await mapInParallel(wave, WRITES_IN_FLIGHT, async ({ index, reading }) => {
        outcomes[index] ??= await appendOne(options, reading);
      });
    }
    await closeDays();
    return outcomes.filter((outcome) => outcome !== undefined);
  };
};

const appendOne = async (options: AppenderOptions, reading: Reading): Promise<AppendOutcome> => {
  const expiresAt = expiryOf(reading.measuredAt, options.retentionDays);
  const item = currentItem(reading, expiresAt);
  for (let attempt = 0; attempt < CONFLICT_ATTEMPTS; attempt += 1) {
    if (await putItem(options, item, ifFree)) return { status: 'stored' };
    const found = await getItem(options, currentKey(reading));
    if (found === undefined) continue;
    const current = readingOf(reading, found);
    const status = judge(current, reading);
    if (status === 'unchanged') return { status };
    await putItem(options, supersededItem(status === 'superseded' ? reading : current, expiresAt));
    if (status === 'superseded') return { status };
    const replaced = await putItem(options, item, {
      ConditionExpression: 'receivedAt = :seen',
      ExpressionAttributeValues: { ':seen': current.receivedAt },
    });
    if (replaced) return { status: 'corrected' };
    await backOff(attempt);
  }
  throw new StoreUnavailableError(`${readingKey(reading)} is being written by too many at once`);
};

const tooOld = (reading: Reading, now: number, retentionDays: number | undefined): AppendOutcome | undefined =>
  retentionDays !== undefined && reading.measuredAt < now - retentionDays * DAY_MS
    ? { status: 'rejected', code: 'too-old', reason: `Older than the ${retentionDays} days that readings are kept` }
    : undefined;

/** When DynamoDB may delete it, epoch seconds. */
const expiryOf = (measuredAt: number, retentionDays: number | undefined): number | undefined =>
  retentionDays === undefined ? undefined : Math.ceil((measuredAt + retentionDays * DAY_MS) / 1_000);
