import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

export type TestRequest = {
  readonly method?: string;
  /** As sent: percent-encoded, with the query. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are sent as JSON with their content type. */
  readonly body?: string | object;
};

/** The event that API Gateway's HTTP API makes of a request: payload format 2.0, `$default` stage, `ANY /{proxy+}`. */
export const httpEvent = ({ method = 'GET', url, headers = {}, body }: TestRequest): APIGatewayProxyEventV2 => {
  const { pathname, search, searchParams } = new URL(url, 'http://localhost:8080');
  const json = typeof body === 'object';
  // Repeated parameters are joined with a comma, names of headers are lower case: payload format 2.0.
  const query: Record<string, string> = {};
  for (const [name, value] of searchParams) query[name] = name in query ? `${query[name]},${value}` : value;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: decodeURIComponent(pathname),
    rawQueryString: search.slice(1),
    headers: {
      host: 'localhost:8080',
      ...(json ? { 'content-type': 'application/json' } : {}),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    },
    ...(searchParams.size > 0 ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: {
        method,
        path: decodeURIComponent(pathname),
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      requestId: 'gateway-request-1',
      routeKey: '$default',
      stage: '$default',
      time: '22/Nov/2026:10:00:00 +0000',
      timeEpoch: Date.UTC(2026, 10, 22, 10),
    },
    ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : body }),
    isBase64Encoded: false,
  };
};

/** What Lambda hands a handler beside the event. */
export const lambdaContext = (remainingMs = 10_000): Context => ({
  awsRequestId: 'lambda-request-1',
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'phosach-test',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:ap-southeast-2:000000000000:function:phosach-test',
  logGroupName: '/aws/lambda/phosach-test',
  logStreamName: 'test',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => remainingMs,
  done: () => {},
  fail: () => {},
  succeed: () => {},
});

export type TestAnswer = {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

type HttpHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** Calls a handler as API Gateway would and reads its answer as an HTTP client would. */
export const callerOf =
  (handler: HttpHandler) =>
  async (request: TestRequest): Promise<TestAnswer> => {
    const { statusCode = 200, headers = {}, body = '' } = await handler(httpEvent(request), lambdaContext());
    const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
    return { status: statusCode, headers: Object.fromEntries(entries), body };
  };
