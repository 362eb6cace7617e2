import { describe, expect, it } from 'vitest';
import { periodFault, reportPeriod } from '../../../../shared/environment/reports/report-period.ts';

const hours = ({ startsAt, endsAt }: { startsAt: number; endsAt: number }): number => (endsAt - startsAt) / 3_600_000;

describe('the period of a report', () => {
  it('is a day, a month or a year of the city’s calendar', () => {
    const month = reportPeriod('month', '2026-02', 'Asia/Ho_Chi_Minh');
    expect(new Date(month.startsAt).toISOString()).toBe('2026-01-31T17:00:00.000Z');
    expect(hours(month)).toBe(28 * 24);
    expect(hours(reportPeriod('year', '2024', 'Asia/Ho_Chi_Minh'))).toBe(366 * 24);
    expect(hours(reportPeriod('day', '2026-11-22', 'Asia/Ho_Chi_Minh'))).toBe(24);
  });

  it('has 23 and 25 hours where clocks change', () => {
    expect(hours(reportPeriod('day', '2026-03-29', 'Europe/Berlin'))).toBe(23);
    expect(hours(reportPeriod('day', '2026-10-25', 'Europe/Berlin'))).toBe(25);
  });

  it.each([
    ['day', '2026-02-30'],
    ['day', '2026-11'],
    ['month', '2026-13'],
    ['month', '2026-1'],
    ['year', '26'],
    ['year', '1999'],
    ['year', '2026-01'],
    ['month', '../../x'],
  ] as const)('is none for %s %s, and says what would be', (kind, name) => {
    expect(periodFault(kind, name)).toMatch(/^must be a calendar/);
    expect(() => reportPeriod(kind, name, 'Asia/Ho_Chi_Minh')).toThrow(RangeError);
  });
});
