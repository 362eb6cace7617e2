import type { Registry } from '../../city/registry.ts';
import { isQuantity, type Quantity } from '../../telemetry/quantity.ts';
import type { Reading } from '../../telemetry/reading.ts';
import type { ReadingStore } from '../../telemetry/reading-store.ts';
import type { JudgedPeriod } from '../judged-period.ts';
import type { Limit } from '../limit.ts';
import { ALARM_STANDARD, alarmLimitOf } from './alarm-thresholds.ts';
import { type TrackingPorts, trackEpisodes } from './track-episodes.ts';

const HOUR_MS = 3_600_000;
/** What came before a suspicious reading is looked at too: the second of two raises the alarm. */
const BEFORE_MS = 2 * HOUR_MS;
const PAGE = 1_000;

/** A reading that gave reason to look. */
export type Suspicion = { readonly sensorId: string; readonly quantity: string; readonly measuredAt: number };

export type AlarmRequest = TrackingPorts & {
  /** UTC epoch milliseconds. */
  readonly at: number;
  readonly registry: Pick<Registry, 'get'>;
  readonly readings: Pick<ReadingStore, 'series'>;
};

/** One reading as a period without length: valid when it is trustworthy. */
const judgedReading = (
  stationId: string,
  limit: Limit,
  { sensorId, value, measuredAt, quality }: Reading,
): JudgedPeriod => {
  const period = { stationId, sensorId, limit, startsAt: measuredAt, endsAt: measuredAt };
  if (value === null) return period;
  const isValid = quality.flag <= 2;
  const counts = { observed: isValid ? 1 : 0, expected: 1, completeness: isValid ? 1 : 0 };
  return { ...period, mean: { startsAt: measuredAt, endsAt: measuredAt, value, isValid, ...counts } };
};

const readSince = async (
  { readings, at }: AlarmRequest,
  { sensorId, quantity, from }: { readonly sensorId: string; readonly quantity: Quantity; readonly from: number },
): Promise<readonly Reading[]> => {
  const found: Reading[] = [];
  let cursor: string | undefined;
  do {
    // A clock may be ahead a little.
    const to = Math.max(at, from) + HOUR_MS;
    const query = { sensorId, quantity, from: Math.max(0, from), to, limit: PAGE };
    const page = await readings.series(cursor === undefined ? query : { ...query, cursor });
    found.push(...page.readings);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
};

type Watch = { readonly sensorId: string; readonly quantity: Quantity; from: number };

const watchesOf = (suspicions: readonly Suspicion[]): readonly Watch[] => {
  const watches = new Map<string, Watch>();
  for (const { sensorId, quantity, measuredAt } of suspicions) {
    if (!isQuantity(quantity)) continue;
    const from = measuredAt - BEFORE_MS;
    const known = watches.get(`${sensorId}|${quantity}`);
    if (known === undefined) watches.set(`${sensorId}|${quantity}`, { sensorId, quantity, from });
    else known.from = Math.min(known.from, from);
  }
  return [...watches.values()];
};

const judge = async (request: AlarmRequest, watch: Watch): Promise<readonly JudgedPeriod[]> => {
  const sensor = await request.registry.get('sensor', watch.sensorId);
  const limit = sensor && alarmLimitOf(watch.quantity, sensor.alarms);
  const stationId = sensor?.siteId;
  if (limit === undefined || stationId === undefined) return [];
  return (await readSince(request, watch)).map((reading) => judgedReading(stationId, limit, reading));
};

/**
 * Looks at the readings around those that gave reason to, and raises an alarm where two trustworthy ones in a row are over the
 * threshold. An alarm is an episode of single values: raised once, told at once, closed by the same rules.
 */
export const raiseAlarms = async (request: AlarmRequest, suspicions: readonly Suspicion[]): Promise<void> => {
  const judged: JudgedPeriod[] = [];
  for (const watch of watchesOf(suspicions)) judged.push(...(await judge(request, watch)));
  await trackEpisodes({ ...request, judged });
};

/** Follows the alarms that were raised and are not over with the readings that came since. */
export const followAlarms = async (request: AlarmRequest): Promise<void> => {
  const live = await request.episodes.live();
  const alarms = live.filter(({ limit }) => limit.standardId === ALARM_STANDARD);
  await raiseAlarms(
    request,
    alarms.map(({ sensorId, limit: { quantity }, trackedTo }) => ({ sensorId, quantity, measuredAt: trackedTo })),
  );
};
