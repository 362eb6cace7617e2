import { invalid } from '../errors.ts';
import { closingOf, isPunctuation, isWord, type Token } from './tokens.ts';

const columnNames = (tokens: readonly Token[]): readonly string[] =>
  tokens.filter((token) => token.kind === 'word' || token.kind === 'quoted').map((token) => token.text);

/**
 * `CROSS JOIN UNNEST(series) AS u (time, value)` opens a time series into rows, and an array with one column name; DuckDB's
 * UNNEST opens neither in FROM with columns of one's own, so it becomes a lateral subquery. `undefined` when no such join begins here.
 */
export const unnestToLateral = (
  tokens: readonly Token[],
  start: number,
  render: (tokens: readonly Token[]) => string,
): { readonly text: string; readonly used: number } | undefined => {
  if (!isWord(tokens[start], 'unnest')) return undefined;
  if (!isWord(tokens[start - 1], 'join') || !isPunctuation(tokens[start + 1], '('))
    throw invalid(`line ${tokens[start]?.line}:${tokens[start]?.column}: UNNEST is only supported in CROSS JOIN`);
  const close = closingOf(tokens, start + 1);
  const argument = render(tokens.slice(start + 2, close));
  const name = isWord(tokens[close + 1], 'as') ? close + 2 : close + 1;
  if (!isPunctuation(tokens[name + 1], '('))
    throw invalid('UNNEST needs an alias with column names, such as AS u (time, value)');
  const end = closingOf(tokens, name + 1);
  const columns = columnNames(tokens.slice(name + 2, end));
  const [first, second] = columns;
  const selected = second === undefined ? `point AS ${first}` : `point.time AS ${first}, point.value AS ${second}`;
  const text = `LATERAL (SELECT ${selected} FROM (SELECT unnest(${argument}) AS point)) AS ${tokens[name]?.text}`;
  return { text, used: end - start + 1 };
};
