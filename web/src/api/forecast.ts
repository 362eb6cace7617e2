import { API, get } from './client.ts';
import type { Fill, Instant } from './wire.ts';

/** How full a bin will be until it is emptied, as `GET /bins/{binId}/forecast` answers. Levels are fractions of the capacity. */
export type BinForecast = {
  readonly binId: string;
  readonly generatedAt: Instant;
  readonly fill: Fill;
  readonly start:
    | { readonly status: 'known'; readonly fraction: number; readonly at: Instant }
    | { readonly status: 'unknown'; readonly at: Instant };
  readonly points: readonly ForecastPoint[];
  readonly timeToFull: { readonly p50: Instant | null; readonly p80: Instant | null; readonly p95: Instant | null };
  readonly lastEmptiedAt: Instant | null;
  readonly basis: {
    readonly source: 'own-history' | 'similar-bins' | 'assumed';
    readonly hoursSeen: number;
    readonly updatedAt: Instant | null;
  };
};

export type ForecastPoint = {
  readonly at: Instant;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
};

/** An emptying, or waste pressed down, between the last look before and the first after. */
export type FillEvent = {
  readonly kind: 'emptying' | 'compaction';
  readonly after: Instant;
  readonly before: Instant;
  readonly fractionBefore: number;
  readonly fractionAfter: number;
};

const bin = (binId: string): string => `${API}/bins/${encodeURIComponent(binId)}`;

export const getForecast = (binId: string, hours: number, signal?: AbortSignal): Promise<BinForecast> =>
  get<BinForecast>(`${bin(binId)}/forecast?hours=${hours}`, signal);

export const getFillEvents = async (binId: string, signal?: AbortSignal): Promise<readonly FillEvent[]> =>
  (await get<{ readonly events: readonly FillEvent[] }>(`${bin(binId)}/events`, signal)).events;
