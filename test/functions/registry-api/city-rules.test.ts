import { describe, expect, it } from 'vitest';
import { city } from '../../support/small-city.ts';
import { faultsOf, open } from './open-registry.ts';

describe('the rules of the city', () => {
  it('are replaced under their tag, and leave the rest of its profile alone', async () => {
    const { at, registry } = open({ city: [city] });
    const first = await at('/city-rules');
    expect(first.json()).toEqual({});
    const rules = {
      mixableStreams: [['food', 'other']],
      slowHours: [{ from: '06:30', to: '08:30', durationFactor: 1.6 }],
    };
    expect((await at('/city-rules', 'PUT', rules)).status).toBe(428);
    const put = await at('/city-rules', 'PUT', rules, { 'if-match': first.headers.etag ?? '' });
    expect(put.headers.etag).toBe((await at('/city-rules')).headers.etag);
    expect(await registry.get('city', 'tdm')).toEqual({
      ...city,
      mixableStreams: rules.mixableStreams,
      travel: { ...city.travel, slowHours: rules.slowHours },
    });
    expect((await at('/city-rules', 'PUT', {}, { 'if-match': first.headers.etag ?? '' })).status).toBe(412);
    expect((await at('/city-rules', 'PUT', {}, { 'if-match': '*' })).status).toBe(200);
    expect(await registry.get('city', 'tdm')).toEqual(city);
  });

  it('name the field at fault', async () => {
    const { at } = open({ city: [city] });
    const wrong = await at('/city-rules', 'PUT', { slowHours: [{ from: '6', to: '08:30', durationFactor: 9 }] });
    expect(faultsOf(wrong).map((fault) => fault.split(':')[0])).toEqual([
      'slowHours.0.from',
      'slowHours.0.durationFactor',
    ]);
    expect(faultsOf(await at('/city-rules', 'PUT', { mixable: [] }))).toEqual(['mixable: is not known here']);
  });
});
