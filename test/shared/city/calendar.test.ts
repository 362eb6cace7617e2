import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, localDate, localTime, utcOffsetMinutes } from '../../../shared/city/calendar.ts';

const VIETNAM = 'Asia/Ho_Chi_Minh';
const utc = Date.parse;

describe('the wall clock of a city', () => {
  it.each([
    ['Asia/Ho_Chi_Minh', '2026-11-22T12:00:00Z', 420],
    ['Asia/Kolkata', '2026-11-22T12:00:00Z', 330],
    ['Asia/Kathmandu', '2026-11-22T12:00:00Z', 345],
    ['Europe/Berlin', '2026-01-15T12:00:00Z', 60],
    ['Europe/Berlin', '2026-07-15T12:00:00Z', 120],
    ['America/St_Johns', '2026-01-15T12:00:00Z', -210],
    ['UTC', '2026-01-15T12:00:00Z', 0],
  ])('%s at %s is %i minutes ahead of UTC', (zone, at, minutes) => {
    expect(utcOffsetMinutes(zone, utc(at))).toBe(minutes);
  });

  it("starts Vietnam's day at 17:00 UTC of the day before", () => {
    expect(localDate(VIETNAM, utc('2026-01-01T16:59:59.999Z'))).toBe('2026-01-01');
    expect(localDate(VIETNAM, utc('2026-01-01T17:00:00Z'))).toBe('2026-01-02');
    expect(localTime(VIETNAM, utc('2026-01-01T17:00:59.999Z'))).toBe('00:00');
  });

  it('finds the instant of a local time, 24:00 being the end of the day', () => {
    expect(instantOf('2026-01-02', '00:00', VIETNAM)).toBe(utc('2026-01-01T17:00:00Z'));
    expect(instantOf('2026-01-01', '24:00', VIETNAM)).toBe(utc('2026-01-01T17:00:00Z'));
    expect(instantOf('2026-12-31', '24:00', VIETNAM)).toBe(utc('2026-12-31T17:00:00Z'));
  });

  // Berlin springs forward at 02:00 on 2026-03-29 and falls back at 03:00 on 2026-10-25.
  it('moves a skipped time on by the gap and takes the first of a doubled time', () => {
    expect(instantOf('2026-03-29', '02:30', 'Europe/Berlin')).toBe(utc('2026-03-29T01:30:00Z'));
    expect(instantOf('2026-10-25', '02:30', 'Europe/Berlin')).toBe(utc('2026-10-25T00:30:00Z'));
    expect(instantOf('2026-10-25', '03:00', 'Europe/Berlin')).toBe(utc('2026-10-25T02:00:00Z'));
  });

  it.each([
    ['2026-02-30', '10:00'],
    ['2026-13-01', '10:00'],
    ['22-11-2026', '10:00'],
    ['2026-11-22', '24:30'],
    ['2026-11-22', '7:00'],
  ])('refuses %s %s', (date, time) => {
    expect(() => instantOf(date, time, VIETNAM)).toThrow(RangeError);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => utcOffsetMinutes('Asia/Thu_Dau_Mot', 0)).toThrow(RangeError);
  });

  it('comes back to the same minute from its date and time, wherever no hour happens twice', () => {
    const zones = fc.constantFrom(VIETNAM, 'Asia/Kathmandu', 'America/Phoenix', 'Pacific/Kiritimati');
    const minutes = fc.integer({
      min: utc('1990-01-01T00:00:00Z') / 60_000,
      max: utc('2090-01-01T00:00:00Z') / 60_000,
    });
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const at = minute * 60_000;
        expect(instantOf(localDate(zone, at), localTime(zone, at), zone)).toBe(at);
      }),
    );
  });
});
