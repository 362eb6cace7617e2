import * as z from 'zod';
import { InvalidCursorError } from '../../telemetry/reading-store.ts';
import { readCursor, writeCursor } from '../keyset-cursor.ts';
import { isInside } from './bounding-box.ts';
import type { Feature, FeaturePage, FeatureQuery } from './feature.ts';
import { intersects } from './time-interval.ts';

/** Whether a feature answers the query. One that has no place, or no time, is not excluded by a question for it (7.15.3 and 7.15.4). */
export const isWanted = ({ bbox, datetime, filters }: FeatureQuery, { position, time, properties }: Feature): boolean =>
  (bbox === undefined || position === undefined || isInside(bbox, position)) &&
  (datetime === undefined || time === undefined || intersects(datetime, time)) &&
  Object.entries(filters).every(([name, wanted]) => String(properties[name]) === wanted);

const cursorSchema = z.object({ collection: z.string(), after: z.string() });

/** One page of features that are all at hand, by id: what is added or removed meanwhile moves nothing else between pages. */
export const pageOf = (collection: string, features: readonly Feature[], query: FeatureQuery): FeaturePage => {
  const position = query.cursor === undefined ? undefined : readCursor(cursorSchema, query.cursor);
  if (position !== undefined && position.collection !== collection) {
    throw new InvalidCursorError('A cursor of another collection');
  }
  const matched = features
    .filter((feature) => isWanted(query, feature))
    .sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
  const rest = position === undefined ? matched : matched.filter(({ id }) => id > position.after);
  const page = rest.slice(0, query.limit);
  const last = page.at(-1);
  return {
    features: page,
    numberMatched: matched.length,
    ...(last !== undefined && rest.length > page.length && { nextCursor: writeCursor({ collection, after: last.id }) }),
  };
};

/** Reading and extent of a collection whose features are all at hand. */
export const inMemory = (id: string, load: () => Promise<readonly Feature[]>) => ({
  page: async (query: FeatureQuery) => pageOf(id, await load(), query),
  get: async (featureId: string) => (await load()).find((feature) => feature.id === featureId),
  extent: async () => {
    const features = await load();
    const instants = features.flatMap(({ time }) => (time === undefined ? [] : [time.from]));
    return {
      positions: features.flatMap(({ position }) => position ?? []),
      ...(instants.length > 0 && { from: Math.min(...instants), to: Math.max(...instants) }),
    };
  },
});
