import { describe, expect, it } from 'vitest';
import { type AveragingPeriod, limitsInForce } from '../../../../shared/environment/limit.ts';
import { limitOf, limitsOfClass, standardOf, standards } from '../../../../shared/environment/standards/registry.ts';
import type { Standard } from '../../../../shared/environment/standards/standard.ts';
import { type Quantity, quantities } from '../../../../shared/telemetry/quantity.ts';

const known = (standardId: string): Standard => {
  const standard = standardOf(standardId);
  if (standard === undefined) throw new Error(`No ${standardId}`);
  return standard;
};

const limitsOn = (standardId: string, chosen: string | undefined, date: string) => {
  const limits = limitsOfClass(known(standardId), chosen);
  return (quantity: Quantity, averagingPeriod: AveragingPeriod) =>
    limitsInForce(limits, { quantity, averagingPeriod, date });
};

/** The values in force: maxima as they are, minima with `≥`. */
const values = (standardId: string, chosen: string | undefined, date: string) => {
  const of = limitsOn(standardId, chosen, date);
  return (quantity: Quantity, period: AveragingPeriod): readonly string[] =>
    of(quantity, period).map(({ bound, value }) => `${bound === 'min' ? '≥' : ''}${value}`);
};

describe('every standard', () => {
  const all = standards.flatMap(({ limits }) => limits);

  it('has an id of its own, titles in both languages, and limits of its kind only', () => {
    expect(new Set(standards.map(({ standardId }) => standardId)).size).toBe(standards.length);
    for (const { titleEn, titleVi, kind, limits } of standards) {
      expect(titleEn.length * titleVi.length).toBeGreaterThan(0);
      expect(limits.filter(({ quantity }) => quantities[quantity].kind !== kind)).toEqual([]);
      expect(limits.length).toBeGreaterThan(0);
    }
  });

  it('has limits with ids that fit into an exceedance’s, each found by it, none of two limits', () => {
    for (const limit of all) {
      expect(limit.limitId).toMatch(/^[a-z0-9-]+$/);
      expect(limitOf(limit.limitId)).toBe(limit);
    }
    expect(limitOf('none')).toBeUndefined();
  });

  it('says of each limit where it stands, what put it in force, from when, and what was read', () => {
    for (const limit of all) {
      expect(limit.standard.length * limit.decision.length * (limit.source?.length ?? 0)).toBeGreaterThan(0);
      expect(limit.inForce.from).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect((limit.inForce.to ?? '9999-12-31') > limit.inForce.from).toBe(true);
      expect(limit.value).toBeGreaterThan(0);
    }
  });

  it('offers every class that its limits have, and no other', () => {
    for (const { classes, limits } of standards) {
      const used = new Set(limits.flatMap(({ class: of }) => of ?? []));
      expect([...used].sort()).toEqual([...classes].sort());
    }
  });

  it('never has two maxima, or two minima, of a quantity, period and class on one day', () => {
    for (const standard of standards) {
      for (const chosen of [undefined, ...standard.classes]) {
        for (const date of [
          '2015-06-01',
          '2022-06-01',
          '2023-09-11',
          '2023-09-12',
          '2025-12-31',
          '2026-01-01',
          '2031-01-01',
        ]) {
          const seen = limitsOfClass(standard, chosen)
            .filter(({ inForce }) => inForce.from <= date && date <= (inForce.to ?? '9999'))
            .map(({ quantity, averagingPeriod, bound }) => `${quantity} ${averagingPeriod} ${bound}`);
          expect(new Set(seen).size).toBe(seen.length);
        }
      }
    }
  });
});

