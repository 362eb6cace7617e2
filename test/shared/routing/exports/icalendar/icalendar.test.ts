import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../../../shared/city/calendar.ts';
import { escapeText, foldLine } from '../../../../../shared/routing/exports/icalendar/content-line.ts';
import { planToICalendar } from '../../../../../shared/routing/exports/icalendar/plan-to-icalendar.ts';
import { timeZoneLines } from '../../../../../shared/routing/exports/icalendar/time-zone.ts';
import { tripsOf } from '../../../../../shared/routing/exports/trips.ts';
import { aPlanOfTwoTrucks } from '../../../../support/plan-of-two-trucks.ts';

/** What a reader does (RFC 5545, 3.1 and 3.3.11), written apart from the writer. */
const unfold = (text: string): string => text.replaceAll('\r\n ', '');
const asRead = (value: string): string =>
  value.replace(/\\([\\;,nN])/g, (_all, character: string) => (character.toLowerCase() === 'n' ? '\n' : character));

const requestedAt = Date.UTC(2026, 10, 22, 10);
const plan = aPlanOfTwoTrucks('plan-a', requestedAt);
const options = { cityName: 'Thủ Dầu Một', timeZone: 'Asia/Ho_Chi_Minh', language: 'both' } as const;

type Component = { readonly name: string; readonly properties: Map<string, string>; readonly parts: Component[] };

/** Components with their properties, parameters kept in the names; fails on lines that are none. */
const parse = (text: string): Component => {
  const root: Component = { name: '', properties: new Map(), parts: [] };
  const open = [root];
  expect(text.endsWith('\r\n')).toBe(true);
  for (const line of unfold(text).slice(0, -2).split('\r\n')) {
    const [, name = '', value = ''] = /^([A-Z][A-Z-]*(?:;[A-Z]+=[^:]+)?):(.*)$/s.exec(line) ?? [];
    expect(name, line).not.toBe('');
    if (name === 'BEGIN') {
      const part: Component = { name: value, properties: new Map(), parts: [] };
      open.at(-1)?.parts.push(part);
      open.push(part);
    } else if (name === 'END') expect(open.pop()?.name).toBe(value);
    else open.at(-1)?.properties.set(name, value);
  }
  expect(open).toEqual([root]);
  return root.parts[0] ?? root;
};

describe('content lines', () => {
  it('have at most 75 octets, cut no character, and unfold to what they were', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }).filter((line) => !/[\r\n]/.test(line)),
        (line) => {
          const folded = foldLine(line.toWellFormed());
          for (const piece of folded.split('\r\n')) {
            expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(75);
            expect(piece.isWellFormed()).toBe(true);
          }
          expect(unfold(folded)).toBe(line.toWellFormed());
        },
      ),
    ));

  it('carry any text there and back, whatever stands in it', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aế🗑\\;,:\n"nN \t'), maxLength: 200 }), (text) => {
        const line = foldLine(`SUMMARY:${escapeText(text)}`);
        expect(asRead(unfold(line).slice('SUMMARY:'.length))).toBe(text);
        expect(line).not.toMatch(/[^\r]\n|\r[^\n]/);
      }),
    ));

  it('have no controls, whatever ends lines', () => {
    expect(escapeText('a\r\nb\rc\u0000\u0007d')).toBe('a\\nb\\ncd');
  });
});

