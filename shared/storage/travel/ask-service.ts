import { TravelUnavailableError } from '../../routing/travel/travel-times.ts';
import { backOff } from '../back-off.ts';

export type ServiceRequest = {
  /** What the plan calls the service. */
  readonly name: string;
  readonly url: string;
  /** JSON to post; absent = GET. */
  readonly body?: string;
  /** Made anew for each attempt: signatures carry the time. */
  readonly headers?: () => Readonly<Record<string, string>>;
};

export type ServiceAnswer = { readonly status: number; readonly body: unknown };

export type Patience = {
  /** For one attempt, body included. */
  readonly timeoutMs: number;
  readonly attempts: number;
};

const usualPatience: Patience = { timeoutMs: 20_000, attempts: 3 };

/** A row of 100 × 100 pairs has less than a megabyte; more than this is not an answer to what was asked. */
const MOST_BYTES = 64 * 1_024 * 1_024;

const mayPass = (status: number): boolean => status === 429 || status >= 500;

const bodyOf = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MOST_BYTES) throw new RangeError('too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
};

const parsed = (name: string, status: number, text: string): ServiceAnswer => {
  try {
    return { status, body: JSON.parse(text) };
  } catch {
    throw new TravelUnavailableError(`${name} answered ${status} with something that is not JSON`);
  }
};

const causeOf = (error: unknown, { timeoutMs }: Patience): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1_000} s`;
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
};

/**
 * Asks a routing service, and again after a pause where that may help: no connection, no answer in time, 429, 5xx. Every other
 * answer with JSON in it is the caller's to judge. Follows no redirect: where the city may call is the deployment's to say.
 * @throws TravelUnavailableError naming the service and what came of the last attempt.
 */
export const askService = async (
  request: ServiceRequest,
  patience: Patience = usualPatience,
): Promise<ServiceAnswer> => {
  const { name, url, body } = request;
  let last = '';
  for (let attempt = 0; attempt < patience.attempts; attempt += 1) {
    if (attempt > 0) await backOff(attempt + 2);
    try {
      const response = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...request.headers?.(),
        },
        ...(body !== undefined && { body }),
        redirect: 'manual',
        signal: AbortSignal.timeout(patience.timeoutMs),
      });
      const text = await bodyOf(response);
      if (!mayPass(response.status)) return parsed(name, response.status, text);
      last = `status ${response.status}`;
    } catch (error) {
      if (error instanceof TravelUnavailableError) throw error;
      last = causeOf(error, patience);
    }
  }
  throw new TravelUnavailableError(`${name} did not answer: ${last}`);
};
