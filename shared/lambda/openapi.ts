import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { headerRefs, manneredHeaders, refusals, withLicenceMembers } from './openapi-manners.ts';
import type { Operation, ResponseDefinition } from './operation.ts';
import { problemSchema } from './problem.ts';

export type ApiDescription = {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly basePath: string;
  /** True for public data: any page may read it, at a bounded rate. */
  readonly public?: boolean;
  /** True where JSON objects begin with licence and attribution. */
  readonly licensed?: boolean;
};

const responseObject = ({ description, content = {} }: ResponseDefinition, isPublic: boolean) => ({
  description,
  ...(isPublic && { headers: headerRefs }),
  content: Object.fromEntries(Object.entries(content).map(([mediaType, schema]) => [mediaType, { schema }])),
});

const problemContent = { 'application/problem+json': { schema: problemSchema } };

const operationObject = (operation: Operation, isPublic: boolean): ZodOpenApiOperationObject => ({
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
  ...(operation.binaryBody && {
    requestBody: {
      required: true,
      content: Object.fromEntries(operation.binaryBody.map((type) => [type, { schema: z.string() }])),
    },
  }),
  responses: {
    ...(isPublic ? refusals(problemContent, operation.method === 'GET') : {}),
    ...Object.fromEntries(
      Object.entries(operation.responses).map(([status, response]) => [status, responseObject(response, isPublic)]),
    ),
    default: {
      description: 'A problem, with the fields at fault where the request is',
      content: problemContent,
    },
  },
});

/** Names of parameters that stand in a path, in its order. */
const namesIn = (path: string): readonly string[] => [...path.matchAll(/\{([^/}]+)\}/g)].map(([, name = '']) => name);

const checkPath = ({ path, pathParameters = z.object({}) }: Operation): void => {
  const lost = namesIn(path).filter((name) => !(name in pathParameters.shape));
  if (lost.length > 0) throw new Error(`${path}: nobody says what ${lost.join(', ')} may be`);
};

/**
 * The OpenAPI 3.1 document of an API, from the schemas that validate its requests. The generator is imported as everything else:
 * loaded on demand, a single-file bundle would wrap all of zod into lazy modules, whose cycles break at start.
 */
export const openApiDocument = (api: ApiDescription, operations: readonly Operation[]): object => {
  const { title, description, version, basePath } = api;
  const isPublic = api.public ?? false;
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    checkPath(operation);
    const described = operationObject(operation, isPublic);
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: described };
  }
  const document = createDocument({
    openapi: '3.1.0',
    info: { title, description, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: basePath }],
    paths: paths satisfies ZodOpenApiPathsObject,
    ...(isPublic && { components: { headers: manneredHeaders } }),
  });
  return api.licensed ? withLicenceMembers(document) : document;
};
