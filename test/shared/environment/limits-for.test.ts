import { describe, expect, it } from 'vitest';
import { stationSchema } from '../../../shared/city/entities.ts';
import { chosenLimits, limitsFor, standardsFor } from '../../../shared/environment/limits-for.ts';

const station = (kind: 'air' | 'water', standards?: unknown) => ({
  id: 's-1',
  name: 'Station',
  position: { latitude: 10.97, longitude: 106.66 },
  kind,
  ...(standards !== undefined && { standards }),
});

const parse = (kind: 'air' | 'water', standards?: unknown) => stationSchema.parse(station(kind, standards));

/** All that the schema has against a station's standards, in one line. */
const objections = (kind: 'air' | 'water', standards: unknown): string => {
  const parsed = stationSchema.safeParse(station(kind, standards));
  return parsed.success ? '' : parsed.error.issues.map(({ message }) => message).join('; ');
};

const TSS_B = 'qcvn-08-2023-b-tss-single-100';

describe('the limits of a station', () => {
  it('are those of QCVN 05, then and now, for an air station that names none', () => {
    const ids = new Set(limitsFor(parse('air')).map(({ standardId }) => standardId));
    expect([...ids]).toEqual(['qcvn05-2013', 'qcvn05-2023']);
  });

  it('are none for a water station that names none, and for any station that says so', () => {
    expect(limitsFor(parse('water'))).toEqual([]);
    expect(limitsFor(parse('air', []))).toEqual([]);
    expect(standardsFor(parse('air', []))).toEqual([]);
  });

  it('leave out what nobody has verified, and tell of it', () => {
    const { applied, unverified } = chosenLimits(parse('water', [{ standard: 'qcvn08-2023', class: 'B' }]));
    expect(applied.some(({ quantity }) => quantity === 'tss')).toBe(false);
    expect(applied.every(({ verified }) => verified)).toBe(true);
    expect(unverified.map(({ limitId }) => limitId)).toEqual([TSS_B]);
  });

  it('have an unverified one where the city names it, and no other', () => {
    const lake = parse('water', [
      { standard: 'qcvn08-2023', class: 'lake-A', acceptUnverified: ['qcvn-08-2023-lake-a-ph-single-min-6p5'] },
    ]);
    const { applied, unverified } = chosenLimits(lake);
    expect(applied.filter(({ verified }) => !verified).map(({ quantity, bound }) => [quantity, bound])).toEqual([
      ['ph', 'min'],
    ]);
    expect(unverified.map(({ quantity }) => quantity)).toEqual(['ph', 'totalColiform']);
  });

  it('have an unverified one that any of its standards accepts, and do not tell of it as left out', () => {
    const lake = { standard: 'qcvn08-2023', class: 'lake-D' };
    const [limitId = ''] = chosenLimits({ kind: 'water', standards: [lake] }).unverified.map((limit) => limit.limitId);
    const both = chosenLimits({ kind: 'water', standards: [lake, { ...lake, acceptUnverified: [limitId] }] });
    expect(both.applied.map((limit) => limit.limitId)).toContain(limitId);
    expect(both.unverified).toEqual([]);
  });

  it('appear once, though two of the station’s standards have them', () => {
    const limits = limitsFor(
      parse('water', [
        { standard: 'qcvn08-2023', class: 'A' },
        { standard: 'qcvn08-2023', class: 'B', acceptUnverified: [TSS_B] },
        { standard: 'qcvn08-mt-2015', class: 'B1' },
      ]),
    );
    expect(new Set(limits.map(({ limitId }) => limitId)).size).toBe(limits.length);
    expect(limits.map(({ limitId }) => limitId)).toContain(TSS_B);
  });
});

describe('a station is refused', () => {
  it.each([
    [[{ standard: 'qcvn99' }], 'water', '“qcvn99” is no standard that we know; known are qcvn05, '],
    [[{ standard: 'qcvn08-2023' }], 'water', 'qcvn08-2023 needs a class: one of A, B, C, D, '],
    [[{ standard: 'qcvn08-2023', class: 'E' }], 'water', 'qcvn08-2023 has no class “E”; it has A, '],
    [[{ standard: 'qcvn05', class: 'A' }], 'air', 'qcvn05 has no classes, “A” says nothing'],
    [[{ standard: 'qcvn05' }], 'water', 'qcvn05 is not for stations of kind water'],
    [[{ standard: 'qcvn05', acceptUnverified: ['nonsense'] }], 'air', 'no limit of qcvn05: nonsense'],
    [
      [{ standard: 'qcvn08-2023', class: 'A', acceptUnverified: [TSS_B] }],
      'water',
      `no limit of qcvn08-2023, class A: ${TSS_B}`,
    ],
    [[{ standard: 'qcvn05' }, { standard: 'qcvn05' }], 'air', 'a standard and class named twice'],
  ] as const)('for %j of a station of %s', (standards, kind, objection) => {
    expect(objections(kind, standards)).toContain(objection);
  });

  it('for nothing of this: several standards, classes and accepted values', () => {
    const standards = [
      { standard: 'qcvn05' },
      { standard: 'who-2021', class: 'AQG' },
      { standard: 'who-2021', class: 'IT1' },
      { standard: 'qcvn06-2009', acceptUnverified: ['qcvn-06-2009-ammonia-1h-200'] },
    ];
    expect(objections('air', standards)).toBe('');
  });
});
