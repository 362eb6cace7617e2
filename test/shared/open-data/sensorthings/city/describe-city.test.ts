import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionOf } from '../../../../../shared/open-data/sensorthings/city/definitions.ts';
import { describeCity } from '../../../../../shared/open-data/sensorthings/city/describe-city.ts';
import { observationId, readObservationId } from '../../../../../shared/open-data/sensorthings/city/observation.ts';
import { unitOfMeasurement } from '../../../../../shared/open-data/sensorthings/city/units.ts';
import { compareIds } from '../../../../../shared/open-data/sensorthings/query/values.ts';
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
  const datastream = fc.integer({ min: 1, max: 2 ** 31 - 1 });

  it('say which datastream and when, in the order of datastream and time, and nothing else is one', () => {
    const name = fc.record({ datastream, at: fc.maxSafeInteger() });
    fc.assert(
      fc.property(name, (one) => {
        expect(readObservationId(observationId(one))).toEqual(one);
        expect(readObservationId(`${one.datastream}-${one.at}`)).toEqual(one);
      }),
    );
    const instant = fc.integer({ min: 0, max: 9_999_999_999_999 });
    fc.assert(
      fc.property(datastream, instant, datastream, instant, (left, at, right, then) => {
        const [a, b] = [
          { datastream: left, at },
          { datastream: right, at: then },
        ].map((one) => observationId(one));
        const isBefore = left < right || (left === right && at < then);
        expect(compareIds(a ?? '', b ?? '') < 0).toBe(isBefore);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.bigInt({ min: 0n }).map(String)), (text) => {
        const read = readObservationId(text);
        if (read !== undefined) expect([observationId(read), `${read.datastream}-${read.at}`]).toContain(text);
      }),
    );
    for (const text of [
      '',
      '12',
      '012-5',
      '12-05',
      '12-5 ',
      '12-99999999999999999',
      '012000000000000',
      '9223372036854775807x',
    ]) {
      expect(readObservationId(text)).toBeUndefined();
    }
  });

  it('are whole numbers that a long holds, as text that no client cuts off or rounds', () => {
    expect(observationId({ datastream: 12, at: 1_700_000_000_000 })).toBe('121700000000000');
    const own = fc.integer({ min: 1, max: 922_336 });
    fc.assert(
      fc.property(own, fc.integer({ min: 0, max: 9_999_999_999_999 }), (of, at) => {
        const id = observationId({ datastream: of, at });
        expect(id).toMatch(/^[1-9]\d*$/);
        expect(BigInt(id)).toBeLessThan(2n ** 63n);
      }),
    );
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
