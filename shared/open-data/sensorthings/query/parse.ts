import type { EntityTypeName } from '../model/entity-model.ts';
import type { QueryOptions, ResourcePath, SensorThingsRequest } from './ast.ts';
import { decodeQueryComponent } from './decode.ts';
import { MAX_QUERY_CHARACTERS } from './limits.ts';
import { finishOptions, type OptionDraft, type OptionName, optionNames, parseOption } from './options-parser.ts';
import { parsePath } from './path-parser.ts';
import { QueryError } from './query-error.ts';
import { openTokenStream } from './token-stream.ts';

const spellings: Readonly<Record<OptionName, string>> = {
  filter: '$filter',
  expand: '$expand',
  select: '$select',
  orderby: '$orderby',
  top: '$top',
  skip: '$skip',
  count: '$count',
  resultformat: '$resultFormat',
};

type RawOption = { readonly name: string; readonly rawValue: string };

const rawOptions = (rawQuery: string): readonly RawOption[] =>
  rawQuery
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      const [rawName, rawValue] = equals === -1 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
      return { name: decodeQueryComponent(rawName, 'query').trim(), rawValue };
    });

/** The system option a name means: any case, `$` or not; `undefined` for a parameter of the client's own. */
const systemOption = (name: string): OptionName | 'skiptoken' | undefined => {
  const plain = name.replace(/^\$/, '').toLowerCase();
  if (plain === 'skiptoken') return 'skiptoken';
  const option = optionNames.find((known) => known === plain);
  if (option === undefined && name.startsWith('$')) {
    const known = [...Object.values(spellings), '$skiptoken'].join(', ');
    throw new QueryError('unsupported', name.slice(0, 40), 0, 'no such option', `one of ${known}`);
  }
  return option;
};

const once = (seen: Set<string>, name: string, spelling: string): void => {
  if (seen.has(name)) throw new QueryError('syntax', spelling, 0, 'stands twice in the address');
  seen.add(name);
};

/**
 * What stands behind the question mark, still encoded, for entities of a type. Options that are empty count as absent, names
 * without `$` that SensorThings does not know are the client's own and left alone.
 * @throws QueryError
 */
export const parseOptions = (rawQuery: string, type: EntityTypeName): QueryOptions => {
  if (rawQuery.length > MAX_QUERY_CHARACTERS) {
    const reason = `longer than ${MAX_QUERY_CHARACTERS} characters`;
    throw new QueryError('too-long', 'query', MAX_QUERY_CHARACTERS, reason, 'a shorter address');
  }
  const draft: OptionDraft = {};
  const seen = new Set<string>();
  const met = { count: 0 };
  for (const { name, rawValue } of rawOptions(rawQuery)) {
    const option = systemOption(name);
    if (option === undefined) continue;
    const spelling = option === 'skiptoken' ? '$skiptoken' : spellings[option];
    once(seen, option, spelling);
    const text = decodeQueryComponent(rawValue, spelling);
    if (text.trim() === '') continue;
    if (option === 'skiptoken') {
      draft.skipToken = text;
      continue;
    }
    const stream = openTokenStream(text, spelling);
    parseOption(option, stream, type, draft, { depth: 0, met });
    if (stream.peek().kind !== 'end') throw stream.unexpected('the end, or an operator');
  }
  return finishOptions(draft);
};

const noOptions: QueryOptions = finishOptions({});

/** The type whose options may stand behind a path; the root document has none. */
const typeOf = ({ target }: ResourcePath): EntityTypeName | undefined =>
  target.kind === 'root' ? undefined : target.entityType;

/**
 * A whole request: the path behind `/v1.1` and the query behind `?`, both as they came over the wire.
 * @throws QueryError, and nothing else whatever the bytes.
 */
export const parseRequest = (rawPath: string, rawQuery: string): SensorThingsRequest => {
  const path = parsePath(rawPath);
  const type = typeOf(path);
  return { path, options: type === undefined ? noOptions : parseOptions(rawQuery, type) };
};
