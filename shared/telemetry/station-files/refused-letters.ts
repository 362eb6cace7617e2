import type { RefusalCode, RefusedMessage } from '../../../events/refused-message.ts';

/** A line of a file that became no reading, whether the reader or the store would not have it. */
export type LineRefusal = {
  readonly line: number;
  readonly byteOffset: number;
  readonly raw: string;
  readonly code: RefusalCode;
  readonly reason: string;
};

/** A line of the circular has some forty characters; the file itself keeps the rest. */
const MAX_RAW_CHARACTERS = 1_000;

const LINES_PER_LETTER = 200;

/** A file of a million lines of rubbish must not become a million entries that nobody reads: the file is kept. */
const MAX_LISTED_LINES = 10_000;

const linesOfCode = (
  code: RefusalCode,
  lines: readonly LineRefusal[],
  common: Pick<RefusedMessage, 'refusedAt' | 'body' | 'file'>,
): readonly RefusedMessage[] =>
  Array.from({ length: Math.ceil(lines.length / LINES_PER_LETTER) }, (_, index): RefusedMessage => {
    const part = lines.slice(index * LINES_PER_LETTER, (index + 1) * LINES_PER_LETTER);
    const [first] = part;
    const others = part.length > 1 ? `, and ${part.length - 1} further lines` : '';
    return {
      ...common,
      code,
      reason: `line ${first?.line}: ${first?.reason}${others}`,
      lines: part.map(({ line, byteOffset, raw, reason }) => {
        return { line, byteOffset, raw: raw.slice(0, MAX_RAW_CHARACTERS), reason };
      }),
    };
  });

/** Dead letters that list every refused line of a file with its text and reason; one letter holds lines of one code. */
export const refusedLetters = (
  refusals: readonly LineRefusal[],
  common: { readonly refusedAt: number; readonly body: string; readonly file: string },
): readonly RefusedMessage[] => {
  const listed = refusals.slice(0, MAX_LISTED_LINES);
  const letters = [...Map.groupBy(listed, ({ code }) => code)].flatMap(([code, lines]) =>
    linesOfCode(code, lines, common),
  );
  const [next] = refusals.slice(MAX_LISTED_LINES);
  if (next === undefined) return letters;
  const reason = `line ${next.line} and ${refusals.length - listed.length - 1} further lines are refused, too many to list`;
  return [...letters, { ...common, code: next.code, reason }];
};
