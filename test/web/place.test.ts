import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlace, parsePlace, tabs } from '../../web/src/state/place.ts';

describe('the place in the URL’s hash', () => {
  it.each([
    ['', { tab: 'plan' }],
    ['#plan=plan-7', { tab: 'plan', planId: 'plan-7' }],
    ['#bin=bin-001', { tab: 'bins', binId: 'bin-001' }],
    ['#station=air-1&plan=plan-7', { tab: 'environment', stationId: 'air-1', planId: 'plan-7' }],
    ['#episode=air-1~a1~no2~7', { tab: 'environment', episodeId: 'air-1~a1~no2~7' }],
    ['#tab=bins', { tab: 'bins' }],
    ['#tab=nonsense&other=1', { tab: 'plan' }],
    ['#bin=', { tab: 'plan' }],
  ])('%s leads where it says', (hash, place) => {
    expect(parsePlace(hash)).toEqual(place);
  });

  it('leads back to where it was taken', () => {
    const id = fc.option(fc.string({ minLength: 1, maxLength: 20 }), { nil: undefined });
    fc.assert(
      fc.property(fc.constantFrom(...tabs), id, id, id, id, (tab, planId, binId, stationId, episodeId) => {
        const place = {
          tab,
          ...(planId === undefined ? {} : { planId }),
          ...(binId === undefined ? {} : { binId }),
          ...(stationId === undefined ? {} : { stationId }),
          ...(episodeId === undefined ? {} : { episodeId }),
        };
        expect(parsePlace(`#${formatPlace(place)}`)).toEqual(place);
      }),
    );
  });
});
