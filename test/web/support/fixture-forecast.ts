import type { BinForecast, FillEvent } from '../../../web/src/api/forecast.ts';

const HOUR = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();
const level = (value: number): number => Math.min(1, Math.round(1_000 * value) / 1_000);

/** A bin at a third of its room, followed for a fortnight; bin 2 has no history and a level that nobody knows. */
export const forecastOf = (binId: string, now: number) => {
  const isKnown = binId !== 'bin-002';
  const start = isKnown ? 0.33 : 0;
  const points = Array.from({ length: 25 }, (_, index) => {
    const grown = (index * 3) / 100;
    const width = isKnown ? grown / 3 : 0.4;
    const middle = isKnown ? start + grown : 0.5;
    const at = (by: number): number => Math.max(start, level(middle + by * width));
    return {
      ...{ at: iso(now + index * 3 * HOUR), hoursAhead: index * 3 },
      ...{ p05: at(-1.2), p10: at(-1), p50: at(0), p90: at(1), p95: at(1.2) },
      overServiceLevel: level(grown / 2),
    };
  });
  return {
    binId,
    generatedAt: iso(now),
    fill: isKnown
      ? { status: 'known', fraction: 0.33, measuredAt: iso(now - HOUR / 2), flag: 1 }
      : { status: 'no-data', reason: 'never measured', lastHeardAt: null },
    start: isKnown ? { status: 'known', fraction: 0.33, at: iso(now - HOUR / 2) } : { status: 'unknown', at: iso(now) },
    points,
    timeToFull: { p50: iso(now + 67 * HOUR), p80: iso(now + 80 * HOUR), p95: isKnown ? iso(now + 95 * HOUR) : null },
    lastEmptiedAt: isKnown ? iso(now - 24 * HOUR) : null,
    basis: isKnown
      ? { source: 'own-history', hoursSeen: 300, updatedAt: iso(now - 2 * HOUR) }
      : { source: 'similar-bins', hoursSeen: 0, updatedAt: iso(now - 2 * HOUR) },
  } satisfies BinForecast & { points: unknown };
};

export const eventsOfWeek = (now: number): readonly FillEvent[] =>
  [120, 72, 24].map((hours) => ({
    ...{ kind: 'emptying' as const, after: iso(now - (hours + 1) * HOUR), before: iso(now - hours * HOUR) },
    ...{ fractionBefore: 0.88, fractionAfter: 0.05 },
  }));
