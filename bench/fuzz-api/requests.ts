import type { DescribedApi, DescribedOperation } from './document.ts';
import type { Random } from './random.ts';
import { hostileText, type Known, parameterValue } from './values.ts';

export type FuzzRequest = {
  readonly method: string;
  /** As it goes over the wire: percent-encoded, with the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The operation that it means; none where path or method are made up. */
  readonly operation?: DescribedOperation;
};

const ACCEPTS = [
  'application/json',
  'application/geo+json',
  'text/csv',
  'text/html',
  '*/*',
  'text/*;q=0.3, application/json;q=0.1',
  'image/png',
  'application/json;q=0',
  ';;;,q=',
  'application/ld+json',
];

const headersFor = (random: Random): Record<string, string> => ({
  ...(random.chance(0.3) && { accept: random.pick(ACCEPTS) }),
  ...(random.chance(0.3) && {
    'accept-encoding': random.pick(['gzip', 'br', 'gzip;q=0, br;q=0.5', '*', 'identity', 'q']),
  }),
  ...(random.chance(0.2) && { 'if-none-match': random.pick(['*', 'W/"a"', '"a", "b"', 'a', '"', '']) }),
  ...(random.chance(0.1) && { origin: 'https://elsewhere.example' }),
  ...(random.chance(0.05) && { 'x-forwarded-for': random.pick(['203.0.113.7', ',', 'x'.repeat(300)]) }),
  ...(random.chance(0.05) && { 'content-type': random.pick(['application/json', 'text/plain', 'x']) }),
});

/** Encodes what may not stand in a target; sometimes leaves as it is what may. */
const encoded = (value: string, random: Random): string =>
  random.chance(0.1) && /^[\x21\x24\x26-\x7e]*$/.test(value) ? value : encodeURIComponent(value.toWellFormed());

/** The path with values for its parameters, and whether it still is that path: nothing, dots and slashes lead elsewhere (RFC 3986, 5.2.4). */
const filled = (operation: DescribedOperation, random: Random, known: Known) => {
  let { path } = operation;
  let isItself = true;
  for (const parameter of operation.parameters.filter((each) => each.in === 'path')) {
    const value = parameterValue(parameter, random, known).toWellFormed();
    if (/^\.{0,2}$|\/|\\/.test(value)) isItself = false;
    path = path.replace(`{${parameter.name}}`, () => encodeURIComponent(value));
  }
  return { path: path === '/' ? '' : path, isItself };
};

const queryOf = (operation: DescribedOperation, random: Random, known: Known): string => {
  const asked = operation.parameters
    .filter((parameter) => parameter.in === 'query' && (parameter.required || random.chance(0.35)))
    .map((parameter) => [parameter.name, parameterValue(parameter, random, known)] as const);
  const made = random.chance(0.04) ? [[hostileText(random), hostileText(random)] as const] : [];
  const twice = random.chance(0.04) ? asked.slice(0, 1) : [];
  return [...asked, ...made, ...twice]
    .map(([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encoded(value, random)}`)
    .join('&');
};

/** A request that means one of the document's operations, or, now and then, one that none of them is. */
export const fuzzRequest = (api: DescribedApi, random: Random, known: Known): FuzzRequest => {
  const operation = random.pick(api.operations);
  const headers = headersFor(random);
  const query = queryOf(operation, random, known);
  const { path, isItself } = filled(operation, random, known);
  const target = `${api.basePath}${path}${query === '' ? '' : `?${query}`}`;
  if (random.chance(0.03)) {
    return {
      method: 'GET',
      target: `${api.basePath}/${encodeURIComponent(hostileText(random).toWellFormed())}`,
      headers,
    };
  }
  if (random.chance(0.06)) {
    const method = random.pick(['OPTIONS', 'DELETE', 'PUT', 'PATCH', 'POST', 'PROPFIND']);
    const body = random.pick(['', '{}', '{', 'null', '"'.repeat(50)]);
    if (api.operations.some((each) => each.path === operation.path && each.method === method)) {
      return { method: 'HEAD', target, headers };
    }
    return { method, target, headers, ...(method !== 'OPTIONS' && body !== '' && { body }) };
  }
  const isHead = operation.method === 'GET' && random.chance(0.06);
  return { method: isHead ? 'HEAD' : operation.method, target, headers, ...(isItself && { operation }) };
};

/** The request as a line that a person can run. */
export const curlLine = (origin: string, { method, target, headers, body }: FuzzRequest): string => {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  return [
    'curl -sgi --path-as-is',
    ...(method === 'GET' ? [] : [method === 'HEAD' ? '-I' : `-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${quoted(body)}`]),
    quoted(`${origin}${target}`),
  ].join(' ');
};
