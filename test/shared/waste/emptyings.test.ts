import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bucket } from '../../../shared/telemetry/reading-store.ts';
import { emptyings } from '../../../shared/waste/emptyings.ts';

const HOUR = 3_600_000;
const container = { depthMm: 1_000, blindZoneMm: 0, capacityLitres: 3_000 };

/** Hours of levels; an hour may name its lowest level too, `undefined` is an hour without readings. */
type Level = number | readonly [mean: number, lowest: number] | undefined;
const hours = (...levels: readonly Level[]): Bucket[] =>
  levels.flatMap((each, index) => {
    if (each === undefined) return [];
    const [level, lowest] = typeof each === 'number' ? [each, each] : each;
    const mean = (1 - level) * 1_000;
    const max = (1 - lowest) * 1_000;
    return [{ sensorId: 's', endsAt: (index + 1) * HOUR, count: 4, mean, min: mean, max }];
  });

const found = (...levels: readonly Level[]) =>
  emptyings(container, hours(...levels)).map(({ after, before }) => [after / HOUR, before / HOUR]);

describe('A bin was emptied', () => {
  it('in the hour in which its level fell and stayed down', () => {
    expect(emptyings(container, hours(0.7, 0.75, 0.8, 0.05, 0.1))).toEqual([
      { after: 3 * HOUR, before: 4 * HOUR, levelBefore: expect.closeTo(0.8), levelAfter: expect.closeTo(0.05) },
    ]);
  });
  it('once, where the hour of the emptying holds levels of both sides', () => {
    expect(found(0.7, 0.8, [0.4, 0.06], 0.05, 0.08)).toEqual([[2, 3]]);
  });
  it('with the last reading of an hour whose mean hardly fell', () => {
    expect(found(0.7, 0.78, [0.72, 0.05], 0.05, 0.08)).toEqual([[2, 3]]);
  });
  it('somewhere in a silence, when it came back empty', () => {
    expect(found(0.7, 0.8, undefined, undefined, undefined, 0.1, 0.1)).toEqual([[2, 6]]);
  });
  it('each time', () => {
    expect(found(0.8, 0.8, 0.1, 0.1, 0.5, 0.6, 0.1, 0.1)).toEqual([
      [2, 3],
      [6, 7],
    ]);
  });
});

describe('No emptying is', () => {
  it.each([
    ['a false echo of an empty bin', [0.8, 0.8, 0.1, 0.8, 0.8]],
    ['a false echo of a full one', [0.3, 0.3, 0.9, 0.3, 0.3]],
    ['waste that settles', [0.8, 0.8, 0.7, 0.7, 0.7]],
    ['what the next hour has not confirmed yet', [0.8, 0.8, 0.1]],
    ['filling', [0.1, 0.2, 0.5, 0.8]],
  ])('%s', (_, levels) => {
    expect(found(...levels)).toEqual([]);
  });
});

it('is told in order, between instants of the buckets, and always as a fall', () =>
  fc.assert(
    fc.property(fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined })), (levels) => {
      const told = emptyings(container, hours(...levels));
      for (const [index, { after, before, levelBefore, levelAfter }] of told.entries()) {
        expect(after).toBeLessThan(before);
        expect(levelBefore - levelAfter).toBeGreaterThanOrEqual(0.15 - 1e-9);
        const next = told[index + 1];
        if (next !== undefined) expect(next.before).toBeGreaterThan(before);
      }
    }),
  ));
