import type { CrewReport } from '../../../../shared/routing/crew/crew-report.ts';
import type { WirePlanRoute } from '../../api/wire.ts';
import { fetchSignedIn } from '../../sign-in/session.ts';
import type { PhoneReport, Refused } from './entry.ts';
import type { BinPlace } from './nearest-bins.ts';

type Head = { readonly planId: string; readonly serviceDate: string; readonly timeZone: string };

export type TrucksAnswer = Head & { readonly routes: readonly Omit<WirePlanRoute, 'stops'>[] };
export type RouteAnswer = Head & { readonly finishedAt: string; readonly route: WirePlanRoute };

/** A report as the city tells it again. */
export type ReportAnswer = Omit<CrewReport, 'at'> & {
  readonly at: string;
  readonly reportedBy?: string;
  readonly isLastWord: boolean;
};

export type ReportResult =
  | { readonly status: 'accepted' | 'known'; readonly reportId: string }
  | ({ readonly status: 'refused'; readonly reportId: string | null } & Refused);

/** The city did not answer, or not with what was asked for. `status` is absent where it could not be reached. */
export class CityError extends Error {
  override readonly name = 'CityError';
  readonly status: number | undefined;
  constructor(status: number | undefined, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** What a phone asks the city, over HTTP. A port. */
export type City = {
  readonly trucks: () => Promise<TrucksAnswer | undefined>;
  readonly route: (planId: string, vehicleId: string) => Promise<RouteAnswer | undefined>;
  readonly reports: (planId: string) => Promise<readonly ReportAnswer[]>;
  /** Names and places of all bins. */
  readonly binPlaces: () => Promise<readonly BinPlace[]>;
  readonly send: (reports: readonly PhoneReport[]) => Promise<readonly ReportResult[]>;
  readonly sendPhoto: (reportId: string, photo: Blob) => Promise<void>;
  /** How far the city's clock is ahead of the phone's, in milliseconds, by its last answer. */
  readonly clockAhead: () => number;
};

const API = '/api/v1';
/** A phone that hears nothing for so long has no network, whatever it shows. */
const PATIENCE_MS = 30_000;
/** Answers take a while, and a Date header has whole seconds. */
const NOTEWORTHY_MS = 120_000;

const detailOf = (body: unknown): string | undefined => {
  const detail: unknown = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined;
  return typeof detail === 'string' ? detail : undefined;
};

/** The city behind this page's own host. */
export const cityOverHttp = (): City => {
  let ahead = 0;
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    let response: Response;
    try {
      response = await fetchSignedIn(`${API}${path}`, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch {
      throw new CityError(undefined, 'no network');
    }
    const said = Date.parse(response.headers.get('date') ?? '') - Date.now();
    if (Number.isFinite(said)) ahead = Math.abs(said) > NOTEWORTHY_MS ? said : 0;
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) return body;
    throw new CityError(response.status, detailOf(body) ?? response.statusText);
  };
  /** The page and the API are of one release: an answer's shape is taken at its word. */
  const orAbsent = async <T>(path: string): Promise<T | undefined> => {
    try {
      return (await ask(path)) as T;
    } catch (error) {
      if (error instanceof CityError && error.status === 404) return undefined;
      throw error;
    }
  };
  const part = encodeURIComponent;
  return {
    trucks: () => orAbsent<TrucksAnswer>('/plans/current/routes?format=json'),
    route: (planId, vehicleId) => orAbsent<RouteAnswer>(`/plans/${part(planId)}/routes/${part(vehicleId)}?format=json`),
    reports: async (planId) =>
      (await orAbsent<{ reports: readonly ReportAnswer[] }>(`/plans/${part(planId)}/crew-reports`))?.reports ?? [],
    binPlaces: async () => ((await ask('/bin-places')) as { readonly bins: readonly BinPlace[] }).bins,
    send: async (reports) => {
      const body = JSON.stringify({ reports });
      const headers = { 'content-type': 'application/json' };
      const answer = (await ask('/crew-reports', { method: 'POST', body, headers })) as { results: ReportResult[] };
      return answer.results;
    },
    sendPhoto: async (reportId, photo) => {
      await ask(`/crew-photos/${reportId}`, { method: 'PUT', body: photo, headers: { 'content-type': photo.type } });
    },
    clockAhead: () => ahead,
  };
};
