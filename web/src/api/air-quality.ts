import type { IndexAnswer } from '../../../shared/environment/indices/index-answer.ts';
import { API, get } from './client.ts';

export type WireAirIndex = IndexAnswer;
export type WireComputedIndex = Extract<IndexAnswer, { status: 'computed' }>;

export type WireMean = { readonly value: number | null; readonly completeness: number } | null;

export type WireConcentration = {
  readonly quantity: string;
  readonly nameEn: string;
  readonly nameVi: string;
  readonly unit: string;
  readonly hour: WireMean;
  readonly day: WireMean;
};

export type WireAirPeriod = {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly vnAqi: WireAirIndex;
  readonly usAqi: WireAirIndex;
};

export type WireAirQuality = {
  readonly stationId: string;
  readonly class: 'automatic' | 'reference' | 'laboratory';
  readonly mayPublishIndex: boolean;
  readonly hour: WireAirPeriod;
  readonly day: WireAirPeriod;
  readonly concentrations: readonly WireConcentration[];
};

/** The air of the last whole hour and day at a station. */
export const getAirQuality = (stationId: string, signal?: AbortSignal): Promise<WireAirQuality> =>
  get<WireAirQuality>(`${API}/stations/${encodeURIComponent(stationId)}/air-quality`, signal);

export type WireOpenIndex = { readonly stationId: string; readonly result: WireAirIndex };

/** VN_AQI of the last whole hour of every station that may publish it, as everybody gets it. */
export const getHourlyIndices = async (signal?: AbortSignal): Promise<readonly WireOpenIndex[]> =>
  (await get<{ readonly indices: readonly WireOpenIndex[] }>('/open/v1/indices?quantity=vnAqi1h', signal)).indices;
