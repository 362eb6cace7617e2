import * as z from 'zod';
import {
  type EntityIds,
  GREATEST_ID,
  type KnownId,
  type NumberedType,
} from '../../open-data/sensorthings/city/entity-ids.ts';
import { chunk } from '../parallel.ts';
import { ifFree, putItem, queryItems, type TableOptions } from './items.ts';
import { ENTITY_IDS_PREFIX } from './tables.ts';

/** Keys of one item: the longest fill a quarter of the 400 KB that DynamoDB takes. */
const KEYS_PER_BLOCK = 500;
const PLACE_DIGITS = 9;

const earlierPartition = (type: NumberedType): string => `${ENTITY_IDS_PREFIX}#${type}`;
const partition = (type: NumberedType): string => `${ENTITY_IDS_PREFIX}-blocks#${type}`;
const placeText = (place: number): string => String(place).padStart(PLACE_DIGITS, '0');

const earlierSchema = z.object({ sk: z.string(), id: z.int().min(1).max(GREATEST_ID), since: z.int() });
const blockSchema = z.object({
  sk: z.string().transform(Number),
  first: z.int().min(1).max(GREATEST_ID),
  since: z.int(),
  keys: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(z.string())),
});

/** What one process knows of a type. Blocks never change, so only those behind the last one are ever read again. */
type Book = { readonly known: Map<string, KnownId>; lastPlace: number; lastId: number };

/** Numbers that were given one by one, before there were blocks; they stay as they are. */
const openBook = async (options: TableOptions, type: NumberedType): Promise<Book> => {
  const items = (await queryItems(options, earlierPartition(type))).map((item) => earlierSchema.parse(item));
  return {
    known: new Map(items.map(({ sk, id, since }) => [sk, { id, since }])),
    lastPlace: 0,
    lastId: items.reduce((last, { id }) => Math.max(last, id), 0),
  };
};

const readOn = async (options: TableOptions, type: NumberedType, book: Book): Promise<void> => {
  const behind = [placeText(book.lastPlace + 1), '9'.repeat(PLACE_DIGITS)] as const;
  for (const item of await queryItems(options, partition(type), behind)) {
    const { sk, first, since, keys } = blockSchema.parse(item);
    if (sk <= book.lastPlace) continue;
    for (const [index, key] of keys.entries()) {
      if (!book.known.has(key)) book.known.set(key, { id: first + index, since });
    }
    book.lastPlace = sk;
    book.lastId = Math.max(book.lastId, first + keys.length - 1);
  }
};

/** Writes the block behind the last one that is known; false when another writer has written one there. */
const writeBlock = (
  options: TableOptions,
  type: NumberedType,
  { lastPlace, lastId }: Book,
  { keys, since }: { readonly keys: readonly string[]; readonly since: number },
): Promise<boolean> => {
  if (lastId + keys.length > GREATEST_ID) throw new Error(`There are no numbers left for SensorThings' ${type}`);
  const place = { pk: partition(type), sk: placeText(lastPlace + 1) };
  const block = { ...place, first: lastId + 1, since, keys: JSON.stringify(keys) };
  return putItem(options, block, ifFree);
};

/**
 * Numbers of SensorThings' entities in the city table, as a log of blocks: an item holds the keys that came together and the number of
 * the first. A block is written on condition that its place in the log is free; who finds it taken reads what is there and asks again
 * for what is still missing. So a key and a number belong together for ever, and five thousand new ones cost ten writes.
 */
export const dynamodbEntityIds = (options: TableOptions): EntityIds => {
  const books = new Map<NumberedType, Promise<Book>>();
  const bookOf = (type: NumberedType): Promise<Book> => {
    const book = books.get(type) ?? openBook(options, type);
    books.set(type, book);
    book.catch(() => books.delete(type));
    return book;
  };
  return {
    identify: async (type, keys, at) => {
      const book = await bookOf(type);
      for (;;) {
        await readOn(options, type, book);
        const missing = [...new Set(keys)].filter((key) => !book.known.has(key));
        const [next] = chunk(missing, KEYS_PER_BLOCK);
        if (next === undefined) return new Map(book.known);
        await writeBlock(options, type, book, { keys: next, since: at });
      }
    },
  };
};
