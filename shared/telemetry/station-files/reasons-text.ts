import type { StationFileOutcome } from './ingest-station-file.ts';

/** An answer of Lambda may have 6 MB, and a person reads a screen or two. */
const MAX_LINES = 500;
const MAX_RAW_CHARACTERS = 200;

/** Raw text as it may stand in a text file: a tab stays one, whatever could move a cursor does not. */
const printable = (raw: string): string =>
  raw.slice(0, MAX_RAW_CHARACTERS).replaceAll(/[^\P{C}\t]/gu, '\ufffd') + (raw.length > MAX_RAW_CHARACTERS ? '…' : '');

/** Why a file, or lines of it, were refused, for the person who finds the file; `undefined` when nothing was. */
export const reasonsText = (outcome: StationFileOutcome): string | undefined => {
  const { file, refusal, refusals, lines, readings } = outcome;
  if (refusal !== undefined) return `${file}\nrefused as a whole: ${refusal.code}: ${refusal.reason}\n`;
  if (refusals.length === 0) return undefined;
  const kept = Object.entries(readings).map(([status, count]) => `${count} ${status}`);
  const listed = refusals
    .slice(0, MAX_LINES)
    .map(({ line, code, reason, raw }) => `line ${line}: ${code}: ${reason}\n    ${printable(raw)}`);
  const rest = refusals.length - listed.length;
  return [
    file,
    `${lines} lines: ${kept.join(', ')}, ${refusals.length} refused`,
    '',
    ...listed,
    ...(rest > 0 ? [`and ${rest} further lines`] : []),
    '',
  ].join('\n');
};
