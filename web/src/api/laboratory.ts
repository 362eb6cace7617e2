import { API, get, request } from './client.ts';

export type WireIndex =
  | {
      readonly status: 'computed';
      readonly value: number;
      readonly category: { readonly nameEn: string; readonly nameVi: string; readonly rgb: readonly number[] };
      readonly dominant: string;
      readonly methodVersion: string;
      readonly notes: readonly { readonly en: string; readonly vi: string }[];
    }
  | { readonly status: 'not-computable'; readonly reasonEn: string; readonly reasonVi: string };

export type WireWaterQuality = {
  readonly standsDays: number;
  readonly vnWqi: {
    readonly sampledAt: string;
    readonly standsUntil: string;
    readonly laboratory: string;
    readonly result: WireIndex;
  } | null;
  readonly indicative: { readonly dayEndsAt: string; readonly value: number | null } | null;
};

export type WireSample = {
  readonly sampledAt: string;
  readonly version: number;
  readonly laboratory: string;
  readonly enteredBy: string;
  readonly enteredAt: string;
  readonly correctionReason?: string;
  readonly results: readonly {
    readonly quantity: string;
    readonly qualifier: '=' | '<';
    readonly value: number;
    readonly unit: string;
  }[];
};

export type SampleRequest = {
  readonly stationId: string;
  readonly sampledAt: string;
  readonly laboratory: string;
  readonly results: readonly { readonly quantity: string; readonly value: string; readonly method?: string }[];
  readonly correctionReason?: string;
};

export type WireEntry = {
  readonly status: 'entered' | 'corrected' | 'unchanged';
  readonly sample: WireSample;
  readonly vnWqi: WireIndex;
};

export const getWaterQuality = (stationId: string, signal?: AbortSignal): Promise<WireWaterQuality> =>
  get<WireWaterQuality>(`${API}/stations/${encodeURIComponent(stationId)}/water-quality`, signal);

/** The newest few samples of a station, newest first. */
export const getSamples = async (stationId: string, signal?: AbortSignal): Promise<readonly WireSample[]> => {
  const query = new URLSearchParams({ stationId, limit: '6' });
  return (await get<{ readonly samples: readonly WireSample[] }>(`${API}/laboratory-results?${query}`, signal)).samples;
};

export const enterSample = (sample: SampleRequest): Promise<WireEntry> =>
  request<WireEntry>(`${API}/laboratory-results`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sample),
  });
