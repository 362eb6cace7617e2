import { describe, expect, it } from 'vitest';
import { mayPublishIndex, stationClassOf, stationCodeSchema } from '../../../shared/city/station-class.ts';
import { aStation } from '../../support/small-city.ts';

/** Thông tư 10/2021/TT-BTNMT, Điều 29: a reference station's data may be published as concentrations, not as AQI. */
describe('a station’s class', () => {
  it.each([
    [{}, 'automatic', true],
    [{ class: 'automatic' }, 'automatic', true],
    [{ class: 'laboratory' }, 'laboratory', true],
    [{ class: 'reference' }, 'reference', false],
    [{ referenceStation: true }, 'reference', false],
    [{ referenceStation: true, class: 'automatic' }, 'reference', false],
  ] as const)('%j is %s, and may publish an index: %s', (said, expected, mayPublish) => {
    const station = aStation('a', said);
    expect(stationClassOf(station)).toBe(expected);
    expect(mayPublishIndex(station)).toBe(mayPublish);
  });

  it.each(['BD_BAUB_NUOBBA', 'TH_BSON_KHILO2', 'BD_X-1_2'])('takes the file code %s', (code) => {
    expect(stationCodeSchema.safeParse(code).success).toBe(true);
  });

  it.each(['BD_BAUB', 'bd_baub_nuobba', 'BD_BAUB_NUO BA', '../BD_BAUB_A', `BD_BAUB_${'A'.repeat(60)}`])(
    'does not take the file code %s',
    (code) => expect(stationCodeSchema.safeParse(code).success).toBe(false),
  );
});
