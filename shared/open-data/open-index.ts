import * as z from 'zod';
import { type City, positionSchema, type Station } from '../city/entities.ts';
import type { IndexAt } from '../environment/air-indices.ts';
import { indexAnswer, indexAnswerOf } from '../environment/indices/index-answer.ts';
import { type FeatureCollection, point } from './geojson.ts';
import { localInstant } from './open-reading.ts';
import type { Row } from './tables/table.ts';

/** The indices of the air, by the names of their series. */
export const openIndexNames = ['vnAqi1h', 'usAqiNowcast', 'vnAqi24h', 'usAqi24h'] as const;
export type OpenIndexName = (typeof openIndexNames)[number];

/** An index as the public sees it: what QĐ 1459/QĐ-TCMT, Bảng 3, wants told of a VN_AQI, and what it rests on. */
export const openIndexSchema = z
  .object({
    stationId: z.string(),
    stationName: z.string(),
    position: positionSchema,
    series: z.enum(openIndexNames).meta({ description: 'The quantity that `/readings` has its past under' }),
    endsAt: z.iso.datetime().meta({ description: 'End of the hour or day, UTC' }),
    endsAtLocal: z.iso.datetime({ offset: true }),
    source: z.string().meta({ description: 'Whose data it is made of' }),
    result: indexAnswer,
  })
  .meta({ id: 'StationIndex' });
export type OpenIndex = z.infer<typeof openIndexSchema>;

export const openIndex = (
  city: City,
  { id, name, position }: Station,
  { quantity: series, endsAt, result }: IndexAt<OpenIndexName>,
): OpenIndex => ({
  stationId: id,
  stationName: name,
  position,
  series,
  endsAt: new Date(endsAt).toISOString(),
  endsAtLocal: localInstant(city.timeZone, endsAt),
  source: `${city.name}, ${name}`,
  result: indexAnswerOf(result),
});

/** `#ff7e00` */
export const hexColour = (rgb: readonly number[]): string =>
  `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/** One level of members, as a table and the properties of a feature want it: sub-indices by their quantity. */
const flat = ({ result, position: _, ...index }: OpenIndex): Readonly<Record<string, string | number>> => {
  if (result.status === 'not-computable') {
    const { reason, reasonEn, reasonVi, methodVersion } = result;
    return { ...index, index: result.index, reason, reasonEn, reasonVi, methodVersion };
  }
  const { value, category, dominant, completeness, methodVersion } = result;
  const { adviceEn = '', adviceVi = '', sensitiveAdviceEn = '', sensitiveAdviceVi = '' } = category;
  return {
    ...index,
    index: result.index,
    value,
    categoryLevel: category.level,
    categoryEn: category.nameEn,
    categoryVi: category.nameVi,
    colour: hexColour(category.rgb),
    dominant,
    ...Object.fromEntries(result.subIndices.map((sub) => [sub.quantity, sub.value])),
    completeness,
    ...{ adviceEn, adviceVi, sensitiveAdviceEn, sensitiveAdviceVi },
    methodVersion,
  };
};

/** Indices as rows of `indexTable`. */
export const indexRows = (indices: readonly OpenIndex[]): readonly Row[] =>
  indices.map((index) => ({ ...flat(index), ...index.position }));

/** One feature an index, at its station; a value that is not there is null, with its reason. */
export const indicesGeoJson = (indices: readonly OpenIndex[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: indices.map((index) => ({
    type: 'Feature',
    id: `${index.stationId}/${index.series}`,
    geometry: point(index.position),
    properties: { value: null, ...flat(index) },
  })),
});
