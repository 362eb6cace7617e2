import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localHours } from '../../../../shared/waste/forecast/hours.ts';
import type { Look } from '../../../../shared/waste/looks.ts';
import { LATE_MS, newRecord, standingOf, withLooks } from '../../../../shared/waste/outlook/bin-record.ts';
import { aBin } from '../../../support/small-city.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 8, 1);
const END = START + 8 * 24 * HOUR;
const hours = localHours('Asia/Ho_Chi_Minh');
const fresh = newRecord(aBin('b'), START);

/** A look every two hours for a week, some of them far off, each heard up to 40 hours late and perhaps twice. */
const looks = fc
  .array(
    fc.record({
      level: fc.oneof(fc.constant(0.3), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)),
      late: fc.integer({ min: 0, max: 40 }),
      twice: fc.boolean(),
      channel: fc.constantFrom('s1', 's1', 's2'),
    }),
    { minLength: 1, maxLength: 84 },
  )
  .map((parts) =>
    parts.map(({ level, late, twice, channel }, index) => {
      const at = START + index * 2 * HOUR;
      return { look: { at, channel, level } satisfies Look, heard: at + late * HOUR, twice };
    }),
  );

describe('A bin’s record', () => {
  it('is the same whatever order looks come in, how often, and how they are cut into updates', () =>
    fc.assert(
      fc.property(looks, fc.integer({ min: 1, max: 30 }), (parts, everyHours) => {
        const inOrder = withLooks(
          fresh,
          parts.map(({ look }) => look),
          END,
          hours,
        );
        let record = fresh;
        const delivered = parts.flatMap((part) =>
          part.twice ? [part, { ...part, heard: part.heard + HOUR }] : [part],
        );
        for (let to = START; to <= END; to += everyHours * HOUR) {
          const heard = delivered.filter((part) => part.heard > to - everyHours * HOUR && part.heard <= to);
          record = JSON.parse(JSON.stringify(withLooks(record, heard.map(({ look }) => look).reverse(), to, hours)));
        }
        const rest = delivered.filter(({ heard }) => heard > END - everyHours * HOUR);
        record = withLooks(
          record,
          rest.map(({ look }) => look),
          END,
          hours,
        );
        expect(standingOf(record, hours)).toEqual(standingOf(inOrder, hours));
        expect({ ...record, readTo: 0 }).toEqual({ ...inOrder, readTo: 0 });
      }),
      { numRuns: 60 },
    ));

  it('stays small, however long a bin is followed', () => {
    let record = fresh;
    const quarter = HOUR / 4;
    for (let day = 0; day < 120; day += 1) {
      const from = START + day * 24 * HOUR;
      const level = (at: number): number => ((at - START) % (3 * 24 * HOUR)) / (3.5 * 24 * HOUR);
      const part = Array.from({ length: 96 }, (_, index) => from + index * quarter);
      record = withLooks(
        record,
        part.map((at) => ({ at, channel: 's1', level: level(at) })),
        from + 24 * HOUR,
        hours,
      );
    }
    expect(record.events.length).toBeGreaterThan(30);
    expect(JSON.stringify(record).length).toBeLessThan(40_000);
    expect(record.window.every(({ at }) => at > (record.window.at(-1)?.at ?? 0) - LATE_MS)).toBe(true);
  });

  it('does not believe what is measured after it was asked for: a clock that runs ahead closes nothing', () => {
    const ahead: Look = { at: END + 90 * 24 * HOUR, channel: 's1', level: 0.5 };
    expect(withLooks(fresh, [ahead], END, hours).window).toEqual([]);
  });
});
