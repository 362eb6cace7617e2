import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePolyline, encodePolyline } from '../../../../shared/routing/travel/polyline.ts';
import { simplified } from '../../../../shared/routing/travel/simplify.ts';
import type { Line } from '../../../../shared/routing/travel/travel-times.ts';

const point = fc.tuple(
  fc.integer({ min: -18_000_000, max: 18_000_000 }).map((units) => units / 1e5),
  fc.integer({ min: -9_000_000, max: 9_000_000 }).map((units) => units / 1e5),
);

describe('encoded polylines', () => {
  it('are those of the algorithm’s description', () => {
    const line: Line = [
      [-120.2, 38.5],
      [-120.95, 40.7],
      [-126.453, 43.252],
    ];
    expect(encodePolyline(line)).toBe('_p~iF~ps|U_ulLnnqC_mqNvxq`@');
    expect(decodePolyline('_p~iF~ps|U_ulLnnqC_mqNvxq`@')).toEqual(line);
  });

  it('come back as they were, to the last decimal', () =>
    fc.assert(
      fc.property(fc.array(point, { maxLength: 20 }), fc.constantFrom(5, 6), (line, decimals) => {
        expect(decodePolyline(encodePolyline(line, decimals), decimals)).toEqual(line);
      }),
    ));

  it('that are cut off end where they stop making sense', () => {
    expect(decodePolyline('_p~iF~ps|U_ulL')).toEqual([[-120.2, 38.5]]);
    expect(decodePolyline('một hai')).toEqual([]);
  });
});

describe('a simplified line', () => {
  it('keeps corners and leaves out what lies on the way', () => {
    const line: Line = [
      [106.6, 10.9],
      [106.601, 10.9000001],
      [106.602, 10.9],
      [106.602, 10.902],
    ];
    expect(simplified(line, 3)).toEqual([line[0], line[2], line[3]]);
  });

  it('is a part of the line, ends included, and never longer', () =>
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 2, maxLength: 30 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (line, metres) => {
          const short = simplified(line, metres);
          expect([short[0], short.at(-1)]).toEqual([line[0], line.at(-1)]);
          expect(short.every((each) => line.includes(each as (typeof line)[number]))).toBe(true);
          expect(short.length).toBeLessThanOrEqual(line.length);
        },
      ),
    ));
});
