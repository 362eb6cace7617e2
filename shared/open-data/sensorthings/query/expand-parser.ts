import { type EntityType, entityTypes, relationOf } from '../model/entity-model.ts';
import type { ExpandItem, QueryOptions } from './ast.ts';
import type { Token } from './lexer.ts';
import { MAX_EXPAND_DEPTH, MAX_EXPANDS } from './limits.ts';
import { finishOptions, type OptionDraft, type OptionName, optionNames, parseOption } from './options-parser.ts';
import type { TokenStream } from './token-stream.ts';

/** How deep the reader is inside `$expand`, and how many relations it has met at all levels. */
export type ExpandContext = { readonly depth: number; readonly met: { count: number } };

const isOptionName = (name: string): name is OptionName => optionNames.some((option) => option === name);

const nestedName = (stream: TokenStream): OptionName => {
  const token = stream.peek();
  const name = token.text.replace('$', '').toLowerCase();
  const isOption = token.kind === 'option' || token.kind === 'word';
  if (!isOption || !isOptionName(name) || name === 'resultformat') {
    throw stream.unexpected('$filter, $expand, $select, $orderby, $top, $skip or $count');
  }
  stream.next();
  return name;
};

const isAtSeparator = (stream: TokenStream): boolean =>
  stream.peek().kind === 'symbol' && (stream.peek().text === ';' || stream.peek().text === ')');

const parseNestedOptions = (stream: TokenStream, type: EntityType, context: ExpandContext): QueryOptions => {
  const draft: OptionDraft = {};
  const seen = new Set<OptionName>();
  stream.need('(');
  while (!stream.accept(')')) {
    if (stream.accept(';')) continue;
    const token = stream.peek();
    const name = nestedName(stream);
    if (seen.has(name)) throw stream.fault('syntax', token, `$${name} stands twice`);
    seen.add(name);
    stream.need('=');
    // An empty option is the same as none.
    if (!isAtSeparator(stream)) parseOption(name, stream, type.name, draft, context);
    if (!isAtSeparator(stream)) throw stream.unexpected('“;” or “)”');
  }
  return finishOptions(draft);
};

const relationAt = (stream: TokenStream, type: EntityType) => {
  const token = stream.peek();
  const relation = token.kind === 'word' ? relationOf(type.name, token.text) : undefined;
  const names = `one of ${type.relations.map(({ name }) => name).join(', ')}`;
  if (token.kind !== 'word') throw stream.unexpected(names);
  if (relation === undefined) {
    throw stream.fault('type', token, `${type.name} has no relation “${token.text.slice(0, 60)}”`, names);
  }
  stream.next();
  return { relation, token };
};

const entered = (stream: TokenStream, token: Token, context: ExpandContext): ExpandContext => {
  context.met.count += 1;
  if (context.met.count > MAX_EXPANDS) {
    throw stream.fault('too-costly', token, `more than ${MAX_EXPANDS} relations expanded`);
  }
  if (context.depth >= MAX_EXPAND_DEPTH) {
    throw stream.fault('too-deep', token, `$expand nested more than ${MAX_EXPAND_DEPTH} deep`);
  }
  return { depth: context.depth + 1, met: context.met };
};

const parseExpandItem = (stream: TokenStream, type: EntityType, context: ExpandContext): ExpandItem => {
  const { relation, token } = relationAt(stream, type);
  const inside = entered(stream, token, context);
  const target = entityTypes[relation.target];
  // SensorThings 1.0's spelling, still sent: Datastreams/Observations means Datastreams($expand=Observations).
  const options: QueryOptions = stream.accept('/')
    ? finishOptions({ expand: [parseExpandItem(stream, target, inside)] })
    : stream.peek().kind === 'symbol' && stream.peek().text === '('
      ? parseNestedOptions(stream, target, inside)
      : finishOptions({});
  return {
    relation: relation.name,
    target: relation.target,
    many: relation.many,
    options,
    span: { start: token.start, end: stream.endOfLast() },
  };
};

const givesMoreThanExpand = ({ expand: _, ...options }: QueryOptions): boolean =>
  Object.values(options).some((value) => !Array.isArray(value) || value.length > 0);

/** One item a relation: `A/B,A/C` and `A,A/B` mean `A($expand=B,C)`; two different wishes for one relation are a fault. */
const merged = (items: readonly ExpandItem[], stream: TokenStream): readonly ExpandItem[] => {
  const byRelation = new Map<string, ExpandItem>();
  for (const item of items) {
    const before = byRelation.get(item.relation);
    if (before === undefined) {
      byRelation.set(item.relation, item);
      continue;
    }
    if (givesMoreThanExpand(before.options) && givesMoreThanExpand(item.options)) {
      const at: Token = { kind: 'word', text: item.relation, ...item.span };
      throw stream.fault('syntax', at, `${item.relation} is expanded twice with options of its own`);
    }
    const richer = givesMoreThanExpand(item.options) ? item : before;
    const expand = merged([...before.options.expand, ...item.options.expand], stream);
    byRelation.set(item.relation, { ...richer, span: before.span, options: { ...richer.options, expand } });
  }
  return [...byRelation.values()];
};

/** @throws QueryError when a relation is unknown, nested too deep or too often. */
export const parseExpand = (stream: TokenStream, type: EntityType, context: ExpandContext): readonly ExpandItem[] => {
  const items = [parseExpandItem(stream, type, context)];
  while (stream.accept(',')) items.push(parseExpandItem(stream, type, context));
  return merged(items, stream);
};
