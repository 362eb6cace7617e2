import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indicativeWqi, vnWqi, type WqiInput } from '../../../../shared/environment/indices/vn-wqi.ts';
import { saturatedOxygen } from '../../../../shared/environment/indices/vn-wqi-tables.ts';
import type { WaterValue, WaterValues } from '../../../../shared/environment/indices/wqi-sub-indices.ts';
import type { Quantity } from '../../../../shared/telemetry/quantity.ts';
import { automatic, computed, reference, subIndex } from './means.ts';
import { wqiVectors } from './wqi-vectors.ts';

const station = automatic;

const from =
  (origin: WaterValue['origin']) =>
  (values: Partial<Record<Quantity, number>>): WaterValues =>
    Object.fromEntries(Object.entries(values).map(([quantity, value]) => [quantity, { value, origin }]));
const laboratory = from('laboratory');
const sensors = from('sensor');

/** QĐ 1460/QĐ-TCMT, 2.3: the example of the decision. */
const example = laboratory({
  ph: 7.2,
  copper: 0.05,
  arsenic: 0.02,
  waterTemperature: 27.5,
  dissolvedOxygen: 5.7,
  bod5: 20,
  cod: 25,
  ammonium: 0.2,
  phosphate: 0.3,
  aldrin: 0.05,
  dieldrin: 0.05,
  totalColiform: 10_000,
});

describe('VN_WQI, the decision’s own example (QĐ 1460/QĐ-TCMT, 2.3)', () => {
  it('has the sub-indices that are printed; DO % is 73.108, of 7.80 mg/L, where 73.3 of 7.78 is printed', () => {
    const result = vnWqi({ station, values: example });
    const printed: Partial<Record<Quantity, number>> = {
      ph: 100,
      copper: 100,
      arsenic: 75,
      bod5: 37.5,
      ammonium: 100,
      phosphate: 50,
      totalColiform: 25,
      aldrin: 100,
      dieldrin: 100,
    };
    for (const [quantity, value] of Object.entries(printed))
      expect([quantity, subIndex(result, quantity)]).toEqual([quantity, value]);
    expect(subIndex(result, 'cod')).toBeCloseTo(58.333333, 6);
    expect(subIndex(result, 'dissolvedOxygen')).toBeCloseTo(73.10797, 5);
    expect(saturatedOxygen(27.5)).toBeCloseTo(7.7966876, 6);
  });

  it('is 35 by formula 3 and 40 by formula 5: the 16 and 19 that are printed do not follow from the formulas', () => {
    expect(vnWqi({ station, values: example })).toMatchObject({
      value: 35,
      dominant: 'totalColiform',
      category: { nameVi: 'Xấu', alsoNamedVi: 'Kém', rgb: [255, 126, 0] },
    });
    expect(vnWqi({ station, values: example, concerns: { organicPollution: true } })).toMatchObject({ value: 40 });
  });

  it('is by formula 4, without the coliforms, the mean of group IV times the factors: 63.788 × 0.866 = 55', () => {
    const { totalColiform: _, ...values } = example;
    const result = computed(vnWqi({ station, values, concerns: { organicPollution: true } }));
    expect(result.value).toBe(55);
    expect(result.notes[0]?.en).toContain('Formula 4');
  });
});

/** Groups I and IV with three values and a laboratory's zero of lead, so that any one value can be looked at. */
const base = laboratory({ ph: 7, bod5: 1, cod: 1, toc: 1, lead: 0 });

describe('VN_WQI at the break-points', () => {
  const { oxygenPercent, ...byQuantity } = wqiVectors;
  it.each(Object.entries(byQuantity))('is right on, under and above every one of %s', (quantity, vectors) => {
    for (const [value, index] of vectors) {
      const result = vnWqi({ station, values: { ...base, ...laboratory({ [quantity]: value }) } });
      expect([value, Number(subIndex(result, quantity)?.toFixed(6))]).toEqual([value, index]);
    }
  });

  it('is right at those of oxygen, in % of what saturates the water', () => {
    for (const [percent, index] of oxygenPercent) {
      const dissolvedOxygen = (percent / 100) * saturatedOxygen(25);
      const values = { ...base, ...laboratory({ waterTemperature: 25, dissolvedOxygen }) };
      const got = subIndex(vnWqi({ station, values }), 'dissolvedOxygen');
      expect([percent, Number(got?.toFixed(6))]).toEqual([percent, index]);
    }
  });

  it.each<[Quantity, number]>([
    ['aldrin', 0.1],
    ['bhc', 0.02],
    ['dieldrin', 0.1],
    ['totalDdt', 1],
    ['heptachlor', 0.2],
  ])('gives 100 up to the value of %s, %d µg/L, and 10 above it', (quantity, value) => {
    const at = (of: number) =>
      subIndex(vnWqi({ station, values: { ...base, ...laboratory({ [quantity]: of }) } }), quantity);
    expect([at(value * 0.99), at(value), at(value * 1.01)]).toEqual([100, 100, 10]);
  });
});