describe('QCVN 05, whichever was in force', () => {
  it('is QCVN 05:2013 until 11 September 2023, and QCVN 05:2023 from the 12th', () => {
    expect(values('qcvn05', undefined, '2022-01-31')('pm10', '24h')).toEqual(['150']);
    expect(values('qcvn05', undefined, '2023-09-11')('pm10', '24h')).toEqual(['150']);
    expect(values('qcvn05', undefined, '2023-09-12')('pm10', '24h')).toEqual(['100']);
    expect(values('qcvn05', undefined, '2022-01-31')('pm25', '24h')).toEqual(['50']);
    expect(values('qcvn05', undefined, '2026-01-01')('pm25', '24h')).toEqual(['45']);
    expect(values('qcvn05', undefined, '2023-09-11')('airLead', 'year')).toEqual(['0.5']);
    expect(values('qcvn05', undefined, '2023-09-12')('airLead', 'year')).toEqual([]);
  });

  // Bảng 1, columns 8 hours and year.
  it.each<[Quantity, string[], string[]]>([
    ['so2', [], ['50']],
    ['co', ['10000'], []],
    ['no2', [], ['40']],
    ['o3', ['120'], []],
    ['tsp', [], ['100']],
    ['pm10', [], ['50']],
    ['pm25', [], ['25']],
  ])('allows %s %j over 8 hours and %j over a year, then and now', (quantity, eightHours, year) => {
    for (const date of ['2022-06-01', '2026-06-01']) {
      expect(values('qcvn05', undefined, date)(quantity, '8h')).toEqual(eightHours);
      expect(values('qcvn05', undefined, date)(quantity, 'year')).toEqual(year);
    }
  });

  // Bảng 2 of 2023: other substances and odours.
  it.each<[Quantity, AveragingPeriod, number]>([
    ['ammonia', '1h', 200],
    ['hydrogenSulfide', '1h', 42],
    ['mercaptans', '1h', 50],
    ['mercaptans', '24h', 20],
    ['acetaldehyde', '1h', 45],
    ['propionicAcid', '8h', 300],
    ['styrene', '24h', 260],
    ['toluene', '1h', 500],
    ['xylene', '1h', 1_000],
    ['benzene', '1h', 22],
    ['formaldehyde', '1h', 20],
    ['chlorine', '24h', 30],
    ['naphthalene', '8h', 500],
  ])('allows %s over %s: %d µg/Nm³, since 2023', (quantity, period, value) => {
    expect(values('qcvn05-2023', undefined, '2026-06-01')(quantity, period)).toEqual([String(value)]);
    expect(values('qcvn05', undefined, '2022-06-01')(quantity, period)).toEqual([]);
  });

  it('has nothing of QCVN 06:2009 that anybody verified', () => {
    expect(standardOf('qcvn06-2009')?.limits.filter(({ verified }) => verified)).toEqual([]);
  });
});

