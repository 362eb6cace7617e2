import { describe, expect, it } from 'vitest';
import { isUnkeptSymbol, notationOf, quantityOfSymbol } from '../../../../shared/telemetry/station-files/symbols.ts';

describe('symbols of Table 34 (TT 10/2021, phụ lục 15)', () => {
  it.each([
    ['TOC', 'water', 'toc'],
    ['TN', 'water', 'totalNitrogen'],
    ['TP', 'water', 'totalPhosphorus'],
    ['H2S', 'air', 'hydrogenSulfide'],
    ['NH3', 'air', 'ammonia'],
  ] as const)('%s at a station of %s is %s, both ways', (symbol, kind, quantity) => {
    expect(quantityOfSymbol(symbol, kind)).toBe(quantity);
    expect(notationOf(quantity, kind)?.symbol).toBe(symbol);
    expect(isUnkeptSymbol(symbol)).toBe(false);
  });

  it.each(['Flow', 'Color', 'Cl', 'P', 'NO', 'O2', 'VHg'])('%s is known, and nothing that the city keeps', (symbol) => {
    expect(quantityOfSymbol(symbol, 'air')).toBeUndefined();
    expect(quantityOfSymbol(symbol, 'water')).toBeUndefined();
    expect(isUnkeptSymbol(symbol)).toBe(true);
  });
});
