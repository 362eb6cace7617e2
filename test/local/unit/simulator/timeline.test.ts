import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelTime, withSpeed } from '../../../../local/simulator/timeline.ts';

describe('the model’s time', () => {
  it('is the clock’s before the first start', () => {
    expect(modelTime(withSpeed([], 1_000_000, 60), 400_000)).toBe(400_000);
  });

  it('runs at the speed-up afterwards', () => {
    const timeline = withSpeed([], 1_000_000, 60);
    expect(modelTime(timeline, 1_000_000 + 60_000)).toBe(1_000_000 + 3_600_000);
  });

  it('goes on without a jump and never backwards when the city is started at another speed', () => {
    const speeds = fc.array(fc.tuple(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 500 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(speeds, (changes) => {
        let timeline = withSpeed([], 1_000, 1);
        let now = 1_000;
        for (const [after, speed] of changes) {
          now += after;
          const before = modelTime(timeline, now);
          timeline = withSpeed(timeline, now, speed);
          expect(modelTime(timeline, now)).toBe(before);
          expect(modelTime(timeline, now - 1)).toBeLessThanOrEqual(before);
        }
      }),
    );
  });

  it('keeps its anchor when a restart uses the same speed', () => {
    const timeline = withSpeed([], 1_000, 60);
    expect(withSpeed(timeline, 9_000, 60)).toBe(timeline);
  });
});
