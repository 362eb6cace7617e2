/**
 * OpenAPI 3.0 of an OpenAPI 3.1 document, for clients that know no later one (OWSLib, GDAL). 3.1 writes schemas in JSON Schema
 * 2020-12, 3.0 in a dialect of its own (OpenAPI 3.0.3, "Schema Object"): what the two say differently is said again, and what only
 * 3.1 can say is left out, so that 3.0 allows no less than 3.1 does.
 */
type Json = { readonly [name: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNull = (schema: unknown): boolean => isObject(schema) && schema.type === 'null';

/** Keywords that a schema of 3.0 does not know. */
const unknownTo30 = new Set([
  '$schema',
  '$id',
  'propertyNames',
  'patternProperties',
  'contentMediaType',
  'contentEncoding',
]);

/** `type: ['string', 'null']`, and `anyOf` with a null among it. */
const nullable = (schema: Json): Json => {
  if (Array.isArray(schema.type)) {
    const types = schema.type.filter((type) => type !== 'null');
    const { type: _, ...rest } = schema;
    const one = types.length === 1 ? { ...rest, type: types[0] } : { ...rest, anyOf: types.map((type) => ({ type })) };
    return types.length === schema.type.length ? one : { ...one, nullable: true };
  }
  if (!Array.isArray(schema.anyOf) || !schema.anyOf.some(isNull)) return schema;
  const { anyOf: _, ...rest } = schema;
  const others = schema.anyOf.filter((each) => !isNull(each));
  const [only] = others;
  // Beside $ref nothing else counts in 3.0.
  const isPlain = others.length === 1 && isObject(only) && only.$ref === undefined;
  return isPlain ? { ...rest, ...only, nullable: true } : { ...rest, anyOf: others, nullable: true };
};

/** A tuple is a list of what its places may hold, of that length. */
const listOf = ({ prefixItems, ...schema }: Json): Json => {
  if (!Array.isArray(prefixItems)) return schema;
  const length = { minItems: prefixItems.length, maxItems: prefixItems.length };
  return { ...length, ...schema, type: 'array', items: { anyOf: prefixItems } };
};

const bounded = (schema: Json, edge: 'minimum' | 'maximum', exclusive: string): Json =>
  typeof schema[exclusive] === 'number' ? { ...schema, [edge]: schema[exclusive], [exclusive]: true } : schema;

const constant = (schema: Json): Json => {
  if (!('const' in schema)) return schema;
  const { const: value, ...rest } = schema;
  return { ...rest, enum: [value] };
};

const schemaOf30 = (schema: Json): Json => {
  const known = Object.fromEntries(Object.entries(schema).filter(([name]) => !unknownTo30.has(name)));
  const plain = constant(listOf(nullable(known)));
  return bounded(bounded(plain, 'minimum', 'exclusiveMinimum'), 'maximum', 'exclusiveMaximum');
};

/** Members whose names are the document's own, and not keywords. */
const named = new Set(['properties', 'schemas', 'paths', 'responses', 'content', 'headers']);

const converted = (value: unknown, isNamed = false): unknown => {
  if (Array.isArray(value)) return value.map((each) => converted(each));
  if (!isObject(value)) return value;
  const own = isNamed ? value : schemaOf30(value);
  return Object.fromEntries(
    Object.entries(own).map(([name, inner]) => [name, converted(inner, !isNamed && named.has(name))]),
  );
};

/** @param document of OpenAPI 3.1 */
export const asOpenApi30 = (document: object): object => {
  const { info, ...rest } = converted({ ...document }) as Json;
  const licence = isObject(info) && isObject(info.license) ? info.license : undefined;
  const { identifier: _, ...license } = licence ?? {};
  return { ...rest, openapi: '3.0.3', info: { ...(isObject(info) && info), ...(licence && { license }) } };
};
