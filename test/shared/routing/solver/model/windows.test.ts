import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bothOf,
  earliestStart,
  flattenWindows,
  latestStart,
} from '../../../../../shared/routing/solver/model/windows.ts';

type Span = [number, number];

const spans: fc.Arbitrary<Span[] | undefined> = fc.option(
  fc.array(
    fc.tuple(fc.integer({ min: 0, max: 20 }), fc.nat(6)).map(([from, length]): Span => [from, from + length]),
    { maxLength: 4 },
  ),
  { nil: undefined },
);

/** Whole and half numbers tell closed spans with whole ends apart. */
const times = Array.from({ length: 61 }, (_, index) => index / 2 - 2);

const allows = (each: readonly (readonly [number, number])[] | undefined, time: number): boolean =>
  each === undefined || each.length === 0 || each.some(([from, to]) => from <= time && time <= to);

/** Windows of three places, of which the middle one is asked. */
const flattened = (each: readonly (readonly [number, number])[] | undefined) =>
  flattenWindows([[[3, 4]], each, [[1, 2]]]);

describe('windows', () => {
  it('allow a start where both sets of them do', () =>
    fc.assert(
      fc.property(spans, spans, (own, zone) => {
        const both = bothOf(own, zone);
        for (const time of times) expect(allows(both, time)).toBe(allows(own, time) && allows(zone, time));
      }),
    ));

  it('are sorted and apart once they are put together', () =>
    fc.assert(
      fc.property(spans, spans, (own, zone) => {
        const both = bothOf(own, zone) ?? [];
        both.slice(1).forEach(([from], index) => {
          expect(from).toBeGreaterThan((both[index] as Span)[1]);
        });
      }),
    ));

  it('never open where the sets have no moment in common', () => {
    const windows = flattened(bothOf([[1, 2]], [[3, 4]]));
    expect(earliestStart(windows, 1, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(latestStart(windows, 1, 1e6)).toBe(Number.NEGATIVE_INFINITY);
  });

  it('say the earliest start from a moment on', () =>
    fc.assert(
      fc.property(spans, fc.constantFrom(...times), (each, time) => {
        const later = times.filter((moment) => moment >= time && allows(each, moment));
        const expected = later[0] ?? Number.POSITIVE_INFINITY;
        expect(earliestStart(flattened(bothOf(each, undefined)), 1, time)).toBe(expected);
      }),
    ));

  it('say the latest start up to a moment', () =>
    fc.assert(
      fc.property(spans, fc.constantFrom(...times), (each, time) => {
        const before = times.filter((moment) => moment <= time && allows(each, moment));
        const expected = before.at(-1) ?? Number.NEGATIVE_INFINITY;
        expect(latestStart(flattened(bothOf(each, undefined)), 1, time)).toBe(expected);
      }),
    ));
});
