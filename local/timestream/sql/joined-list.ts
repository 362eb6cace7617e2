import { closingOf, isPunctuation, isWord, type Token } from './tokens.ts';

/**
 * `array_join(array_agg(x), ',')` joins the values of a group to a text, without those that are null; DuckDB does that in one function,
 * in half the time that a list takes. `undefined` when no such call begins here.
 */
export const joinedList = (
  tokens: readonly Token[],
  start: number,
  render: (tokens: readonly Token[]) => string,
): { readonly text: string; readonly used: number } | undefined => {
  if (!isWord(tokens[start], 'array_join') || !isPunctuation(tokens[start + 1], '(')) return undefined;
  if (!isWord(tokens[start + 2], 'array_agg') || !isPunctuation(tokens[start + 3], '(')) return undefined;
  const close = closingOf(tokens, start + 3);
  const [comma, delimiter, end] = tokens.slice(close + 1, close + 4);
  if (!isPunctuation(comma, ',') || delimiter?.kind !== 'string' || !isPunctuation(end, ')')) return undefined;
  const value = tokens.slice(start + 4, close);
  if (value.some((token) => isWord(token, 'distinct', 'order'))) return undefined;
  const text = `string_agg(CAST(${render(value)} AS VARCHAR), ${delimiter.text})`;
  return { text, used: close + 4 - start };
};
