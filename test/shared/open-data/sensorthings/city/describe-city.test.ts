import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionOf } from '../../../../../shared/open-data/sensorthings/city/definitions.ts';
import { describeCity } from '../../../../../shared/open-data/sensorthings/city/describe-city.ts';
import { observationId, readObservationId } from '../../../../../shared/open-data/sensorthings/city/observation.ts';
import { unitOfMeasurement } from '../../../../../shared/open-data/sensorthings/city/units.ts';
import { listSites } from '../../../../../shared/open-data/site.ts';
import { quantities, quantityNames } from '../../../../../shared/telemetry/quantity.ts';
import { memoryRegistry } from '../../../../support/memory-stores.ts';
import { aReading, aSensor, aStation } from '../../../../support/small-city.ts';

describe('Quantities in SensorThings', () => {
  it.each(quantityNames)('%s has a unit in UCUM and a definition that is a URI', (quantity) => {
    const { symbol, definition } = unitOfMeasurement(quantities[quantity].unit);
    // UCUM codes are ASCII without spaces.
    expect(symbol).toMatch(/^[!-~]+$/);
    expect(URL.canParse(definition)).toBe(true);
    expect(URL.canParse(definitionOf(quantity))).toBe(true);
  });

  it('a unit that nobody has entered is no unit', () => {
    expect(() => unitOfMeasurement('furlong')).toThrow(/furlong/);
  });
});

describe('Ids of observations', () => {
  it('say which datastream and when, and nothing else is one', () => {
    const name = fc.record({ datastream: fc.integer({ min: 1, max: 2 ** 31 - 1 }), at: fc.maxSafeInteger() });
    fc.assert(
      fc.property(name, (one) => {
        expect(readObservationId(observationId(one))).toEqual(one);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readObservationId(text);
        if (read !== undefined) expect(observationId(read)).toBe(text);
      }),
    );
    for (const text of ['', '12', '012-5', '12-05', '12-5 ', '12-99999999999999999']) {
      expect(readObservationId(text)).toBeUndefined();
    }
  });
});

describe('A sensor in the workshop', () => {
  it('is told, but has no datastreams: they would have no Thing', async () => {
    const { siteId: _, ...sensor } = aSensor('loose', 'air-1', 'air');
    const registry = memoryRegistry({ station: [aStation('air-1', { referenceStation: true })], sensor: [sensor] });
    const reading = aReading('loose', 'pm25', 0, 3);
    const states = [{ sensorId: 'loose', lastReceivedAt: 0, latest: { pm25: reading } }];
    const drafts = describeCity({ sites: await listSites(registry), sensors: [sensor], states });
    expect(drafts.map(({ type }) => type)).toEqual(['Thing', 'Location', 'FeatureOfInterest', 'Sensor']);
  });
});