describe('QCVN 08, surface water', () => {
  const quantitiesOfRivers: readonly Quantity[] = ['ph', 'bod5', 'cod', 'toc', 'dissolvedOxygen', 'totalNitrogen'];
  // QCVN 08:2023, Bảng 2.
  it.each([
    ['A', ['≥6.5', '8.5'], ['4'], ['10'], ['4'], ['≥6'], ['0.6']],
    ['B', ['≥6', '8.5'], ['6'], ['15'], ['6'], ['≥5'], ['1.5']],
    ['C', ['≥6', '8.5'], ['10'], ['20'], ['8'], ['≥4'], ['2']],
    ['D', [], [], [], [], ['≥2'], []],
  ])('demands of a river of level %s pH %j, BOD5 %j, COD %j, TOC %j, DO %j, TN %j', (level, ...expected) => {
    const of = values('qcvn08-2023', level, '2026-06-01');
    expect(quantitiesOfRivers.map((quantity) => of(quantity, 'single'))).toEqual(expected);
  });

  it('demands what protects health of any water, river or lake', () => {
    for (const chosen of ['A', 'D', 'lake-B']) {
      const of = values('qcvn08-2023', chosen, '2026-06-01');
      expect([of('ammonium', 'single'), of('mercury', 'single'), of('aldrin', 'single')]).toEqual([
        ['0.3'],
        ['0.001'],
        ['0.1'],
      ]);
    }
  });

  it('knows which of its cells nobody has read', () => {
    const unread = (standardId: string, chosen: string) =>
      limitsOfClass(known(standardId), chosen)
        .filter(({ verified }) => !verified)
        .map(({ quantity }) => quantity);
    expect(unread('qcvn08-2023', 'A')).toEqual([]);
    expect(unread('qcvn08-2023', 'B')).toEqual(['tss']);
    expect(unread('qcvn08-2023', 'C')).toEqual(['toc']);
    expect(unread('qcvn08-2023', 'lake-A')).toEqual(['ph', 'ph', 'totalColiform']);
    expect(unread('qcvn08-2023', 'lake-D')).toEqual(['dissolvedOxygen']);
    expect(unread('qcvn08-mt-2015', 'B1').sort()).toEqual(
      ['chloride', 'chromium6', 'copper', 'eColi', 'fluoride', 'nitrite', 'oilAndGrease', 'zinc'].sort(),
    );
  });

  it('is QCVN 08-MT:2015 for the days from 1 March 2016 to 11 September 2023', () => {
    expect(values('qcvn08-mt-2015', 'B1', '2016-02-29')('cod', 'single')).toEqual([]);
    expect(values('qcvn08-mt-2015', 'B1', '2016-03-01')('cod', 'single')).toEqual(['30']);
    expect(values('qcvn08-mt-2015', 'A2', '2023-09-11')('ph', 'single')).toEqual(['≥6', '8.5']);
    expect(values('qcvn08-mt-2015', 'B1', '2023-09-12')('cod', 'single')).toEqual([]);
  });
});

describe('WHO and the European Union', () => {
  it('recommend and demand at the levels and for the days that they say', () => {
    expect(values('who-2021', 'AQG', '2026-06-01')('pm25', '24h')).toEqual(['15']);
    expect(values('who-2021', 'IT3', '2026-06-01')('pm25', '24h')).toEqual(['37.5']);
    expect(values('who-2021', 'AQG', '2021-09-21')('pm25', '24h')).toEqual([]);
    expect(values('eu-2024-2881', 'limit', '2029-12-31')('pm25', 'year')).toEqual(['25']);
    expect(values('eu-2024-2881', 'limit', '2030-01-01')('pm25', 'year')).toEqual(['10']);
  });

  it('allow to be broken as often as they say', () => {
    expect(limitsOn('who-2021', 'AQG', '2026-06-01')('pm10', '24h')[0]).toMatchObject({
      role: 'guideline',
      allowance: { percentile: 99 },
    });
    expect(limitsOn('eu-2024-2881', 'limit', '2026-06-01')('no2', '1h')[0]?.allowance).toEqual({ timesPerYear: 18 });
    expect(limitsOn('eu-2024-2881', 'limit', '2030-06-01')('no2', '1h')[0]?.allowance).toEqual({ timesPerYear: 3 });
    expect(limitsOn('eu-2024-2881', 'ozone-target', '2026-06-01')('o3', '8h')[0]?.allowance).toEqual({
      timesPerYear: 18,
      meanOverYears: 3,
    });
    expect(limitsOn('qcvn05', undefined, '2026-06-01')('no2', '1h')[0]?.allowance).toBeUndefined();
  });

  it('print CO in mg/m³, and Europe gases at 293 K: 200 µg/m³ of NO2 there are 196.594 in our cubic metre', () => {
    expect(limitsOn('who-2021', 'AQG', '2026-06-01')('co', '24h')[0]).toMatchObject({
      value: 4_000,
      printed: { value: 4, unit: 'mg/m³' },
    });
    const [no2] = limitsOn('eu-2024-2881', 'alert', '2026-06-01')('no2', '1h');
    // 200 × (293 / 298.15) × (101.325 / 101.3)
    expect(no2).toMatchObject({ value: 196.594, role: 'alert', printed: { value: 200, unit: 'µg/m³' } });
    expect(limitsOn('eu-2024-2881', 'alert', '2026-06-01')('pm10', '24h')[0]).toMatchObject({ value: 90 });
  });
});
