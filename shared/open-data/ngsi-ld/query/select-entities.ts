import type { NgsiEntity } from '../entity.ts';
import { attributeNamed, type NgsiType, ngsiTypes, typeNamed } from '../vocabulary.ts';
import { type GeoParameters, geoTest } from './geo-query.ts';
import { linearPattern } from './linear-pattern.ts';
import { satisfies } from './q-evaluate.ts';
import { parseQ } from './q-parser.ts';
import { QueryFault } from './query-fault.ts';

/** What ETSI GS CIM 009 V1.8.1, 5.7.2, lets a client ask for; names as it sent them. */
export type EntityQuery = GeoParameters & {
  readonly id?: string | undefined;
  readonly type?: string | undefined;
  readonly idPattern?: string | undefined;
  readonly attrs?: string | undefined;
  readonly q?: string | undefined;
};

export type Selection = {
  /** Types that can be in the answer: nothing else has to be read. */
  readonly types: readonly NgsiType[];
  readonly test: (entity: NgsiEntity) => boolean;
};

const list = (text: string): readonly string[] => text.split(',').map((part) => part.trim());

/** 4.17: names with commas or | between them. What exists nowhere here selects nothing. @throws QueryFault */
const typesOf = (type: string | undefined): readonly NgsiType[] => {
  if (type === undefined) return ngsiTypes;
  if (/[();]/.test(type)) throw new QueryFault('type', 'no entity here is of several types: separate names by commas');
  const named = type.split(/[,|]/).map((part) => typeNamed(part.trim()));
  return ngsiTypes.filter((each) => named.includes(each));
};

const idTest = ({ id, idPattern }: EntityQuery): ((id: string) => boolean) => {
  const ids = id === undefined ? undefined : new Set(list(id));
  if (idPattern === undefined) return (each) => ids === undefined || ids.has(each);
  const read = linearPattern(idPattern);
  if (!read.ok) throw new QueryFault('idPattern', `the pattern ${read.reason}`);
  return (each) => (ids === undefined || ids.has(each)) && read.pattern.matches(each);
};

/** 5.7.2.4: an entity must have one of the attributes that are asked for. */
const hasOneOf =
  (names: readonly string[] | undefined) =>
  ({ type, attributes }: NgsiEntity): boolean =>
    names === undefined || names.some((name) => Object.hasOwn(attributes, attributeNamed(type, name)));

/** Names of attributes in a parameter, as an entity of a type has them. */
export const namesIn = (attrs: string | undefined, type: NgsiType): readonly string[] | undefined =>
  attrs === undefined ? undefined : list(attrs).map((name) => attributeNamed(type, name));

/**
 * What a query selects. 5.7.2.4 refuses one that asks for everything there is: a type, an attribute, an id, a `q` or a place must narrow it.
 * @throws QueryFault
 */
export const selectionOf = (query: EntityQuery): Selection => {
  const { type, attrs, q, georel, id, idPattern } = query;
  if ([type, attrs, q, georel, id, idPattern].every((each) => each === undefined))
    throw new QueryFault('type', 'give at least one of type, attrs, q, georel, id and idPattern');
  const types = typesOf(type);
  const hasId = idTest(query);
  const has = hasOneOf(attrs === undefined ? undefined : list(attrs));
  const asked = q === undefined ? undefined : parseQ(q);
  const isPlaced = geoTest(query);
  return {
    types,
    test: (entity) =>
      hasId(entity.id) &&
      has(entity) &&
      (isPlaced === undefined || isPlaced(entity)) &&
      (asked === undefined || satisfies(entity, asked)),
  };
};
