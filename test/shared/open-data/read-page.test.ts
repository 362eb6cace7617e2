import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Position, readPage } from '../../../shared/open-data/read-page.ts';
import { compareSeries, type Series } from '../../../shared/open-data/series.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import type { ReadingStore } from '../../../shared/telemetry/reading-store.ts';
import { aReading } from '../../support/small-city.ts';

const FROM = Date.UTC(2026, 10, 1);
const TO = FROM + 40;

/** A store that may answer less than it was asked for, as the port allows. */
const withSmallPages = (store: ReadingStore, size: number): ReadingStore => ({
  ...store,
  series: (query) => store.series({ ...query, limit: Math.min(size, query.limit ?? size) }),
});

const keyOf = ({ sensorId, quantity, measuredAt }: Position): string => `${sensorId} ${quantity} ${measuredAt}`;

const readingArbitrary = fc
  .record({
    sensor: fc.integer({ min: 0, max: 11 }),
    quantity: fc.constantFrom('pm25' as const, 'battery' as const),
    minute: fc.integer({ min: -5, max: 45 }),
  })
  .map(({ sensor, quantity, minute }) => aReading(`s${sensor}`, quantity, FROM + minute, 1));

describe('Pages of the readings of several series', () => {
  it('put together are every reading of the period once, in order, whatever their size', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(readingArbitrary, { selector: keyOf, maxLength: 120 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 7 }),
        async (readings, limit, storePage) => {
          const store = memoryReadingStore();
          await store.append(readings);
          const series: Series[] = [];
          for (const reading of readings) {
            if (!series.some((each) => compareSeries(each, reading) === 0)) series.push(reading);
          }
          series.sort(compareSeries);
          const expected = readings
            .filter(({ measuredAt }) => measuredAt >= FROM && measuredAt < TO)
            .sort((a, b) => compareSeries(a, b) || a.measuredAt - b.measuredAt);

          const found: Reading[] = [];
          let after: Position | undefined;
          do {
            const request = { series, from: FROM, to: TO, limit, after };
            const page = await readPage(withSmallPages(store, storePage), request);
            // A page that says more follow is full, and more do follow.
            if (page.last !== undefined) expect(page.readings).toHaveLength(limit);
            if (after !== undefined) expect(page.readings.length).toBeGreaterThan(0);
            found.push(...page.readings);
            after = page.last;
          } while (after !== undefined && found.length <= readings.length);
          expect(found.map(keyOf)).toEqual(expected.map(keyOf));
        },
      ),
      { numRuns: 60 },
    ));

  it('read a long series without touching the ones behind it', async () => {
    const asked: string[] = [];
    const store = memoryReadingStore();
    await store.append(Array.from({ length: 20 }, (_, minute) => aReading('s0', 'pm25', FROM + minute, 1)));
    const watched: ReadingStore = {
      ...store,
      series: (query) => {
        asked.push(query.sensorId);
        return store.series(query);
      },
    };
    const series: Series[] = ['s0', 's1', 's2'].map((sensorId) => ({ sensorId, quantity: 'pm25' }));
    await readPage(watched, { series, from: FROM, to: TO, limit: 10 });
    expect(asked).toEqual(['s0']);
  });
});
