import { type EntityTypeName, entityTypes, propertyOf, relationOf } from '../model/entity-model.ts';
import type { Expression, OrderItem, QueryOptions, ResultFormat, SelectItem } from './ast.ts';
import { checkFilter, checkOrder } from './check.ts';
import { type ExpandContext, parseExpand } from './expand-parser.ts';
import { parseExpression } from './expression-parser.ts';
import { QueryError } from './query-error.ts';
import { namesOf } from './resolve-path.ts';
import type { TokenStream } from './token-stream.ts';

/** Options while they are read; `expand` and the lists get their empty defaults at the end. */
export type OptionDraft = { -readonly [Name in keyof QueryOptions]?: QueryOptions[Name] };

export const finishOptions = (draft: OptionDraft): QueryOptions => ({ expand: [], select: [], orderBy: [], ...draft });

const located = <Result>(stream: TokenStream, check: () => Result): Result => {
  try {
    return check();
  } catch (error) {
    // The checker does not know which option it reads.
    throw error instanceof QueryError ? error.inOption(stream.option) : error;
  }
};

const parseFilter = (stream: TokenStream, type: EntityTypeName): Expression => {
  const filter = parseExpression(stream);
  located(stream, () => checkFilter(filter, type));
  return filter;
};

const parseOrderItem = (stream: TokenStream, type: EntityTypeName): OrderItem => {
  const expression = parseExpression(stream);
  located(stream, () => checkOrder(expression, type));
  const word = stream.peek().kind === 'word' ? stream.peek().text.toLowerCase() : undefined;
  if (word === 'asc' || word === 'desc') stream.next();
  return {
    expression,
    descending: word === 'desc',
    span: { start: expression.span.start, end: stream.endOfLast() },
  };
};

const listOf = <Item>(stream: TokenStream, item: () => Item): readonly Item[] => {
  const items = [item()];
  while (stream.accept(',')) items.push(item());
  return items;
};

const parseSelectItem = (stream: TokenStream, type: EntityTypeName): SelectItem | undefined => {
  if (stream.accept('*')) return undefined;
  const token = stream.peek();
  if (token.kind !== 'word') throw stream.unexpected(`one of ${namesOf(type)}`);
  stream.next();
  const property = propertyOf(type, token.text);
  if (property === undefined) {
    if (relationOf(type, token.text) === undefined) {
      throw stream.fault('type', token, `${type} has no property “${token.text}”`, `one of ${namesOf(type)}`);
    }
    return { kind: 'relation', relation: token.text, span: { start: token.start, end: token.end } };
  }
  const subPath: string[] = [];
  while (stream.accept('/')) {
    const segment = stream.peek();
    if (segment.kind !== 'word' && segment.kind !== 'number') throw stream.unexpected('a name inside the property');
    if (property.type !== 'json' && property.type !== 'any') {
      throw stream.fault('type', segment, `${type}/${property.name} has nothing inside that could be selected`);
    }
    subPath.push(stream.next().text);
  }
  return { kind: 'property', property: property.name, subPath, span: { start: token.start, end: stream.endOfLast() } };
};

const parseSelect = (stream: TokenStream, type: EntityTypeName): readonly SelectItem[] => {
  const items = listOf(stream, () => parseSelectItem(stream, type));
  // `*` is everything, which an empty selection means.
  return items.includes(undefined) ? [] : items.filter((item) => item !== undefined);
};

const parseWhole = (stream: TokenStream): number => {
  const token = stream.peek();
  if (token.kind !== 'number' || !/^\d+$/.test(token.text)) throw stream.unexpected('a whole number from 0');
  return Number(stream.next().text);
};

const parseCount = (stream: TokenStream): boolean => {
  const word = stream.peek().text.toLowerCase();
  if (word !== 'true' && word !== 'false') throw stream.unexpected('true or false');
  stream.next();
  return word === 'true';
};

const formats: Readonly<Record<string, ResultFormat>> = {
  json: 'json',
  default: 'json',
  dataarray: 'dataArray',
  csv: 'csv',
  geojson: 'geojson',
};

const parseResultFormat = (stream: TokenStream): ResultFormat => {
  const format = formats[stream.peek().text.toLowerCase()];
  if (stream.peek().kind !== 'word' || format === undefined) throw stream.unexpected('json, dataArray, CSV or GeoJSON');
  stream.next();
  return format;
};

/** Names without `$`, in lower case. `resultformat` stands in the address itself only, not inside `$expand`. */
export const optionNames = ['filter', 'expand', 'select', 'orderby', 'top', 'skip', 'count', 'resultformat'] as const;
export type OptionName = (typeof optionNames)[number];

/** Reads one option's value into the draft and stops behind it. @throws QueryError */
export const parseOption = (
  name: OptionName,
  stream: TokenStream,
  type: EntityTypeName,
  draft: OptionDraft,
  context: ExpandContext,
): void => {
  switch (name) {
    case 'filter':
      draft.filter = parseFilter(stream, type);
      return;
    case 'expand':
      draft.expand = parseExpand(stream, entityTypes[type], context);
      return;
    case 'select':
      draft.select = parseSelect(stream, type);
      return;
    case 'orderby':
      draft.orderBy = listOf(stream, () => parseOrderItem(stream, type));
      return;
    case 'top':
      draft.top = parseWhole(stream);
      return;
    case 'skip':
      draft.skip = parseWhole(stream);
      return;
    case 'count':
      draft.count = parseCount(stream);
      return;
    case 'resultformat':
      draft.resultFormat = parseResultFormat(stream);
  }
};
