import { expect, it } from 'vitest';
import { crossCheck } from '../../../../shared/telemetry/qartod/cross-check.ts';

it.each([
  [20, 30, 1],
  [30, 30, 1],
  [105, 100, 1],
  [105.1, 100, 3],
  [0, 0, 1],
  [0.1, 0, 3],
])('PM2.5 of %d with PM10 of %d is %i', (pm25, pm10, flag) => {
  expect(crossCheck(pm25, pm10)).toBe(flag);
});
