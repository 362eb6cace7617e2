import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDate, localTime } from '../../../../shared/city/calendar.ts';
import { weekdayOf, weekdays } from '../../../../shared/city/fleet/calendar-rules.ts';
import { occurrencesBetween } from '../../../../shared/city/fleet/event-occurrences.ts';
import { specialEventSchema } from '../../../../shared/city/fleet/special-event.ts';

const zone = 'Asia/Ho_Chi_Minh';
const local = (text: string): number => Date.parse(`${text}:00+07:00`);
const market = specialEventSchema.parse({
  id: 'market',
  name: 'Chợ phiên',
  from: '2026-11-01T05:00',
  to: '2026-11-01T11:00',
  weekdays: ['sun'],
  binIds: ['b1'],
});

describe('an event that comes again every week', () => {
  it('begins on its weekdays alone, from its first day to its last', () => {
    const times = (until?: string) =>
      occurrencesBetween({ ...market, until }, zone, local('2026-10-01T00:00'), local('2026-11-20T00:00')).map(
        ({ from }) => localDate(zone, from),
      );
    expect(times()).toEqual(['2026-11-01', '2026-11-08', '2026-11-15']);
    expect(times('2026-11-08')).toEqual(['2026-11-01', '2026-11-08']);
  });

  it('is found while it lasts, past midnight too', () => {
    const night = { ...market, from: '2026-11-01T20:00', to: '2026-11-02T03:00' };
    const at = local('2026-11-09T02:00');
    expect(occurrencesBetween(night, zone, at, at)).toEqual([
      { from: local('2026-11-08T20:00'), to: local('2026-11-09T03:00') },
    ]);
    expect(occurrencesBetween(night, zone, at + 3 * 3_600_000, at + 4 * 3_600_000)).toEqual([]);
  });

  it('is every week at the same hour of the wall clock, where clocks change too', () => {
    const there = 'Europe/Amsterdam';
    const all = occurrencesBetween(market, there, Date.UTC(2027, 2, 1), Date.UTC(2027, 3, 20));
    expect(all.map(({ from }) => localTime(there, from))).toEqual(Array(all.length).fill('05:00'));
    expect(all).toHaveLength(7);
  });

  it('is found by every question that it touches, and by no other', () =>
    fc.assert(
      fc.property(
        fc.subarray([...weekdays], { minLength: 1 }),
        fc.integer({ min: 1, max: 1_440 }),
        fc.integer({ min: -20, max: 60 }),
        fc.integer({ min: 0, max: 10 * 24 }),
        (days, minutes, startDay, hours) => {
          const begins = local('2026-11-01T18:30');
          const to = new Date(begins + (minutes + 7 * 60) * 60_000).toISOString().slice(0, 16);
          const event = specialEventSchema.parse({ ...market, from: '2026-11-01T18:30', to, weekdays: days });
          const from = begins + startDay * 86_400_000 + hours * 60_000;
          const end = from + hours * 3_600_000;
          const expected = Array.from({ length: 100 }, (_, index) => begins + index * 86_400_000)
            .filter((start) => days.includes(weekdayOf(localDate(zone, start))))
            .map((start) => ({ from: start, to: start + minutes * 60_000 }))
            .filter((each) => each.from <= end && each.to >= from);
          expect(occurrencesBetween(event, zone, from, end)).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    ));
});

describe('an event of the registry', () => {
  const faults = (more: object): readonly string[] =>
    (specialEventSchema.safeParse({ ...market, ...more }).error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );

  it.each([
    [{}, []],
    [{ to: '2026-11-01T05:00' }, ['to: must be after from']],
    [{ to: '2026-11-03T05:00' }, ['to: must be at most 24 hours after from where it comes again']],
    [{ weekdays: undefined, to: '2027-11-03T05:00' }, ['to: must be at most 60 days after from']],
    [{ weekdays: undefined, until: '2026-12-01' }, ['until: is for events with weekdays']],
    [{ until: '2026-10-01' }, ['until: must not be before from']],
    [{ binIds: undefined }, ['binIds: must name bins, or give an area or a circle']],
    [{ from: '2026-11-31T05:00', to: '2026-12-01T06:00' }, ['from: is no day of the calendar']],
    [{ from: '2026-11-01 05:00' }, ['from: must be YYYY-MM-DDTHH:MM, in the city’s time']],
  ])('%j: %j', (more, expected) => {
    expect(faults(more)).toEqual(expected);
  });
});
