import type { Table } from '../storage/catalog.ts';
import {
  columnsOf,
  DAY_MICROS,
  quoted,
  recentTable,
  SERIES,
  seriesTable,
  sortedTable,
  tallyTable,
} from '../storage/layout.ts';
import { closingOf, isPunctuation, isWord, type Token, tokenize } from './tokens.ts';

/**
 * A count of records, or their first or last instant, of some series: DuckDB would read every one of them to answer, the tally knows
 * it for whole days of sorted records. Anything else than this shape is left to the query as it stands:
 *
 *     SELECT <columns of the series>, count(*) | min(time) | max(time) | to_milliseconds(…) AS …, …
 *     FROM "database"."table" WHERE <conditions on the series> AND time >= from_milliseconds(…) AND time < from_milliseconds(…)
 *     [GROUP BY <columns of the series>]
 */
type Parts = {
  readonly select: readonly Token[];
  readonly database: string;
  readonly table: string;
  readonly where: readonly Token[];
  readonly group: readonly Token[];
};

const identifierOf = ({ kind, text }: Token): string =>
  kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : text;

const isName = (token: Token | undefined): token is Token => token?.kind === 'quoted' || token?.kind === 'word';

/** The four parts, when these words stand once and in this order. */
const partsOf = (tokens: readonly Token[]): Parts | undefined => {
  const placesOf = (word: string): readonly number[] =>
    tokens.flatMap((token, at) => (isWord(token, word) ? [at] : []));
  const [selects, froms, wheres, groups] = ['select', 'from', 'where', 'group'].map(placesOf);
  const [from, where, group = tokens.length] = [froms?.[0], wheres?.[0], groups?.[0]];
  if ([selects, froms, wheres].some((places) => places?.length !== 1) || (groups?.length ?? 0) > 1) return undefined;
  if (selects?.[0] !== 0 || from === undefined || where === undefined || from > where || where > group)
    return undefined;
  const [database, dot, table, ...more] = tokens.slice(from + 1, where);
  if (!isName(database) || !isPunctuation(dot, '.') || !isName(table) || more.length > 0) return undefined;
  if (group < tokens.length && !isWord(tokens[group + 1], 'by')) return undefined;
  return {
    select: tokens.slice(1, from),
    database: identifierOf(database),
    table: identifierOf(table),
    where: tokens.slice(where + 1, group),
    group: tokens.slice(group + 2),
  };
};

/** Splits at commas or at AND, outside parentheses. */
const splitAt = (tokens: readonly Token[], isBreak: (token: Token) => boolean): readonly (readonly Token[])[] => {
  const pieces: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isPunctuation(token, '(')) depth += 1;
    if (isPunctuation(token, ')')) depth -= 1;
    if (depth === 0 && isBreak(token)) pieces.push([]);
    else pieces.at(-1)?.push(token);
  }
  return pieces;
};

const wordsOf = (tokens: readonly Token[]): string => tokens.map(({ text }) => text.toLowerCase()).join(' ');

const aggregates: Readonly<Record<string, string>> = {
  'count ( * )': 'coalesce(sum(records), 0)::BIGINT',
  'min ( time )': 'min(earliest)',
  'max ( time )': 'max(latest)',
  'to_milliseconds ( min ( time ) )': 'epoch_ms(min(earliest))',
  'to_milliseconds ( max ( time ) )': 'epoch_ms(max(latest))',
};

const selected = (item: readonly Token[], group: ReadonlySet<string>): string | undefined => {
  const words = wordsOf(item);
  if (item.length === 1 && group.has(words)) return quoted(words);
  const alias = isWord(item.at(-2), 'as') ? item.at(-1) : undefined;
  const aggregate = aggregates[alias === undefined ? words : wordsOf(item.slice(0, -2))];
  if (aggregate === undefined || (alias !== undefined && !isName(alias))) return undefined;
  return alias === undefined ? aggregate : `${aggregate} AS ${quoted(identifierOf(alias))}`;
};

type Span = { readonly from: number; readonly to: number };

