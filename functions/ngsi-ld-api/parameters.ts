import * as z from 'zod';
import type { Representation } from '../../shared/open-data/ngsi-ld/represent.ts';
import { badRequestData } from './errors.ts';

const MOST_ENTITIES = 1_000;
const FEW_ENTITIES = 100;

const text = (description: string, example?: string) =>
  z
    .string()
    .min(1)
    .max(20_000)
    .optional()
    .meta({ description, ...(example !== undefined && { example }) });

const wholeNumber = (description: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number from 0 on')
    .transform(Number)
    .optional()
    .meta({ description, override: { type: 'integer', minimum: 0 } });

const yesOrNo = (description: string) =>
  z
    .enum(['true', 'false'], 'must be true or false')
    .transform((word) => word === 'true')
    .optional()
    .meta({ description, override: { type: 'boolean' } });

const formatNames = ['normalized', 'concise', 'simplified', 'keyValues'] as const;

/** How an entity is shown: ETSI GS CIM 009 V1.8.1, 6.3.7, 6.3.11 and 4.5.16. */
export const showingSchema = z.strictObject({
  attrs: text(
    'Names of attributes, comma between them: shown are these, and only entities that have one',
    'fillingLevel,status',
  ),
  options: text('normalized, concise, keyValues (or simplified), sysAttrs; comma between them', 'keyValues'),
  format: z.enum(formatNames, `must be one of ${formatNames.join(', ')}`).optional(),
  geometryProperty: text('Which GeoProperty is the geometry of a GeoJSON feature; location when absent'),
  local: yesOrNo('Everything here is local: both mean the same'),
});

export const querySchema = showingSchema.extend({
  id: text('URIs of entities, comma between them'),
  type: text('Names or IRIs of types, comma or | between them', 'WasteContainer'),
  idPattern: text('A regular expression that the id must match, without look-around and back-references'),
  q: text(
    'Conditions, 4.9: == != < <= > >= ~= !~=, lists and ranges, ; for and, | for or, parentheses',
    'fillingLevel>0.8',
  ),
  georel: text(
    '4.10: near;maxDistance==<metres>, near;minDistance==…, within, intersects, …',
    'near;maxDistance==2000',
  ),
  geometry: text('Type of the geometry that georel is about', 'Point'),
  coordinates: text('Its coordinates as GeoJSON has them', '[106.65,10.98]'),
  geoproperty: text('Which GeoProperty georel is about; location when absent'),
  limit: wholeNumber(
    `Most entities in one answer, ${FEW_ENTITIES} when absent, ${MOST_ENTITIES} at most; 0 with count=true`,
  ),
  offset: wholeNumber('Entities to leave out before, in the order of ids'),
  count: yesOrNo('Whether NGSILD-Results-Count tells how many there are in all'),
});
export type EntitiesQuery = z.output<typeof querySchema>;

const optionNames = ['normalized', 'concise', 'keyValues', 'simplified', 'sysAttrs'];

const representationNamed = (name: string): Representation =>
  name === 'keyValues' || name === 'simplified' ? 'simplified' : name === 'concise' ? 'concise' : 'normalized';

/**
 * Representation and system attributes that `options` and `format` ask for.
 * @throws ProblemError 400 for an option that there is none of, and for two representations.
 */
export const shownAs = ({
  options,
  format,
}: z.output<typeof showingSchema>): { readonly representation: Representation; readonly sysAttrs: boolean } => {
  const asked = options === undefined ? [] : options.split(',').map((option) => option.trim());
  const unknown = asked.find((option) => !optionNames.includes(option));
  if (unknown !== undefined) throw badRequestData('options', `${unknown} is not one of ${optionNames.join(', ')}`);
  const named = [...asked.filter((option) => option !== 'sysAttrs'), ...(format === undefined ? [] : [format])];
  const representations = new Set(named.map(representationNamed));
  if (representations.size > 1) throw badRequestData('options', 'asks for two representations at once');
  return { representation: [...representations][0] ?? 'normalized', sysAttrs: asked.includes('sysAttrs') };
};

/** 6.3.10: which entities of the list. @throws ProblemError 400 */
export const pageOf = ({ limit = FEW_ENTITIES, offset = 0, count }: EntitiesQuery) => {
  if (limit === 0 && count !== true) throw badRequestData('limit', '0 goes with count=true only');
  return { limit: Math.min(limit, MOST_ENTITIES), offset };
};