describe('a plan as calendar', () => {
  const calendar = parse(planToICalendar(plan, plan.routes, options));
  const events = calendar.parts.filter(({ name }) => name === 'VEVENT');

  it('has an event for each trip of each truck, one behind the other, that together last as long as the route', () => {
    expect(events.map(({ properties }) => properties.get('UID'))).toEqual([
      'plan-a-t1-1@phosach',
      'plan-a-t1-2@phosach',
      'plan-a-t2-1@phosach',
    ]);
    for (const route of plan.routes) {
      const trips = tripsOf(route);
      expect(trips[0]?.startsAt).toBe(route.startsAt);
      expect(trips.at(-1)?.endsAt).toBe(route.endsAt);
      expect(trips.slice(1).map((trip) => trip.startsAt)).toEqual(trips.slice(0, -1).map((trip) => trip.endsAt));
      expect(trips.flatMap(({ stops }) => stops)).toEqual(route.stops.filter(({ kind }) => kind !== 'depot'));
    }
  });

  it('tells times by the city’s clock with its zone, and the stamp in UTC', () => {
    const [first] = events;
    // Leaves at 13:00 UTC; unloads the fourth stop until 14:10 UTC.
    expect(first?.properties.get('DTSTART;TZID=Asia/Ho_Chi_Minh')).toBe('20261122T200000');
    expect(first?.properties.get('DTEND;TZID=Asia/Ho_Chi_Minh')).toBe('20261122T211000');
    expect(first?.properties.get('DTSTAMP')).toBe('20261122T100100Z');
    expect(first?.properties.get('SEQUENCE')).toBe('0');
    const zone = calendar.parts.find(({ name }) => name === 'VTIMEZONE');
    expect(zone?.properties.get('TZID')).toBe('Asia/Ho_Chi_Minh');
    expect(zone?.parts.map(({ properties }) => [properties.get('TZOFFSETFROM'), properties.get('TZOFFSETTO')])).toEqual(
      [['+0700', '+0700']],
    );
  });

  it('names trucks and stops as they are, in both languages or one', () => {
    const [first, second] = events;
    expect(asRead(first?.properties.get('SUMMARY') ?? '')).toBe(
      'Xe 1; cẩu, 14 m³: chuyến 1, 2 thùng / Xe 1; cẩu, 14 m³: trip 1, 2 bins',
    );
    expect(asRead(first?.properties.get('DESCRIPTION') ?? '').split('\n')).toEqual([
      '20:20 Chợ "Thủ", cổng <A> & B',
      '20:40 Đinh Bộ Lĩnh; số 5\\7',
      '21:00 Khu xử lý "Nam Bình Dương"',
    ]);
    expect(asRead(second?.properties.get('DESCRIPTION') ?? '').split('\n')[0]).toBe('21:20 Nghỉ / Break');
    const english = parse(planToICalendar(plan, plan.routes.slice(1), { ...options, language: 'en', sequence: 3 }));
    const event = english.parts.find(({ name }) => name === 'VEVENT');
    expect(event?.properties.get('SUMMARY')).toBe('Xe 2: trip 1\\, 1 bin');
    expect(event?.properties.get('SEQUENCE')).toBe('3');
  });

  it('is still a calendar when no truck goes out', () => {
    const idle = parse(planToICalendar({ ...plan, routes: [] }, [], options));
    expect(idle.parts.map(({ name }) => name)).toEqual(['VTIMEZONE']);
  });
});

describe('a time zone', () => {
  /** What a reader makes of it: the offset that the last onset before a local time leads to. */
  const offsetAt = (lines: readonly string[], local: string): string | undefined => {
    const values = (name: string) =>
      lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.split(':')[1]);
    const [starts, offsets] = [values('DTSTART'), values('TZOFFSETTO')];
    return offsets[starts.findLastIndex((start) => (start ?? '') <= local)];
  };

  it.each([
    ['Europe/Madrid', '2026-10-24', '2026-10-26', '+0200', '+0100', '20261025T030000'],
    ['America/New_York', '2026-03-07', '2026-03-09', '-0500', '-0400', '20260308T020000'],
    ['Australia/Adelaide', '2026-10-03', '2026-10-05', '+0930', '+1030', '20261004T020000'],
  ])('of %s tells the night on which clocks change', (zone, from, to, before, after, onset) => {
    const lines = timeZoneLines(zone, instantOf(from, '20:00', zone), instantOf(to, '06:00', zone));
    expect(lines).toContain(`DTSTART:${onset}`);
    expect(offsetAt(lines, `${from.replaceAll('-', '')}T200000`)).toBe(before);
    expect(offsetAt(lines, `${to.replaceAll('-', '')}T060000`)).toBe(after);
  });
});
