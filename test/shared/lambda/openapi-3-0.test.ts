import { describe, expect, it } from 'vitest';
import { featuresApi } from '../../../functions/features-api/app.ts';
import { asOpenApi30 } from '../../../shared/lambda/openapi-3-0.ts';
import { openFeaturesCity } from '../../functions/features-api/features-city.ts';
import { callerOf } from '../../support/api-gateway.ts';

type Json = { readonly [name: string]: unknown };

const schemaIn30 = (schema: Json): unknown => {
  const document = { openapi: '3.1.0', info: {}, components: { schemas: { It: schema } } };
  return (asOpenApi30(document) as { components: { schemas: { It: unknown } } }).components.schemas.It;
};

/** Expected values by OpenAPI 3.0.3, "Schema Object", and the OpenAPI Initiative's "Migrating from 3.0 to 3.1", backwards. */
describe('A schema of OpenAPI 3.1 in 3.0', () => {
  it.each<[Json, Json]>([
    [{ type: ['string', 'null'] }, { type: 'string', nullable: true }],
    [{ anyOf: [{ type: 'number', minimum: 0 }, { type: 'null' }] }, { type: 'number', minimum: 0, nullable: true }],
    [
      { anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }] },
      { anyOf: [{ $ref: '#/components/schemas/A' }], nullable: true },
    ],
    [
      { type: 'string', const: 'Point' },
      { type: 'string', enum: ['Point'] },
    ],
    [
      { type: 'number', exclusiveMinimum: 3 },
      { type: 'number', minimum: 3, exclusiveMinimum: true },
    ],
    [
      { type: 'array', prefixItems: [{ type: 'number' }, { type: ['number', 'null'] }] },
      {
        type: 'array',
        minItems: 2,
        maxItems: 2,
        items: { anyOf: [{ type: 'number' }, { type: 'number', nullable: true }] },
      },
    ],
    [{ type: 'object', propertyNames: { type: 'string' } }, { type: 'object' }],
    [
      { type: 'object', properties: { const: { const: 1 }, properties: { type: ['string', 'null'] } } },
      { type: 'object', properties: { const: { enum: [1] }, properties: { type: 'string', nullable: true } } },
    ],
  ])('%j', (schema, expected) => {
    expect(schemaIn30(schema)).toEqual(expected);
  });
});

describe('OGC API – Features, described in OpenAPI 3.0', () => {
  it('is found as clients look for it, says nothing that only 3.1 knows, and has the same operations', async () => {
    const { parts } = await openFeaturesCity();
    const call = callerOf(featuresApi(parts));
    const landing = JSON.parse((await call({ url: '/ogc?f=json' })).body);
    // What OWSLib 0.27 compares with, to the letter.
    const wanted = 'application/vnd.oai.openapi+json;version=3.0';
    const link = landing.links.find(
      ({ rel, type }: { rel: string; type: string }) => rel === 'service-desc' && type === wanted,
    );
    const answer = await call({ url: link.href });
    expect(answer.headers['content-type']).toBe(wanted);
    const document = JSON.parse(answer.body);
    expect(document.openapi).toBe('3.0.3');
    expect(answer.body).not.toMatch(/"type":\[|"type":"null"|"const":|"prefixItems":|"propertyNames":|"\$schema":"/);
    const newer = JSON.parse((await call({ url: '/ogc/api' })).body);
    expect(Object.keys(document.paths)).toEqual(Object.keys(newer.paths));
    expect(Object.keys(document.paths).length).toBeGreaterThan(5);
  });
});