describe('what VN_WQI demands', () => {
  const refused = (values: WaterValues, concerns?: WqiInput['concerns']) => {
    const result = vnWqi({ station, values, ...(concerns && { concerns }) });
    return result.status === 'not-computable' ? result.reason : result.status;
  };

  it('is more than a standard automatic station has: temperature, pH, DO, TSS and COD', () => {
    const values = sensors({ waterTemperature: 29, ph: 7, dissolvedOxygen: 5, tss: 30, cod: 12 });
    expect(refused(values)).toBe('too-few-in-group-4');
  });

  it('is three values of group IV, of which DO is one only with the temperature', () => {
    const values = laboratory({ ph: 7, dissolvedOxygen: 5, cod: 12, ammonium: 0.1, totalColiform: 100 });
    expect(refused(values)).toBe('too-few-in-group-4');
    expect(refused({ ...values, ...laboratory({ waterTemperature: 29 }) })).toBe('computed');
  });

  it('is three groups', () => {
    const values = laboratory({ ph: 7, bod5: 5, cod: 12, ammonium: 0.1 });
    expect(refused(values)).toBe('too-few-groups');
    expect(refused({ ...values, ...laboratory({ zinc: 0.1 }) })).toBe('computed');
  });

  it('is pesticides and metals where the water is known to suffer from them', () => {
    const values = laboratory({ ph: 7, bod5: 5, cod: 12, ammonium: 0.1, eColi: 10 });
    expect(refused(values, { pesticides: true })).toBe('no-pesticides');
    expect(refused(values, { heavyMetals: true })).toBe('no-metals');
    const all = { ...values, ...laboratory({ aldrin: 0, arsenic: 0 }) };
    expect(refused(all, { pesticides: true, heavyMetals: true })).toBe('computed');
  });

  it('is a laboratory: sensors alone make none, and beside one they are named', () => {
    const values = sensors({ ph: 7, waterTemperature: 29, dissolvedOxygen: 5, cod: 12, ammonium: 0.1, eColi: 10 });
    expect(refused(values)).toBe('sensors-only');
    const mixed = computed(vnWqi({ station, values: { ...values, ...laboratory({ eColi: 10 }) } }));
    expect(mixed.notes.at(-1)?.en).toBe('From sensors: ph, dissolvedOxygen, cod, ammonium');
  });

  it('is a station that may publish an index, and any data at all', () => {
    expect(vnWqi({ station: reference, values: example })).toMatchObject({ reason: 'reference-station' });
    expect(refused({})).toBe('no-data');
    expect(refused(laboratory({ tss: 20, turbidity: 5 }))).toBe('no-data');
  });
});

describe('an indication from sensors', () => {
  it('is never called VN_WQI, and says what it is', () => {
    const values = sensors({ waterTemperature: 27.5, ph: 7.2, dissolvedOxygen: 5.7, tss: 30, cod: 25 });
    const result = computed(indicativeWqi({ station, values }));
    // (73.10797 + 58.33333) / 2
    expect(result).toMatchObject({ index: 'WQI_INDICATIVE', value: 66, missing: expect.arrayContaining(['bod5']) });
    expect(JSON.stringify(result.notes)).toContain('it is not VN_WQI');
    expect(result.methodVersion).not.toMatch(/^VN_WQI/);
  });

  it('leaves a laboratory’s values aside, and needs two of group IV', () => {
    const values = { ...sensors({ ph: 7, cod: 12 }), ...laboratory({ bod5: 4, toc: 4 }) };
    expect(indicativeWqi({ station, values })).toMatchObject({ reason: 'too-few-for-indication' });
    expect(indicativeWqi({ station, values: laboratory({ cod: 12 }) })).toMatchObject({ reason: 'no-data' });
    expect(indicativeWqi({ station: reference, values })).toMatchObject({ reason: 'reference-station' });
  });
});

const pollutants = [
  'bod5',
  'cod',
  'toc',
  'ammonium',
  'nitrate',
  'nitrite',
  'phosphate',
  'arsenic',
  'aldrin',
  'eColi',
] as const;
const anyValue = fc.double({ min: -1, max: 20_000, noNaN: true });

describe('VN_WQI of any water', () => {
  it('is a whole number of 0 to 100 in the band that it names', () => {
    const anyValues = fc.record(Object.fromEntries(pollutants.map((name) => [name, anyValue])), { requiredKeys: [] });
    fc.assert(
      fc.property(
        anyValues,
        fc.double({ min: -5, max: 20, noNaN: true }),
        fc.boolean(),
        (values, ph, organicPollution) => {
          const result = vnWqi({ station, values: laboratory({ ...values, ph }), concerns: { organicPollution } });
          if (result.status === 'not-computable') return;
          expect(Number.isInteger(result.value)).toBe(true);
          expect(result.value).toBeGreaterThanOrEqual(result.category.min);
          expect(result.value).toBeLessThanOrEqual(result.category.max);
        },
      ),
    );
  });

  it('never rises when there is more of a pollutant', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pollutants), anyValue, anyValue, (pollutant, a, b) => {
        const value = (of: number) =>
          computed(vnWqi({ station, values: { ...base, ...laboratory({ [pollutant]: of }) } })).value;
        expect(value(Math.max(a, b))).toBeLessThanOrEqual(value(Math.min(a, b)));
      }),
    );
  });

  it('does not mind the order of the values', () => {
    const reversed = Object.fromEntries(Object.entries(example).toReversed());
    expect(vnWqi({ station, values: reversed })).toEqual(vnWqi({ station, values: example }));
  });
});
