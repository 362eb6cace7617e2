import { fetchSignedIn } from '../sign-in/session.ts';
import { ProblemError, problemFrom } from './problem.ts';
import type {
  BinsAnswer,
  City,
  DepotsAnswer,
  DisposalSitesAnswer,
  ExceedancesAnswer,
  FillAnswer,
  FillPoint,
  HostConfig,
  KpiDivision,
  KpisAnswer,
  PlanAnswer,
  PlansAnswer,
  SensorHealthAnswer,
  StationsAnswer,
  WireExceedance,
  WirePlanSummary,
} from './wire.ts';

export const API = '/api/v1';

/** Followed at most so often: a week of one bin, or of a city's exceedances, is a few pages. */
const MAX_PAGES = 10;

const parseBody = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
};

/**
 * The console and the API come from one host and one release, so an answer's shape is taken at its word here, and only here.
 * @throws ProblemError when the server is out of reach or answers with an error.
 */
export const request = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  let response: Response;
  try {
    response = await fetchSignedIn(path, { ...init, headers: { accept: 'application/json', ...init.headers } });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ProblemError({ kind: 'unreachable' });
  }
  const body = await parseBody(response);
  if (!response.ok) throw new ProblemError(problemFrom(response.status, response.statusText, body));
  if (body === undefined) throw new ProblemError(problemFrom(response.status, 'Answer is not JSON', body));
  return body as T;
};

/** An answer with the version it is of. @throws ProblemError as `request`. */
export const getWithEtag = async <T>(
  path: string,
): Promise<{ readonly body: T; readonly etag: string | undefined }> => {
  let response: Response;
  try {
    response = await fetchSignedIn(path, { headers: { accept: 'application/json' }, cache: 'no-store' });
  } catch {
    throw new ProblemError({ kind: 'unreachable' });
  }
  const body = await parseBody(response);
  if (!response.ok) throw new ProblemError(problemFrom(response.status, response.statusText, body));
  return { body: body as T, etag: response.headers.get('etag') ?? undefined };
};

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => request<T>(path, signal ? { signal } : {});

const segment = encodeURIComponent;

export const getCity = (signal?: AbortSignal) => get<City>(`${API}/city`, signal);
export const getBins = (signal?: AbortSignal) => get<BinsAnswer>(`${API}/bins`, signal);
export const getStations = (signal?: AbortSignal) => get<StationsAnswer>(`${API}/stations`, signal);
export const getDepots = (signal?: AbortSignal) => get<DepotsAnswer>(`${API}/depots`, signal);
export const getDisposalSites = (signal?: AbortSignal) => get<DisposalSitesAnswer>(`${API}/disposal-sites`, signal);
/** City-local days, both inclusive. */
export type KpiQuestion = { readonly from: string; readonly to: string; readonly by: KpiDivision };
export const kpisUrl = ({ from, to, by }: KpiQuestion): string =>
  `${API}/kpis?${new URLSearchParams({ from, to, by })}`;
export const getKpis = (asked: KpiQuestion, signal?: AbortSignal) => get<KpisAnswer>(kpisUrl(asked), signal);
/** Only sensors with an open problem, and how many were looked at. */
export const getSensorHealth = (signal?: AbortSignal) =>
  get<SensorHealthAnswer>(`${API}/sensors/health?problem=any`, signal);
export const getPlans = (signal?: AbortSignal) => get<PlansAnswer>(`${API}/plans`, signal);
/** A plan, or its summary while it is not ready (or failed). `latest` names the newest that is ready. */
export const getPlan = (planId: string, signal?: AbortSignal) =>
  get<PlanAnswer>(`${API}/plans/${segment(planId)}`, signal);

export const planGeoJsonUrl = (planId: string): string => `${API}/plans/${segment(planId)}/geojson`;

/** Asks for a plan of the next shift; the answer only says that the request was taken. */
export const requestPlan = (): Promise<WirePlanSummary> =>
  request<WirePlanSummary>(`${API}/plans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });

type Span = { readonly from: number; readonly to: number };

const spanQuery = ({ from, to }: Span): string =>
  new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() }).toString();

/** Follows `nextCursor` to the last page. */
const allPages = async <Page extends { readonly nextCursor?: string }, Item>(
  itemsOf: (page: Page) => readonly Item[],
  signal: AbortSignal | undefined,
  path: string,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer: Page = await get<Page>(cursor === undefined ? path : `${path}&cursor=${segment(cursor)}`, signal);
    items.push(...itemsOf(answer));
    cursor = answer.nextCursor;
    if (cursor === undefined) break;
  }
  return items;
};

/** Fill of one bin over a span of epoch milliseconds, oldest first. */
export const getFill = (binId: string, span: Span, signal?: AbortSignal): Promise<readonly FillPoint[]> =>
  allPages((page: FillAnswer) => page.points, signal, `${API}/bins/${segment(binId)}/fill?${spanQuery(span)}`);

/** Exceedances whose period ended in the span of epoch milliseconds, newest first. */
export const getExceedances = (span: Span, signal?: AbortSignal): Promise<readonly WireExceedance[]> =>
  allPages((page: ExceedancesAnswer) => page.exceedances, signal, `${API}/exceedances?${spanQuery(span)}`);

/** A month's report of a station, or of the whole city, in both languages. */
export const reportUrl = ({
  month,
  format,
  stationId,
}: {
  readonly month: string;
  readonly format: 'html' | 'pdf' | 'csv';
  readonly stationId?: string;
}): string =>
  `${API}/reports/month/${segment(month)}?${new URLSearchParams({ ...(stationId && { station: stationId }), format })}`;

/** What the host configures; a host that configures nothing has no such file. */
export const getHostConfig = async (): Promise<HostConfig> => {
  try {
    return await get<HostConfig>('/config.json');
  } catch {
    return {};
  }
};
