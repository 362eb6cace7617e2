import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';

export type HttpAnswer = APIGatewayProxyStructuredResultV2;
export type Headers = Readonly<Record<string, string>>;

/** An answer in JSON. The schema is the one that OpenAPI publishes: the compiler holds the body to it. */
export const json = <Schema extends z.ZodType>(
  _schema: Schema,
  body: z.output<Schema>,
  { status = 200, headers = {} }: { readonly status?: number; readonly headers?: Headers } = {},
): HttpAnswer => ({
  statusCode: status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

/** An answer in any other text format. */
export const text = (contentType: string, body: string, headers: Headers = {}): HttpAnswer => ({
  statusCode: 200,
  headers: { 'content-type': contentType, ...headers },
  body,
});
