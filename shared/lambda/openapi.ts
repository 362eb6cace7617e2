import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Operation, ResponseDefinition } from './operation.ts';
import { problemSchema } from './problem.ts';

export type ApiDescription = {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly basePath: string;
};

const responseObject = ({ description, content = {} }: ResponseDefinition) => ({
  description,
  content: Object.fromEntries(Object.entries(content).map(([mediaType, schema]) => [mediaType, { schema }])),
});

const operationObject = (operation: Operation): ZodOpenApiOperationObject => ({
  operationId: operation.operationId,
  summary: operation.summary,
  ...(operation.description === undefined ? {} : { description: operation.description }),
  requestParams: {
    ...(operation.pathParameters === undefined ? {} : { path: operation.pathParameters }),
    ...(operation.query === undefined ? {} : { query: operation.query }),
  },
  ...(operation.body === undefined
    ? {}
    : { requestBody: { required: false, content: { 'application/json': { schema: operation.body } } } }),
  responses: {
    ...Object.fromEntries(
      Object.entries(operation.responses).map(([status, response]) => [status, responseObject(response)]),
    ),
    default: {
      description: 'A problem, with the fields at fault where the request is',
      content: { 'application/problem+json': { schema: problemSchema } },
    },
  },
});

/**
 * The OpenAPI 3.1 document of an API, from the schemas that validate its requests. The generator is imported as everything else:
 * loaded on demand, a single-file bundle would wrap all of zod into lazy modules, whose cycles break at start.
 */
export const openApiDocument = (
  { title, description, version, basePath }: ApiDescription,
  operations: readonly Operation[],
): object => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: operationObject(operation) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title, description, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: basePath }],
    paths: paths satisfies ZodOpenApiPathsObject,
  });
};
