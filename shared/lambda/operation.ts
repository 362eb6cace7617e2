import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import type { HttpAnswer } from './answer.ts';
import { ProblemError } from './problem.ts';
import { validate } from './validate.ts';

/** What an answer of one status holds: a schema for JSON; other media types may stand beside it. */
export type ResponseDefinition = {
  readonly description: string;
  /** Schema per media type; a schema of `z.string()` for text formats. */
  readonly content?: Readonly<Record<string, z.ZodType>>;
};

type OperationDefinition<Path extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the API's base path, e.g. `/bins/{binId}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly pathParameters?: Path;
  /** Parameters it does not name are refused: a mistyped filter must not answer with everything. */
  readonly query?: Query;
  readonly body?: Body;
  /** Media types of a body that is not JSON: `handle` reads it from the event. */
  readonly binaryBody?: readonly string[];
  readonly responses: Readonly<Record<number, ResponseDefinition>>;
  readonly handle: (call: {
    readonly path: z.output<Path>;
    readonly query: z.output<Query>;
    readonly body: z.output<Body>;
    readonly event: APIGatewayProxyEventV2;
  }) => Promise<HttpAnswer>;
};

/** One method on one path: what OpenAPI says of it, and how it is answered, from the same schemas. */
export type Operation = Omit<OperationDefinition<z.ZodObject, z.ZodObject, z.ZodType>, 'handle'> & {
  readonly answer: (event: APIGatewayProxyEventV2) => Promise<HttpAnswer>;
};

const nothing = z.object({});
const noParameters = z.strictObject({});

const jsonBodyParser = httpJsonBodyParser();

/** The body as JSON; `undefined` where there is none. */
const bodyOf = (event: APIGatewayProxyEventV2): unknown => {
  if (event.body === undefined || event.body.trim() === '') return undefined;
  const request = { event: { ...event } };
  try {
    Reflect.apply(jsonBodyParser.before ?? (() => {}), undefined, [request]);
  } catch (error) {
    const unsupported = error instanceof Error && 'statusCode' in error && error.statusCode === 415;
    const message = unsupported ? 'Send the body with content-type: application/json' : 'The body is not JSON';
    throw new ProblemError({
      status: unsupported ? 415 : 400,
      kind: 'invalid-request',
      detail: message,
      errors: [{ in: unsupported ? 'header' : 'body', field: unsupported ? 'content-type' : '', message }],
    });
  }
  return request.event.body;
};

/** Declares an operation: its handler sees parameters and body as the schemas made them, or is not called at all. */
export const operation = <
  Path extends z.ZodObject = typeof nothing,
  Query extends z.ZodObject = typeof noParameters,
  Body extends z.ZodType = z.ZodUndefined,
>({
  handle,
  ...definition
}: OperationDefinition<Path, Query, Body>): Operation => ({
  ...definition,
  answer: async (event) =>
    handle({
      path: validate(definition.pathParameters ?? nothing, event.pathParameters ?? {}, 'path') as z.output<Path>,
      query: validate(definition.query ?? noParameters, event.queryStringParameters ?? {}, 'query') as z.output<Query>,
      body: (definition.body === undefined
        ? undefined
        : validate(definition.body, bodyOf(event), 'body')) as z.output<Body>,
      event,
    }),
});
