import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backtestSimulated } from '../../../bench/forecast/backtest-simulated.ts';
import { readEdinburgh } from '../../../bench/forecast/edinburgh.ts';
import { covered, pinball } from '../../../bench/forecast/scores.ts';

describe('the backtest', () => {
  it('finds the forecast better than both baselines, and calibrated, on bins whose truth is known', () => {
    for (const { title, rows } of backtestSimulated([21], 24)) {
      const [forecast, slope, seasonal] = rows;
      if (forecast === undefined || slope === undefined || seasonal === undefined) throw new Error('three methods');
      expect(forecast.forecasts, title).toBeGreaterThan(600);
      expect(forecast.pinball, title).toBeLessThan(slope.pinball);
      expect(forecast.pinball, title).toBeLessThan(seasonal.pinball);
      // One seed and few bins: wider than the 75 to 85 % that the long run is held to.
      expect(forecast.cover80, title).toBeGreaterThan(0.72);
      expect(forecast.cover80, title).toBeLessThan(0.9);
    }
  });

  it('scores a quantile by the loss that the true one makes least', () => {
    expect(pinball(0.9, 0.5, 0.7)).toBeCloseTo(0.18, 12);
    expect(pinball(0.9, 0.5, 0.3)).toBeCloseTo(0.02, 12);
  });

  it('counts of "at least" the part of its probability that lies in the interval', () => {
    expect(covered(0.5, false, 0.8)).toBe(1);
    expect(covered(0.95, false, 0.8)).toBe(0);
    // Anywhere between 0.5 and 1, of which 0.5 to 0.9 is inside.
    expect(covered(0.5, true, 0.8)).toBeCloseTo(0.8, 12);
  });
});

const edinburgh = (...rows: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'edinburgh-'));
  const text = ['site_id,collected_at_london,fill_before_pct', ...rows].join('\n');
  writeFileSync(join(folder, 'collections.csv'), text);
  return folder;
};

describe("Edinburgh's collections", () => {
  it('are fillings from one visit to the next, in local time, 100 % being at least full', () => {
    const folder = edinburgh('7,2016-06-05T10:00:00,100', '7,2016-06-03T10:00:00,40', '7,2016-06-05T10:05:00,0');
    expect(readEdinburgh(folder)).toEqual([
      {
        id: '7',
        fillings: [
          {
            from: Date.UTC(2016, 5, 3, 9),
            to: Date.UTC(2016, 5, 5, 9),
            increment: 1,
            atLeast: true,
          },
        ],
      },
    ]);
  });

  it('are refused with the row that has no number', () => {
    expect(() => readEdinburgh(edinburgh('7,2016-06-05T10:00:00,'))).toThrow('row 2');
  });
});
