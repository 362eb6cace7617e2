import { parse } from 'csv-parse/sync';
import type { DescribedApi, DescribedOperation, Schema } from './document.ts';
import type { FuzzRequest } from './requests.ts';
import { openSchemas } from './schemas.ts';

export type FuzzAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Decompressed. */
  readonly body: string;
};

/** Statuses that an operation need not list, each with what it must bring along. */
const withoutBody = new Set([204, 304]);

const mediaTypeOf = ({ headers }: FuzzAnswer): string => headers['content-type']?.split(';')[0]?.trim() ?? '';

const isJson = (mediaType: string): boolean => /^application\/(.*\+)?json$/.test(mediaType);

/** Of text that is not JSON, whether it can be read as what it says it is. */
const textFaults = (mediaType: string, body: string): readonly string[] => {
  if (mediaType !== 'text/csv') return [];
  try {
    parse(body, { columns: true });
    return [];
  } catch (error) {
    return [`the CSV cannot be read: ${String(error)}`];
  }
};

const manners = (request: FuzzRequest, { status, headers }: FuzzAnswer): readonly string[] => [
  ...(headers['access-control-allow-origin'] === '*' ? [] : ['other pages may not read it']),
  ...(headers['x-content-type-options'] === 'nosniff' ? [] : ['may be sniffed']),
  ...(headers['x-injected'] === undefined ? [] : ['a header was injected']),
  ...(headers.link?.includes('rel="license"') ? [] : ['no licence']),
  ...(headers.link?.includes('rel="service-desc"') ? [] : ['no description']),
  ...(status === 405 && headers.allow === undefined ? ['405 without Allow'] : []),
  ...(status === 429 && headers['retry-after'] === undefined ? ['429 without Retry-After'] : []),
  ...(status === 200 && request.method === 'GET' && headers.etag === undefined ? ['200 without ETag'] : []),
  ...(status === 200 && headers['cache-control'] === undefined ? ['200 without Cache-Control'] : []),
];

/** What is wrong with answers, by the API's own document and by the manners of all. */
export const openJudge = (api: DescribedApi) => {
  const schemas = openSchemas(api.components);

  const bodyFaults = (schema: Schema | undefined, answer: FuzzAnswer): readonly string[] => {
    const mediaType = mediaTypeOf(answer);
    if (!isJson(mediaType)) return textFaults(mediaType, answer.body);
    let value: unknown;
    try {
      value = JSON.parse(answer.body);
    } catch {
      return [`${mediaType} that is no JSON: ${answer.body.slice(0, 80)}`];
    }
    return schema === undefined ? [] : schemas.faults(schema, value);
  };

  const described = (operation: DescribedOperation, request: FuzzRequest, answer: FuzzAnswer): readonly string[] => {
    const { status } = answer;
    // `default` speaks of problems only.
    const response = operation.responses.get(String(status)) ?? (status >= 400 && operation.responses.get('default'));
    if (!response) return [`${status} is not described`];
    if (withoutBody.has(status)) return answer.body === '' ? [] : [`${status} with a body`];
    const media = response.content[mediaTypeOf(answer)];
    if (media === undefined) return [`${status} as ${mediaTypeOf(answer) || 'nothing'} is not described`];
    return request.method === 'HEAD' ? [] : bodyFaults(media.schema, answer);
  };

  /** What nobody described may be a preflight, or is refused in problem details. */
  const undescribed = (request: FuzzRequest, answer: FuzzAnswer): readonly string[] => {
    if (request.method === 'OPTIONS' && answer.status === 204) return answer.headers.allow ? [] : ['204 without Allow'];
    if (request.method === 'HEAD' || answer.status < 400) return [];
    const isProblem = mediaTypeOf(answer) === 'application/problem+json';
    return isProblem ? [] : [`${answer.status} as ${mediaTypeOf(answer)}, not as a problem`];
  };

  return (request: FuzzRequest, answer: FuzzAnswer): readonly string[] => [
    ...(answer.status >= 500 && answer.status !== 501 ? [`${answer.status}: ${answer.body.slice(0, 200)}`] : []),
    ...(request.operation === undefined ? undescribed(request, answer) : described(request.operation, request, answer)),
    ...manners(request, answer),
  ];
};
