import { StoreUnavailableError } from '../telemetry/reading-store.ts';

/** What AWS services answer when the same request may succeed later, beside every 5xx. */
const transientNames = new Set([
  'InternalServerError',
  'InternalServerException',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'ThrottlingException',
  'TimeoutError',
]);

/** What Node reports when the service cannot be reached. */
const networkCodes = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Whether a failed SDK call may succeed when it is made again later. */
const isTransient = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (transientNames.has(error.name)) return true;
  if ('code' in error && typeof error.code === 'string' && networkCodes.has(error.code)) return true;
  return httpStatusOf(error) >= 500;
};

/**
 * The answer of an SDK call. The SDK has made its own retries before it fails; what is still transient then becomes
 * @throws StoreUnavailableError, so that the caller sends all again later. Other failures pass through.
 */
export const orUnavailable = async <T>(call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    if (!isTransient(error)) throw error;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new StoreUnavailableError(reason, { cause: error });
  }
};

const httpStatusOf = (error: Error): number => {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return 0;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : 0;
};
