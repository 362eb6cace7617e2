import { describe, expect, it } from 'vitest';
import { midnightsBetween } from '../../web/src/format/local-day.ts';
import { fillSegments, GAP_MS } from '../../web/src/panel/bins/fill-segments.ts';

const HOUR = 3_600_000;
const start = Date.UTC(2026, 10, 20);
const point = (hours: number, fraction: number | null, flag: 1 | 3 | 9 = 1) => ({
  measuredAt: new Date(start + hours * HOUR).toISOString(),
  fraction,
  flag,
});

describe('the line of a fill chart', () => {
  it('breaks where the sensor gave no value, and never draws it as zero', () => {
    const segments = fillSegments([point(0, 0.5), point(1, null, 9), point(2, 0.6)]);
    expect(segments.map((segment) => segment.map(({ fraction }) => fraction))).toEqual([[0.5], [0.6]]);
  });

  it('breaks where the sensor was silent for long', () => {
    const silence = GAP_MS / HOUR;
    expect(fillSegments([point(0, 0.5), point(silence, 0.6)])).toHaveLength(1);
    expect(fillSegments([point(0, 0.5), point(silence + 0.1, 0.6)])).toHaveLength(2);
  });

  it('marks doubtful readings', () => {
    expect(fillSegments([point(0, 0.5), point(1, 0.9, 3)])[0]?.map(({ isDoubtful }) => isDoubtful)).toEqual([
      false,
      true,
    ]);
  });
});

describe('the midnights of a chart', () => {
  const iso = (instants: readonly number[]) => instants.map((instant) => new Date(instant).toISOString());

  it('are the city’s, not the reader’s', () => {
    const midnights = midnightsBetween(Date.UTC(2026, 10, 20, 12), Date.UTC(2026, 10, 22, 12), 'Asia/Ho_Chi_Minh');
    expect(iso(midnights)).toEqual(['2026-11-20T17:00:00.000Z', '2026-11-21T17:00:00.000Z']);
  });

  it('follow the clocks of zones that change them', () => {
    // Europe/Madrid left summer time on 2026-10-25 at 01:00 UTC.
    const midnights = midnightsBetween(Date.UTC(2026, 9, 24, 12), Date.UTC(2026, 9, 26, 12), 'Europe/Madrid');
    expect(iso(midnights)).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
  });
});
