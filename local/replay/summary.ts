import type { Account } from './account.ts';
import type { ReplayCounts } from './replay.ts';

const number = (value: number): string => value.toLocaleString('en-US');
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** The replay's books, as lines: each indented group adds up to the line above it. */
export const summarize = (
  counts: ReplayCounts,
  account: Account,
  { publishedMs, drainedMs }: { readonly publishedMs: number; readonly drainedMs: number },
): readonly string[] => {
  const rate = Math.round(account.distinct / (drainedMs / 1_000));
  const repeated = counts.published - account.distinct;
  const refused = [...account.refused.values()].reduce((sum, { readings }) => sum + readings, 0);
  const balanced = account.stored + refused === account.distinct;
  return [
    `${number(counts.rows)} rows, ${number(counts.cells)} cells, from ${counts.sensors} sensors (${counts.registered} registered now)`,
    `  ${number(counts.empty)} empty: nothing was measured`,
    ...[...counts.unreadable].map(([reason, cells]) => `  ${number(cells)} not published: ${reason}`),
    `  ${number(counts.published)} readings published in ${number(counts.messages)} messages, ${number(counts.acknowledged)} acknowledged`,
    `    ${number(repeated)} said again what an earlier row had said for the same instant`,
    `    ${number(account.stored)} stored`,
    ...[...account.refused].map(
      ([code, { readings, example }]) => `    ${number(readings)} refused, ${code}: ${example}`,
    ),
    ...(account.unaccounted > 0
      ? [`    ${number(account.unaccounted)} NOT FOUND in the store or among the refused`]
      : []),
    `${number(account.distinct)} in ${balanced ? '=' : '≠'} ${number(account.stored)} stored + ${number(refused)} refused`,
    `Acknowledged after ${seconds(publishedMs)}, all stored after ${seconds(drainedMs)}: ${number(rate)} readings a second`,
  ];
};