/** `time >= from_milliseconds(123)` and its like, in microseconds, `to` exclusive. */
const spanOf = (condition: readonly Token[]): Partial<Span> | undefined => {
  const [, operator] = condition;
  const match = /^time (?:>=|>|<=|<) from_milliseconds \( (\d+) \)$/.exec(wordsOf(condition));
  if (match === null) return undefined;
  const micros = Number(match[1]) * 1_000;
  if (operator?.text === '>=') return { from: micros };
  if (operator?.text === '>') return { from: micros + 1 };
  return { to: operator?.text === '<' ? micros : micros + 1 };
};

const conditionWords = new Set(['in', 'not', 'is', 'null']);
const conditionSigns = new Set(['=', '<>', '!=', '(', ')', ',']);

/** Whether it speaks of nothing but the series; AND and OR stand within parentheses around all of it. */
const isOnSeries = (condition: readonly Token[], columns: ReadonlySet<string>): boolean => {
  const isWhole = isPunctuation(condition[0], '(') && closingOf(condition, 0) === condition.length - 1;
  return (
    condition.length > 0 &&
    condition.every((token) => {
      const word = token.text.toLowerCase();
      if (token.kind === 'string' || (isWhole && isWord(token, 'and', 'or'))) return true;
      if (token.kind === 'word') return columns.has(word) || conditionWords.has(word);
      return token.kind === 'punctuation' && conditionSigns.has(word);
    })
  );
};

const FOR_EVER: Span = { from: 0, to: Number.MAX_SAFE_INTEGER };

const within = (conditions: readonly (readonly Token[])[], columns: ReadonlySet<string>) => {
  let span = FOR_EVER;
  const onSeries: string[] = [];
  for (const condition of conditions) {
    const bound = spanOf(condition);
    if (bound !== undefined) {
      span = { from: Math.max(span.from, bound.from ?? 0), to: Math.min(span.to, bound.to ?? FOR_EVER.to) };
    } else if (isOnSeries(condition, columns)) onSeries.push(condition.map(({ text }) => text).join(' '));
    else return undefined;
  }
  return { span, onSeries };
};

/** Whole days from the tally, what is left of the sorted records at both ends, and the recent ones. */
const talliesOf = (table: Table, { from, to }: Span): readonly string[] => {
  const [firstDay, endDay] = [Math.ceil(from / DAY_MICROS), Math.floor(to / DAY_MICROS)];
  const chosen = `${SERIES} IN (SELECT ${SERIES} FROM chosen)`;
  const counted = (name: string, start: number, end: number): string =>
    `SELECT ${SERIES}, count(*) AS records, min(time) AS earliest, max(time) AS latest FROM ${name}
     WHERE ${chosen} AND time >= make_timestamp(${start}) AND time < make_timestamp(${end}) GROUP BY ${SERIES}`;
  const ends = [
    [from, firstDay * DAY_MICROS],
    [endDay * DAY_MICROS, to],
  ] as const;
  return [
    `SELECT ${SERIES}, records, earliest, latest FROM ${tallyTable(table)}
     WHERE ${chosen} AND day >= ${firstDay} AND day < ${endDay}`,
    ...ends.filter(([start, end]) => start < end).map(([start, end]) => counted(sortedTable(table), start, end)),
    counted(recentTable(table), from, to),
  ];
};

/** How many records there are of all series, or of those that a condition (`WHERE` or `AND` before it is not said) names. */
const recordsSql = (table: Table, { from, to }: Span, condition?: string): string => {
  const [firstDay, endDay] = [Math.ceil(from / DAY_MICROS), Math.floor(to / DAY_MICROS)];
  const also = condition === undefined ? '' : ` AND ${condition}`;
  const between = (name: string, start: number, end: number): string =>
    `SELECT count(*) AS records FROM ${name} WHERE time >= make_timestamp(${start}) AND time < make_timestamp(${end})${also}`;
  const parts = [
    `SELECT sum(records) AS records FROM ${tallyTable(table)} WHERE day >= ${firstDay} AND day < ${endDay}${also}`,
    ...(from < firstDay * DAY_MICROS ? [between(sortedTable(table), from, firstDay * DAY_MICROS)] : []),
    ...(endDay * DAY_MICROS < to ? [between(sortedTable(table), endDay * DAY_MICROS, to)] : []),
    between(recentTable(table), from, to),
  ];
  return `(SELECT coalesce(sum(records), 0) FROM (${parts.join(' UNION ALL ')}))`;
};

