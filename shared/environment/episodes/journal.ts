import type { Quantity } from '../../telemetry/quantity.ts';
import { StoreUnavailableError } from '../../telemetry/reading-store.ts';
import type { JudgedPeriod } from '../judged-period.ts';
import type { AveragingPeriod } from '../limit.ts';
import type { ChunkKey, JudgedChunk, JudgedPeriodStore } from './episode-store.ts';
import type { SeriesPeriod } from './fold-periods.ts';

/** A series of judged periods, whatever it is compared with. */
export type Series = {
  readonly stationId: string;
  readonly sensorId: string;
  readonly quantity: Quantity;
  readonly averagingPeriod: AveragingPeriod;
};

export const seriesText = ({ stationId, quantity }: Pick<Series, 'stationId' | 'quantity'>): string =>
  `${stationId}|${quantity}`;

/** A day of hours, a month of days, a year of months: a few dozen periods a series. UTC, by the end of the period. */
export const chunkOf = (averagingPeriod: AveragingPeriod, endsAt: number): string => {
  const text = new Date(endsAt).toISOString();
  if (averagingPeriod === 'month' || averagingPeriod === 'year') return text.slice(0, 4);
  return text.slice(0, averagingPeriod === '24h' ? 7 : 10);
};

const keyText = ({ sensorId, averagingPeriod, chunk }: ChunkKey): string => `${sensorId}|${averagingPeriod}|${chunk}`;

const periodOf = ({ startsAt, endsAt, mean }: JudgedPeriod): SeriesPeriod =>
  mean === undefined ? { startsAt, endsAt } : { startsAt, endsAt, mean };

/** What was judged, by chunk: its series with their periods. */
const byChunk = (judged: readonly JudgedPeriod[]) => {
  const chunks = new Map<string, { key: ChunkKey; series: Map<string, SeriesPeriod[]> }>();
  for (const period of judged) {
    const { sensorId, stationId, limit } = period;
    const { averagingPeriod, quantity } = limit;
    const key = { sensorId, averagingPeriod, chunk: chunkOf(averagingPeriod, period.endsAt) };
    const known = chunks.get(keyText(key)) ?? { key, series: new Map<string, SeriesPeriod[]>() };
    chunks.set(keyText(key), known);
    const name = seriesText({ stationId, quantity });
    const periods = known.series.get(name);
    if (periods === undefined) known.series.set(name, [periodOf(period)]);
    else periods.push(periodOf(period));
  }
  return chunks;
};

const saysTheSame = (a: SeriesPeriod, b: SeriesPeriod | undefined): boolean =>
  b !== undefined &&
  a.startsAt === b.startsAt &&
  a.mean?.value === b.mean?.value &&
  a.mean?.isValid === b.mean?.isValid &&
  a.mean?.observed === b.mean?.observed &&
  a.mean?.expected === b.mean?.expected;

/** A chunk with periods judged again or for the first time, oldest first; the same object when they say nothing new. */
const merged = (chunk: JudgedChunk, series: ReadonlyMap<string, readonly SeriesPeriod[]>): JudgedChunk => {
  const changes: Record<string, readonly SeriesPeriod[]> = {};
  for (const [name, periods] of series) {
    const all = new Map((chunk.series[name] ?? []).map((period) => [period.endsAt, period]));
    const changed = periods.filter((period) => !saysTheSame(period, all.get(period.endsAt)));
    if (changed.length === 0) continue;
    for (const period of changed) all.set(period.endsAt, period);
    changes[name] = [...all.values()].sort((a, b) => a.endsAt - b.endsAt);
  }
  return Object.keys(changes).length === 0 ? chunk : { ...chunk, series: { ...chunk.series, ...changes } };
};

const WRITE_ATTEMPTS = 8;

/** Enters what was judged; what says nothing new is not written. */
export const enterJudged = async (store: JudgedPeriodStore, judged: readonly JudgedPeriod[]): Promise<void> => {
  const given = byChunk(judged);
  let open = [...given.values()];
  for (let attempt = 0; open.length > 0; attempt += 1) {
    if (attempt === WRITE_ATTEMPTS)
      throw new StoreUnavailableError(`${open.length} chunks of judged periods are written by too many at once`);
    const known = new Map((await store.read(open.map(({ key }) => key))).map((chunk) => [keyText(chunk), chunk]));
    const changed = open.flatMap(({ key, series }) => {
      const before = known.get(keyText(key)) ?? { ...key, series: {}, version: 0 };
      const after = merged(before, series);
      return after === before ? [] : [after];
    });
    const conflicts = await store.write(changed);
    open = conflicts.flatMap((key) => given.get(keyText(key)) ?? []);
  }
};

/** The periods of one series that end in `from` ≤ t ≤ `to`, oldest first. */
export const readSeries = async (
  store: Pick<JudgedPeriodStore, 'range'>,
  series: Series,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly SeriesPeriod[]> => {
  const { sensorId, averagingPeriod } = series;
  const chunks = await store.range(sensorId, averagingPeriod, [
    chunkOf(averagingPeriod, Math.max(0, from)),
    chunkOf(averagingPeriod, to),
  ]);
  return chunks
    .flatMap((chunk) => chunk.series[seriesText(series)] ?? [])
    .filter(({ endsAt }) => endsAt >= from && endsAt <= to);
};
