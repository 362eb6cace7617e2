import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitCity } from '../../../../shared/waste/forecast/fit.ts';
import {
  addFilling,
  type BinHistory,
  EMPTY_HISTORY,
  LATE_HOURS,
  observe,
  settled,
} from '../../../../shared/waste/forecast/history.ts';
import { HOUR_MS, localHours } from '../../../../shared/waste/forecast/hours.ts';

const hours = localHours('Asia/Ho_Chi_Minh');
const start = Date.UTC(2026, 8, 7);
const hourAt = (count: number): number => start + count * HOUR_MS;

/** Fills steadily, emptied whenever it passes 85 %; one report an hour. */
const steady = (perHour: number, count: number) => {
  let fraction = 0.02;
  return Array.from({ length: count }, (_, index) => {
    fraction = fraction > 0.85 ? 0.02 : fraction + perHour;
    return { at: hourAt(index + 0.5), fraction };
  });
};

const historyOf = (levels: readonly { at: number; fraction: number }[]): BinHistory =>
  observe(EMPTY_HISTORY, levels, hours, hourAt(24 * 365)).history;

const rateOf = (history: BinHistory, at: number): number => {
  const model = fitCity([{ id: 'a', stream: 'other', history }], hours, at).bins.get('a')?.model;
  if (model === undefined) throw new Error('the bin was not fitted');
  return model.rate;
};

describe("a bin's history", () => {
  it('gives its rate back, emptyings and false echoes apart', () =>
    fc.assert(
      fc.property(fc.double({ min: 0.004, max: 0.04, noNaN: true }), (perHour) => {
        const levels = steady(perHour, 42 * 24).map((level, index) =>
          index % 97 === 40 ? { ...level, fraction: index % 2 } : level,
        );
        // A lone bin leans on what is assumed of any, a little.
        const rate = rateOf(historyOf(levels), hourAt(42 * 24));
        expect(rate / perHour).toBeGreaterThan(0.85);
        expect(rate / perHour).toBeLessThan(1.15);
      }),
      { numRuns: 25 },
    ));

  it('is the same whatever the order in which readings arrive within the window', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20 * 60 }), fc.double({ min: 0, max: 1, noNaN: true })), {
          maxLength: 60,
        }),
        fc.array(fc.integer({ min: 0, max: LATE_HOURS - 2 }), { minLength: 60, maxLength: 60 }),
        (readings, delays) => {
          // Sent once an hour with a jitter, each delayed by less than the window.
          const levels = readings.map(([, fraction], index) => ({ at: hourAt(2 * index), fraction }));
          const arriving = levels
            .map((level, index) => ({ level, arrives: level.at + (delays[index] ?? 0) * HOUR_MS }))
            .sort((a, b) => a.arrives - b.arrives)
            .map(({ level }) => level);
          const one = arriving.reduce((history, level) => {
            const observed = observe(history, [level], hours, hourAt(9_999));
            expect(observed.refused.tooLate).toBe(0);
            return observed.history;
          }, EMPTY_HISTORY);
          expect(settled(one, hours)).toEqual(settled(historyOf(levels), hours));
        },
      ),
    ));

  it('is plain JSON of bounded size', () => {
    const year = steady(0.021, 365 * 24).reduce(
      (history, level) => observe(history, [level], hours, hourAt(9_999)).history,
      EMPTY_HISTORY,
    );
    const text = JSON.stringify(year);
    expect(JSON.parse(text)).toEqual(year);
    expect(text.length).toBeLessThan(15_000);
  });

  it('says which readings it did not use, and why', () => {
    const history = historyOf(steady(0.02, 100));
    const { refused } = observe(
      history,
      [
        { at: hourAt(10), fraction: 0.4 },
        { at: hourAt(200), fraction: 0.4 },
        { at: hourAt(99), fraction: Number.NaN },
        { at: hourAt(99), fraction: 1.2 },
      ],
      hours,
      hourAt(100),
    );
    expect(refused).toEqual({ tooLate: 1, inTheFuture: 1, notALevel: 2 });
  });

  it('learns nothing across a silence that may hide an emptying', () => {
    const levels = [
      { at: hourAt(0), fraction: 0.1 },
      { at: hourAt(40), fraction: 0.2 },
      { at: hourAt(41), fraction: 0.2 },
    ];
    expect(settled(historyOf(levels), hours).pieces).toEqual([]);
  });

  it('counts no compaction as filling', () => {
    const levels = Array.from({ length: 48 }, (_, hour) => ({
      at: hourAt(hour + 0.5),
      fraction: 0.2 + 0.01 * hour - (hour >= 24 ? 0.15 : 0),
    }));
    const { pieces } = settled(historyOf(levels), hours);
    const time = pieces.reduce((sum, { from, to }) => sum + (to - from) / HOUR_MS, 0);
    const fill = pieces.reduce((sum, { increment }) => sum + increment, 0);
    expect(time).toBeGreaterThan(40);
    expect(fill / time).toBeCloseTo(0.01, 6);
  });

  it("knows a crew's filling once, and refuses one that ends before it begins", () => {
    const filling = { from: hourAt(0), to: hourAt(40), increment: 0.7, atLeast: false };
    expect(addFilling(addFilling(EMPTY_HISTORY, filling), filling).pieces).toEqual([filling]);
    expect(() => addFilling(EMPTY_HISTORY, { ...filling, to: hourAt(-1) })).toThrow(RangeError);
  });
});

