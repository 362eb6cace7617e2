import { describe, expect, it } from 'vitest';
import { believedCounts } from '../../../../../shared/open-data/sensorthings/city/believed-counts.ts';
import { END_OF_TIME } from '../../../../../shared/open-data/sensorthings/source.ts';
import { memoryReadingStore } from '../../../../../shared/telemetry/memory-reading-store.ts';
import { aReading } from '../../../../support/small-city.ts';

const start = Date.UTC(2026, 9, 5);
const series = [
  { sensorId: 'air-s', quantity: 'pm25' as const },
  { sensorId: 'air-s', quantity: 'pm10' as const },
];
const [pm25] = series;
const everything = { from: 0, to: END_OF_TIME };

const open = async () => {
  const store = memoryReadingStore();
  const calls = { total: 0, counts: 0 };
  let now = start;
  const counted = believedCounts(
    {
      total: (query) => {
        calls.total += 1;
        return store.total(query);
      },
      counts: (query) => {
        calls.counts += 1;
        return store.counts(query);
      },
    },
    () => now,
  );
  await store.append([aReading('air-s', 'pm25', start, 1), aReading('air-s', 'pm10', start, 2)]);
  return { ...counted, store, calls, pass: (ms: number) => (now += ms) };
};

describe('The number of all readings', () => {
  it('serves two seconds, of many series together and of one', async () => {
    const city = await open();
    const one = pm25 === undefined ? [] : [pm25];
    const ask = async () => [await city.total(series, everything), await city.total(one, everything)];
    expect(await ask()).toEqual([2, 1]);
    await city.store.append([aReading('air-s', 'pm25', start + 1, 1)]);
    expect(await ask()).toEqual([2, 1]);
    expect(city.calls).toEqual({ total: 1, counts: 1 });
    city.pass(2_000);
    expect(await ask()).toEqual([3, 2]);
    expect(city.calls).toEqual({ total: 2, counts: 2 });
  });

  it('is of other series another, and of a stretch of time counted each time', async () => {
    const city = await open();
    expect(await city.total(series, everything)).toBe(2);
    expect(await city.total([...series, { sensorId: 'air-s', quantity: 'co' }], everything)).toBe(2);
    expect(await city.total([], everything)).toBe(0);
    const later = { from: start + 1, to: END_OF_TIME };
    expect(await city.total(series, later)).toBe(0);
    await city.store.append([aReading('air-s', 'pm25', start + 1, 1)]);
    expect(await city.total(series, later)).toBe(1);
    expect(city.calls.total).toBe(4);
  });
});
