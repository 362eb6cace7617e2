import type { OverflowChannel } from '../../../shared/waste/overflow/overflow-report.ts';
import type { ReportStanding } from '../../../shared/waste/overflow/standing.ts';
import { API, get, request } from './client.ts';
import type { Instant } from './wire.ts';

export type { OverflowChannel };

export type WireOverflowReport = {
  readonly reportId: string;
  readonly binId: string;
  readonly channel: OverflowChannel;
  readonly reportedBy: string;
  readonly seenAt: Instant;
  readonly note?: string;
  /** A crew's photo lies under the report's id. */
  readonly photoKey?: string;
  readonly withdrawn?: { readonly at: Instant; readonly by: string; readonly why: string };
  readonly standing: ReportStanding;
};

/** What people know of a bin and what follows, as `GET /bins/{binId}/circumstances` answers. */
export type BinCircumstances = {
  readonly decision: {
    /** City-local day. */
    readonly serviceDate: string;
    readonly status: 'due' | 'optional' | 'not-due' | 'no-data';
    readonly reason?: string;
    readonly reasonVi?: string;
  };
  readonly reports: readonly WireOverflowReport[];
  readonly events: readonly {
    readonly eventId: string;
    readonly name: string;
    readonly nameEn: string;
    readonly from: Instant;
    readonly to: Instant;
  }[];
};

export const getCircumstances = (binId: string, signal?: AbortSignal): Promise<BinCircumstances> =>
  get<BinCircumstances>(`${API}/bins/${encodeURIComponent(binId)}/circumstances`, signal);

/** Reports that still send somebody, of all bins, in the order seen. */
export const getOpenOverflows = async (signal?: AbortSignal): Promise<readonly WireOverflowReport[]> =>
  (await get<{ readonly reports: readonly WireOverflowReport[] }>(`${API}/overflow-reports?standing=open`, signal))
    .reports;

export const photoUrl = (reportId: string): string => `${API}/crew-photos/${encodeURIComponent(reportId)}`;

const post = <T>(path: string, body: object): Promise<T> =>
  request<T>(`${API}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

export type OverflowBody = {
  /** The same for every attempt to send this report. */
  readonly reportId: string;
  readonly binId: string;
  readonly channel: OverflowChannel;
  readonly note?: string;
};

export const reportOverflow = (body: OverflowBody): Promise<WireOverflowReport> => post('/overflow-reports', body);

export const withdrawOverflow = (reportId: string, why: string): Promise<WireOverflowReport> =>
  post(`/overflow-reports/${encodeURIComponent(reportId)}/withdraw`, { why });