describe('a city of bins', () => {
  const levels = (perHour: number) => historyOf(steady(perHour, 35 * 24));
  const bins = Array.from({ length: 12 }, (_, index) => ({
    id: `bin-${index}`,
    stream: index % 2 === 0 ? 'food' : 'other',
    ward: `ward-${index % 3}`,
    history: levels(index % 2 === 0 ? 0.03 + index / 5_000 : 0.006 + index / 10_000),
  }));
  const at = hourAt(35 * 24);

  it('lends a bin without data the rate of its stream, with a wide interval', () => {
    const { bins: fitted, newBin } = fitCity(
      [...bins, { id: 'new', stream: 'food', history: EMPTY_HISTORY }],
      hours,
      at,
    );
    const model = fitted.get('new')?.model;
    expect(model?.rate).toBeGreaterThan(0.02);
    expect(newBin('other').model.rate).toBeLessThan(0.02);
    expect(Math.sqrt(model?.variance ?? 0)).toBeGreaterThan(3 * Math.sqrt(fitted.get('bin-0')?.model.variance ?? 1));
  });

  it('does not depend on the order of the bins', () => {
    const models = (order: typeof bins) => [...fitCity(order, hours, at).bins].map(([id, { model }]) => [id, model]);
    expect(Object.fromEntries(models(bins.toReversed()))).toEqual(Object.fromEntries(models(bins)));
  });

  it('learns the hours of the day and the days of the week, in local time', () => {
    let fraction = 0;
    const shop = Array.from({ length: 56 * 24 }, (_, hour) => {
      const local = hours(start / HOUR_MS + hour);
      const open = local.hour >= 8 && local.hour < 20 && local.day !== 0;
      fraction = fraction > 0.85 ? 0 : fraction + (open ? 0.02 : 0.001);
      return { at: hourAt(hour + 0.5), fraction };
    });
    const end = hourAt(56 * 24);
    const city = fitCity([{ id: 'shop', stream: 'other', history: historyOf(shop) }], hours, end);
    const exposure = city.newBin('other').exposure;
    // Monday 2026-11-02 in Vietnam: 10:00 to 16:00 against 00:00 to 06:00, and Sunday's day.
    const local = (day: number, hour: number): number => Date.UTC(2026, 10, day, hour - 7);
    const hoursIn = (from: number, to: number): number => exposure.at(to) - exposure.at(from);
    expect(hoursIn(local(2, 10), local(2, 16))).toBeGreaterThan(3 * hoursIn(local(2, 0), local(2, 6)));
    expect(hoursIn(local(2, 8), local(2, 20))).toBeGreaterThan(1.5 * hoursIn(local(1, 8), local(1, 20)));
  });

  it('works with no bin and no reading at all', () => {
    const { model } = fitCity([], hours, at).newBin('food');
    expect(model.rate).toBeGreaterThan(0);
    expect(model.variance).toBeGreaterThan(0);
  });

  it('makes finite models of whatever levels came', () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(0, 0.1, 0.3, 0.5, 0.51, 0.9, 1), { maxLength: 120 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        (all, step) => {
          const strange = all.map((fractions, index) => ({
            id: `bin-${index}`,
            stream: 'other',
            history: historyOf(fractions.map((fraction, count) => ({ at: hourAt(count * step), fraction }))),
          }));
          const { bins: fitted } = fitCity(strange, hours, hourAt(120 * step));
          expect(fitted.size).toBe(strange.length);
          for (const { model } of fitted.values()) {
            for (const value of Object.values(model)) expect(Number.isFinite(value)).toBe(true);
            expect(model.rate).toBeGreaterThan(0);
            expect(model.variance).toBeGreaterThan(0);
            expect(model.perFill).toBeGreaterThan(0);
          }
        },
      ),
    ));
});
