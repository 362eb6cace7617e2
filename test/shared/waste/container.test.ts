import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Container, containerSchema } from '../../../shared/city/entities.ts';
import { distanceAtFraction, fillFraction } from '../../../shared/waste/container.ts';

const straight: Container = { depthMm: 2_000, blindZoneMm: 200, capacityLitres: 3_000 };
const frustum: Container = {
  ...straight,
  shape: { kind: 'cone', topDiameterMm: 2_000, bottomDiameterMm: 1_000 },
};

describe('How full a container is', () => {
  it('is the height of the waste where walls are straight, with or without a named shape', () => {
    for (const shape of [undefined, { kind: 'box' } as const, { kind: 'cylinder' } as const]) {
      const container = { ...straight, ...(shape && { shape }) };
      expect(fillFraction(container, 1_100)).toBeCloseTo(0.5);
      expect(fillFraction(container, 200)).toBe(1);
      expect(fillFraction(container, 2_000)).toBe(0);
    }
  });

  it('is volume in a cone: half the height of a point-down cone holds an eighth', () => {
    const cone: Container = { ...straight, shape: { kind: 'cone', topDiameterMm: 1_500, bottomDiameterMm: 0 } };
    expect(fillFraction(cone, 1_100)).toBeCloseTo(1 / 8);
  });

  it('is volume in a truncated cone: h(R² + Rr + r²)/3 of its part over that of the whole', () => {
    // Half way up the radius is 750: (500² + 500·750 + 750²) / 2 over (500² + 500·1000 + 1000²).
    expect(fillFraction(frustum, 1_100)).toBeCloseTo((250_000 + 375_000 + 562_500) / 2 / 1_750_000);
  });

  it('is volume in a pyramid, and in one whose sides slant in one direction only', () => {
    const sides = { topLengthMm: 1_000, topWidthMm: 1_000, bottomLengthMm: 0, bottomWidthMm: 0 };
    expect(fillFraction({ ...straight, shape: { kind: 'pyramid', ...sides } }, 1_100)).toBeCloseTo(1 / 8);
    const wedge = { ...sides, bottomLengthMm: 1_000 };
    expect(fillFraction({ ...straight, shape: { kind: 'pyramid', ...wedge } }, 1_100)).toBeCloseTo(1 / 4);
  });

  it('is unknown, not empty, where the echo came from beyond the floor', () => {
    expect(fillFraction(straight, 2_150)).toBe(0);
    expect(fillFraction(straight, 2_201)).toBeUndefined();
    expect(fillFraction(straight, Number.NaN)).toBeUndefined();
    expect(fillFraction(straight, -1)).toBeUndefined();
  });

  const size = fc.integer({ min: 100, max: 5_000 });
  const shapes = fc.oneof(
    fc.constant({ kind: 'box' as const }),
    fc.record({ kind: fc.constant('cone' as const), topDiameterMm: size, bottomDiameterMm: fc.nat(5_000) }),
    fc.record({
      kind: fc.constant('pyramid' as const),
      topLengthMm: size,
      topWidthMm: size,
      bottomLengthMm: fc.nat(5_000),
      bottomWidthMm: fc.nat(5_000),
    }),
  );

  it('never falls as the waste rises, and has an inverse', () =>
    fc.assert(
      fc.property(shapes, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1_800), (shape, fraction, lower) => {
        const container = containerSchema.parse({ ...straight, shape });
        expect(fillFraction(container, distanceAtFraction(container, fraction))).toBeCloseTo(fraction, 6);
        const [low, high] = [fillFraction(container, 2_000 - lower), fillFraction(container, 2_000 - lower - 10)];
        expect(high).toBeGreaterThanOrEqual(low as number);
      }),
    ));

  it('needs its dimensions where it is a cone', () => {
    expect(containerSchema.safeParse({ ...straight, shape: { kind: 'cone' } }).success).toBe(false);
    expect(containerSchema.parse(straight)).toEqual(straight);
  });
});
