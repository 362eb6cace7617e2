import * as z from 'zod';

/** As much of an OpenAPI 3.1 document as requests are made from and answers are judged by. */

export type Schema = Readonly<Record<string, unknown>>;
export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
  readonly examples: readonly unknown[];
};
export type Content = Readonly<Record<string, { readonly schema?: Schema | undefined }>>;
export type DescribedResponse = { readonly content: Content };
export type DescribedOperation = {
  readonly method: string;
  /** Below the base path, with `{names}`. */
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  /** By status, or `default`. */
  readonly responses: ReadonlyMap<string, DescribedResponse>;
  readonly body: Content;
};
export type DescribedApi = {
  readonly basePath: string;
  readonly operations: readonly DescribedOperation[];
  readonly components: Schema;
};

const objectSchema = z.record(z.string(), z.unknown());
const isObject = (value: unknown): value is Schema => objectSchema.safeParse(value).success;

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** What a local `$ref` means. @throws Error where it leads nowhere. */
const follow = (document: Schema, value: unknown): Schema => {
  if (!isObject(value)) throw new Error(`Not an object: ${JSON.stringify(value)}`);
  if (typeof value.$ref !== 'string') return value;
  let found: unknown = document;
  for (const part of value.$ref.replace(/^#\//, '').split('/')) {
    found = isObject(found) ? found[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  }
  if (found === undefined) throw new Error(`$ref leads nowhere: ${value.$ref}`);
  return follow(document, found);
};

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isObject(value) ? Object.entries(value) : [];

const contentOf = (document: Schema, value: unknown): Content =>
  Object.fromEntries(
    entriesOf(value).map(([mediaType, media]) => {
      const { schema } = follow(document, media);
      return [mediaType, { schema: isObject(schema) ? schema : undefined }];
    }),
  );

const parameterOf = (document: Schema, value: unknown): Parameter => {
  const parameter = follow(document, value);
  const schema = parameter.schema === undefined ? {} : follow(document, parameter.schema);
  const place = z.enum(['path', 'query', 'header']).parse(parameter.in);
  return {
    name: z.string().parse(parameter.name),
    in: place,
    required: parameter.required === true,
    schema,
    examples: [parameter.example, schema.example, ...(Array.isArray(schema.examples) ? schema.examples : [])].filter(
      (example) => example !== undefined,
    ),
  };
};

const operationOf = (document: Schema, path: string, method: string, value: Schema): DescribedOperation => {
  const responses = entriesOf(value.responses).map(
    ([status, response]) => [status, { content: contentOf(document, follow(document, response).content) }] as const,
  );
  return {
    method: method.toUpperCase(),
    path,
    operationId: z.string().parse(value.operationId),
    parameters: (Array.isArray(value.parameters) ? value.parameters : []).map((each) => parameterOf(document, each)),
    responses: new Map(responses),
    body: value.requestBody === undefined ? {} : contentOf(document, follow(document, value.requestBody).content),
  };
};

/** Reads a document. @throws Error where it is none, or a reference in it leads nowhere. */
export const readDocument = (value: unknown): DescribedApi => {
  const document = objectSchema.parse(value);
  z.object({ openapi: z.string().startsWith('3.1.'), info: objectSchema, paths: objectSchema }).parse(document);
  const [server] = z
    .array(z.object({ url: z.string() }))
    .min(1)
    .parse(document.servers);
  const operations = entriesOf(document.paths).flatMap(([path, item]) =>
    entriesOf(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => operationOf(document, path, method, follow(document, operation))),
  );
  return {
    basePath: new URL(server?.url ?? '', 'http://localhost').pathname.replace(/\/$/, ''),
    operations,
    components: isObject(document.components) ? document.components : {},
  };
};

/** Everything wrong with a document that a reader of it would stumble over. */
export const documentFaults = ({ operations }: DescribedApi): readonly string[] => {
  const ids = operations.map(({ operationId }) => operationId);
  const doubles = ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `${id} is there twice`);
  const perOperation = operations.flatMap(({ operationId, path, parameters, responses }) => {
    const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
    const declared = parameters.filter((each) => each.in === 'path');
    const lost = inPath.filter((name) => !declared.some((each) => each.name === name && each.required));
    const spare = declared.filter(({ name }) => !inPath.includes(name)).map(({ name }) => name);
    return [
      ...lost.map((name) => `${operationId}: nobody says what {${name}} is`),
      ...spare.map((name) => `${operationId}: ${name} is not in the path`),
      ...(responses.size === 0 ? [`${operationId}: no answer`] : []),
    ];
  });
  return [...doubles, ...perOperation];
};
