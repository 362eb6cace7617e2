import { describe, expect, it } from 'vitest';
import { demandOf } from '../../../shared/waste/due.ts';
import type { FillState } from '../../../shared/waste/fill-state.ts';
import { aBin } from '../../support/small-city.ts';

const now = Date.UTC(2026, 10, 22, 11);
const hour = 3_600_000;
const chances = { thisTime: now + 10 * hour, nextTime: now + 34 * hour, timeAfter: now + 58 * hour };
const bin = aBin('b1', { serviceLevel: 0.8 });
const rate = { perHour: 0.01, source: 'own-history' } as const;
const known = (fraction: number): FillState => ({ status: 'known', fraction, measuredAt: now, flag: 1 });

describe('whether a bin needs a truck', () => {
  it('does when it is over its service level now', () => {
    expect(demandOf(bin, known(0.82), rate, chances)).toEqual({
      status: 'due',
      expectedFraction: expect.closeTo(0.92, 9),
      reason: '82% full, at or over its service level of 80%',
      reasonVi: 'đã đầy 82%, đạt mức phải thu gom 80%',
    });
  });

  it('does when it would pass its level before the next chance, 34 hours of filling away', () => {
    const demand = demandOf(bin, known(0.47), rate, chances);
    expect(demand).toMatchObject({ status: 'due', expectedFraction: expect.closeTo(0.57, 9) });
    expect(demand).toMatchObject({ reason: expect.stringContaining('47% now, expected 81%') });
  });

  it('may when it lasts until the next chance but not the one after', () => {
    const demand = demandOf(bin, known(0.45), rate, chances);
    expect(demand).toMatchObject({ status: 'optional', urgency: expect.closeTo(0.79 / 0.8, 9) });
  });

  it('does not when it lasts two more times', () => {
    expect(demandOf(bin, known(0.1), rate, chances)).toEqual({
      status: 'not-due',
      expectedFraction: expect.closeTo(0.2, 9),
    });
  });

  it('is never expected to hold more than it can', () => {
    expect(demandOf(bin, known(0.99), rate, chances)).toMatchObject({ expectedFraction: 1 });
  });

  it('counts the hours since the level was measured', () => {
    const old: FillState = { status: 'known', fraction: 0.35, measuredAt: now - 12 * hour, flag: 1 };
    expect(demandOf(bin, old, rate, chances)).toMatchObject({ status: 'due' });
  });

  it('is unknown, not "no", when nobody knows how full it is', () => {
    const silent: FillState = { status: 'no-data', reason: 'never measured', lastHeardAt: null };
    expect(demandOf(bin, silent, rate, chances)).toEqual({
      status: 'no-data',
      lastHeardAt: null,
      cause: 'never measured',
    });
  });
});
