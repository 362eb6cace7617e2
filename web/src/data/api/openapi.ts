/** As much of an OpenAPI 3.1 document as a form and a request need. */

export type ApiParameter = {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description: string;
  readonly type: string;
  readonly choices: readonly string[];
  /** What stands in an empty field, as a hint. */
  readonly hint: string;
};

export type ApiOperation = {
  readonly operationId: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly ApiParameter[];
  /** What the answer may come as. */
  readonly mediaTypes: readonly string[];
};

export type ApiDocument = {
  readonly title: string;
  readonly basePath: string;
  readonly operations: readonly ApiOperation[];
};

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** Follows `#/…` inside the document. */
const resolve = (document: Node, value: unknown): Node => {
  if (!isNode(value)) return {};
  if (typeof value.$ref !== 'string') return value;
  const parts = value.$ref.replace(/^#\//, '').split('/');
  const found = parts.reduce<unknown>(
    (at, part) => (isNode(at) ? at[part.replaceAll('~1', '/')] : undefined),
    document,
  );
  return isNode(found) ? found : {};
};

const parameterOf = (document: Node, value: unknown): readonly ApiParameter[] => {
  const parameter = resolve(document, value);
  if (parameter.in !== 'path' && parameter.in !== 'query') return [];
  const schema = resolve(document, parameter.schema);
  const hints = [parameter.example, schema.example, schema.default, ...list(schema.examples)].map(text);
  return [
    {
      name: text(parameter.name),
      in: parameter.in,
      required: parameter.required === true,
      description: text(parameter.description) || text(schema.description),
      type: text(schema.type) || 'string',
      choices: schema.type === 'boolean' ? ['true', 'false'] : list(schema.enum).map(text),
      hint: hints.find((hint) => hint !== '') ?? '',
    },
  ];
};

/** Only reading: what is written needs more than a form. */
export const readApiDocument = (value: unknown): ApiDocument => {
  const document = isNode(value) ? value : {};
  const info = isNode(document.info) ? document.info : {};
  const server = list(document.servers).find(isNode) ?? {};
  const paths = isNode(document.paths) ? Object.entries(document.paths) : [];
  const operations = paths.flatMap(([path, item]) => {
    const get = isNode(item) ? item.get : undefined;
    if (!isNode(get)) return [];
    const responses = isNode(get.responses) ? get.responses : {};
    const { content } = resolve(document, responses['200']);
    return [
      {
        operationId: text(get.operationId),
        path,
        summary: text(get.summary),
        description: text(get.description),
        parameters: list(get.parameters).flatMap((each) => parameterOf(document, each)),
        mediaTypes: isNode(content) ? Object.keys(content) : [],
      },
    ];
  });
  return { title: text(info.title), basePath: new URL(text(server.url), location.origin).pathname, operations };
};

export type Values = Readonly<Record<string, string>>;

/** The address that a filled-in form means, below this host. What is empty is not sent. */
export const addressOf = (basePath: string, { path, parameters }: ApiOperation, values: Values): string => {
  const filled = parameters
    .filter((each) => each.in === 'path')
    .reduce((so, { name }) => so.replace(`{${name}}`, () => encodeURIComponent(values[name] ?? '')), path);
  const query = parameters
    .filter(({ name, in: place }) => place === 'query' && (values[name] ?? '') !== '')
    .map(({ name }) => `${encodeURIComponent(name).replaceAll('%24', '$')}=${encodeURIComponent(values[name] ?? '')}`);
  const base = `${basePath.replace(/\/$/, '')}${filled === '/' ? '/' : filled}`;
  return query.length === 0 ? base : `${base}?${query.join('&')}`;
};

/** In single quotes nothing means anything to a shell but the quote itself. */
const shellQuoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

export const curlOf = (address: string, accept: string | undefined): string =>
  ['curl --compressed -i', ...(accept ? [`-H ${shellQuoted(`Accept: ${accept}`)}`] : []), shellQuoted(address)].join(
    ' ',
  );
