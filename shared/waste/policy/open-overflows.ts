import type { City } from '../../city/entities.ts';
import { binOutlooks, type OutlookSources } from '../outlook/bin-outlooks.ts';
import { isEmptiedSince, REPORTS_COUNT_MS } from '../overflow/standing.ts';
import type { CircumstancesBetween } from './circumstances.ts';

/** A bin that somebody reported as overflowing and that nobody emptied since; `seenAt` by the first of them, UTC epoch milliseconds. */
export type OpenOverflow = { readonly binId: string; readonly seenAt: number };

/** Which bins are reported as overflowing at an instant (UTC epoch milliseconds), in the order seen. */
export const openOverflows = async (
  sources: OutlookSources & { readonly circumstances?: CircumstancesBetween | undefined },
  city: City,
  at: number,
): Promise<readonly OpenOverflow[]> => {
  const known = await sources.circumstances?.(at - REPORTS_COUNT_MS, at);
  const reports = known?.reports ?? [];
  if (reports.length === 0) return [];
  const outlooks = await binOutlooks(sources, city, at, [...new Set(reports.map(({ binId }) => binId))]);
  const emptiedAt = new Map(outlooks.map(({ bin, lastEmptiedAt }) => [bin.id, lastEmptiedAt]));
  const open = new Map<string, OpenOverflow>();
  for (const { binId, seenAt } of reports) {
    const isOpen = emptiedAt.has(binId) && !isEmptiedSince(seenAt, emptiedAt.get(binId) ?? null);
    if (isOpen && !open.has(binId)) open.set(binId, { binId, seenAt });
  }
  return [...open.values()];
};
