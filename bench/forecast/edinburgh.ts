import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { instantOf } from '../../shared/city/calendar.ts';
import type { Piece } from '../../shared/waste/forecast/piece.ts';

/** A bin's fillings, one from each collection to the next, oldest first. */
export type CollectedBin = { readonly id: string; readonly fillings: readonly Piece[] };

const HOUR_MS = 3_600_000;
export const LONDON = 'Europe/London';
/** Two records nearer than this are one visit, written down twice. */
const SAME_VISIT_MS = HOUR_MS;

type Collection = { readonly at: number; readonly fraction: number };

const numberOf = (text: string | undefined, line: number): number => {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value))
    throw new Error(`collections.csv, row ${line}: fill_before_pct is not a number: "${text}"`);
  return value;
};

const fillingsOf = (collections: readonly Collection[]): readonly Piece[] => {
  const visits: Collection[] = [];
  for (const each of collections.toSorted((a, b) => a.at - b.at)) {
    const last = visits.at(-1);
    if (last === undefined || each.at - last.at >= SAME_VISIT_MS) visits.push(each);
  }
  return visits.slice(1).map(({ at, fraction }, index) => ({
    from: (visits[index] as Collection).at,
    to: at,
    increment: fraction,
    atLeast: fraction >= 1,
  }));
};

/**
 * Edinburgh's sensored litter bins: `collections.csv` with site_id, collected_at_london (local time of Europe/London) and
 * fill_before_pct. Its 100 % is where the operator calls a bin full (80 % of its room), and is "at least" here.
 * @throws Error naming the file or the row that cannot be read.
 */
export const readEdinburgh = (folder: string): readonly CollectedBin[] => {
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, 'collections.csv')), { columns: true });
  const bySite = new Map<string, Collection[]>();
  rows.forEach((row, index) => {
    const stamp = row.collected_at_london ?? '';
    const at = instantOf(stamp.slice(0, 10), stamp.slice(11, 16), LONDON);
    const fraction = numberOf(row.fill_before_pct, index + 2) / 100;
    const site = row.site_id ?? '';
    const collections = bySite.get(site) ?? [];
    collections.push({ at, fraction });
    bySite.set(site, collections);
  });
  return [...bySite]
    .map(([id, collections]) => ({ id, fillings: fillingsOf(collections) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
};
