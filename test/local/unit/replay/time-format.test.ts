import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeReader } from '../../../../local/replay/time-format.ts';
import { instantOf } from '../../../../shared/city/calendar.ts';

const two = (value: number): string => String(value).padStart(2, '0');

describe('wall-clock times of a file', () => {
  it('are what the zone says, on days with and without a change of the clock', () => {
    const zones = fc.constantFrom('Asia/Ho_Chi_Minh', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe');
    const day = fc.integer({ min: 0, max: 3_000 });
    const minute = fc.integer({ min: 0, max: 1_440 });
    fc.assert(
      fc.property(zones, day, minute, (zone, days, minutes) => {
        const date = new Date(Date.UTC(2020, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
        const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
        expect(timeReader('YYYY-MM-DD HH:mm', zone)(`${date} ${time}`)).toBe(instantOf(date, time, zone));
      }),
    );
  });

  it('that do not exist are none', () => {
    const read = timeReader('DD-MM-YYYY HH:mm', 'Asia/Ho_Chi_Minh');
    for (const text of ['30-02-2021 10:00', '01-13-2021 10:00', '01-01-2021 24:01', '01-01-2021 10:60', '']) {
      expect(read(text), text).toBeUndefined();
    }
  });
});
