import * as z from 'zod';
import type { Registered } from '../../shared/city/editing/registry-editor.ts';
import { unknownMembers } from '../../shared/city/editing/unknown-members.ts';
import type { City } from '../../shared/city/entities.ts';
import { citySchema } from '../../shared/city/entities.ts';
import { json } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { invalidRequest, notFound } from '../../shared/lambda/problem.ts';
import { validate } from '../../shared/lambda/validate.ts';
import { handOf } from './act.ts';
import type { RegistryParts } from './parts.ts';
import { changedMeanwhile, checkPreconditions, etagOf, preconditionHeaders, requireSeen } from './preconditions.ts';

const { mixableStreams, travel } = citySchema.shape;

/** Rules of the whole city that the planner keeps to; the rest of its profile is set up with it. */
const rulesSchema = z.object({ mixableStreams, slowHours: travel.shape.slowHours }).meta({ id: 'CityRules' });
type Rules = z.infer<typeof rulesSchema>;

const WHAT = 'The rules of the city';

const rulesOf = ({ mixableStreams: pairs, travel: { slowHours } }: City): Rules => ({
  ...(pairs && { mixableStreams: pairs }),
  ...(slowHours && { slowHours }),
});

/** The profile with these rules in place of its own. */
const withRules = (city: City, { mixableStreams: pairs, slowHours }: Rules): City => {
  const { mixableStreams: _pairs, travel: way, ...rest } = city;
  const { slowHours: _hours, ...pace } = way;
  // Read again, so that its members stand in the schema's order and the same rules make the same entity.
  return citySchema.parse({
    ...rest,
    travel: { ...pace, ...(slowHours && { slowHours }) },
    ...(pairs && { mixableStreams: pairs }),
  });
};

const requireCity = async ({ editor, cityId }: RegistryParts): Promise<Registered<'city'>> => {
  const found = await editor.get('city', cityId);
  if (found === undefined) throw notFound(`The city ${cityId} has not been set up yet`);
  return found;
};

/** @throws ProblemError 400 that names every field at fault, also those that nobody knows. */
const readRules = (body: object): Rules => {
  const rules = validate(rulesSchema, body, 'body');
  const strangers = unknownMembers(body, rules).map((path) => path.join('.'));
  if (strangers.length === 0) return rules;
  throw invalidRequest(
    strangers.map((field) => ({ in: 'body', field, message: 'is not known here', code: 'not-known' })),
  );
};

const success = { description: 'The rules', content: { 'application/json': rulesSchema } };

export const getCityRules = (parts: RegistryParts): Operation =>
  operation({
    method: 'GET',
    path: '/city-rules',
    operationId: 'getCityRules',
    summary: 'Streams that may ride on one truck, and the hours in which driving takes longer',
    description: 'Without mixableStreams no two streams ride together: Law on Environmental Protection 2020, Art. 75.',
    responses: { 200: success },
    handle: async () => json(rulesSchema, rulesOf((await requireCity(parts)).entity)),
  });

export const putCityRules = (parts: RegistryParts): Operation =>
  operation({
    method: 'PUT',
    path: '/city-rules',
    operationId: 'putCityRules',
    summary: 'Replaces the rules of the whole city',
    description: 'Asks for If-Match with the ETag of the rules that were seen, as every replacement here.',
    headers: preconditionHeaders,
    body: z.record(z.string(), z.unknown()),
    documentedBody: rulesSchema,
    responses: { 200: success },
    handle: async ({ body, event }) => {
      const hand = handOf(parts, event, 'api');
      const rules = readRules(body);
      const seen = await requireCity(parts);
      const before = rulesOf(seen.entity);
      checkPreconditions(event, WHAT, before);
      const headers = { etag: etagOf(rules) };
      if (headers.etag === etagOf(before)) return json(rulesSchema, rules, { headers });
      requireSeen(event, WHAT, before);
      if (!(await parts.editor.write('city', withRules(seen.entity, rules), seen, hand))) throw changedMeanwhile(WHAT);
      return json(rulesSchema, rules, { headers });
    },
  });