export type Tally = {
  readonly table: Table;
  readonly sql: string;
  /** Of a count of all series together: it is faster to take those away that are not meant, when they are few. */
  readonly byDifference?: {
    /** Hashes of the series that are not meant. */
    readonly others: string;
    readonly sqlWithout: (others: readonly string[]) => string;
  };
};

const bySeriesSql = (tallies: string): string =>
  `SELECT ${SERIES}, sum(records) AS records, min(earliest) AS earliest, max(latest) AS latest
   FROM (${tallies}) GROUP BY ${SERIES} HAVING sum(records) > 0`;

export type Find = (database: string, table: string) => Table | undefined;

const isComma = (token: Token): boolean => isPunctuation(token, ',');

/** Of which series and which time a query speaks; `undefined` when it says anything else, or asks for less than a day. */
export const askedOf = (sql: string, find: Find) => {
  const parts = partsOf(tokenize(sql));
  const table = parts && find(parts.database, parts.table);
  if (parts === undefined || table === undefined) return undefined;
  const columns = new Set(['measure_name', ...columnsOf(table, 'dimension').map(({ name }) => name.toLowerCase())]);
  const conditions = splitAt(parts.where, (token) => isWord(token, 'and'));
  const found = within(conditions, columns);
  if (found === undefined) return undefined;
  const { span, onSeries } = found;
  if (Math.ceil(span.from / DAY_MICROS) >= Math.floor(span.to / DAY_MICROS)) return undefined;
  const meant = onSeries.length > 0 ? onSeries.join(' AND ') : 'true';
  const chosen = `WITH chosen AS MATERIALIZED (SELECT * FROM ${seriesTable(table)} WHERE ${meant})`;
  return { parts, table, columns, span, meant, chosen };
};

/** The query in DuckDB's words over the tally; `undefined` when it is not of that shape or asks for less than a day. */
export const tallyOf = (sql: string, find: Find): Tally | undefined => {
  const asked = askedOf(sql, find);
  if (asked === undefined) return undefined;
  const { parts, table, columns, span, meant, chosen } = asked;
  const group = new Set(parts.group.length === 0 ? [] : splitAt(parts.group, isComma).map(wordsOf));
  const select = splitAt(parts.select, isComma).map((item) => selected(item, group));
  if (select.some((item) => item === undefined) || !group.isSubsetOf(columns)) return undefined;
  const tallies = talliesOf(table, span).join(' UNION ALL ');
  if (group.size > 0) {
    return {
      table,
      sql: `${chosen} SELECT ${select.join(', ')} FROM (${bySeriesSql(tallies)}) AS r
        JOIN chosen ON chosen.${SERIES} = r.${SERIES} GROUP BY ${[...group].map(quoted).join(', ')}`,
    };
  }
  const whole = { table, sql: `${chosen} SELECT ${select.join(', ')} FROM (${tallies}) WHERE records <> 0` };
  const [only, ...more] = select;
  if (only === undefined || more.length > 0 || !only.startsWith(aggregates['count ( * )'] ?? '-')) return whole;
  const alias = only.slice(aggregates['count ( * )']?.length);
  const byDifference = {
    others: `SELECT ${SERIES} FROM ${seriesTable(table)} WHERE NOT coalesce((${meant}), false)`,
    sqlWithout: (others: readonly string[]) => {
      const without = others.length === 0 ? '0' : recordsSql(table, span, `${SERIES} IN (${others.join(', ')})`);
      return `SELECT (${recordsSql(table, span)} - ${without})::BIGINT${alias}`;
    },
  };
  return { ...whole, byDifference };
};
