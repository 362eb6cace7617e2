import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quantity } from '../../../shared/telemetry/quantity.ts';
import { arrivals, expand, HOUR, MINUTE, reading, setUp } from './late-data-support.ts';

describe('late data', () => {
  it.each([
    ['Asia/Ho_Chi_Minh', '2026-01-29T17:00:00Z'],
    // Summer time begins on 29 March 2026 and ends on 25 October; a zone of half hours.
    ['Europe/Berlin', '2026-03-28T00:00:00Z'],
    ['Europe/Berlin', '2026-10-24T00:00:00Z'],
    ['Asia/Kolkata', '2026-01-29T18:30:00Z'],
  ])(
    'converges to the same series, exceedances and indices as timely data: %s, %s',
    async (timeZone, from) => {
      const start = Date.parse(from);
      await fc.assert(
        fc.asyncProperty(arrivals, async (runs) => {
          const expanded = expand(start, runs);
          const [timely, late] = [setUp({ timeZone }), setUp({ timeZone })];
          for (let hour = 1; hour <= 24 * 8; hour += 1) {
            const at = start + hour * HOUR + 10 * MINUTE;
            const arriving = (delay: (one: (typeof expanded)[number]) => number) =>
              expanded
                .filter((one) => Math.ceil((one.reading.measuredAt - start) / HOUR) + delay(one) === hour)
                .map((one) => one.reading);
            await timely.arrive(
              arriving(() => 0),
              at - 9 * MINUTE,
            );
            const arrived = arriving(({ lateHours }) => lateHours).toReversed();
            const [before, behind] = [hour % 2, 1 - (hour % 2)].map((part) => arrived.filter((_, i) => i % 2 === part));
            await late.arrive(before ?? [], at - 9 * MINUTE);
            await timely.evaluate(at);
            // Now and then a run is missed.
            if (hour % 11 !== 0) await late.evaluate(at);
            // Half of it just misses the run.
            await late.arrive(behind ?? [], at + 2 * MINUTE);
          }
          expect(await late.derived()).toEqual(await timely.derived());
          expect(await late.exceeded()).toEqual(await timely.exceeded());
          expect(await late.lateData.list(1)).toEqual([]);
        }),
        { numRuns: 6 },
      );
    },
    60_000,
  );

  const start = Date.parse('2026-01-05T00:00:00+07:00');
  const day = (value: number, sensorId = 'air-1', quantity: Quantity = 'pm25') =>
    Array.from({ length: 48 }, (_, step) => reading(sensorId, quantity, start + (step + 1) * 30 * MINUTE, value));

  it('of weeks ago changes the day, its month and the exceedance, and the earlier values stay known', async () => {
    const { arrive, evaluate, readings, exceeded, lateData } = setUp();
    for (let date = 0; date < 31; date += 1) {
      const shifted = day(60).map((one) => ({ ...one, measuredAt: one.measuredAt + (date - 4) * 24 * HOUR }));
      // Of the 5th only the first 20 hours come in time.
      await arrive(date === 4 ? shifted.slice(0, 40) : shifted, shifted.at(-1)?.measuredAt ?? 0);
      await evaluate(start + (date - 3) * 24 * HOUR + 10 * MINUTE);
    }
    const month = {
      sensorId: 'air-1',
      quantity: 'pm25MeanMonth',
      measuredAt: Date.parse('2026-02-01T00:00:00+07:00'),
    } as const;
    const daily = { sensorId: 'air-1', quantity: 'pm25Mean24h', measuredAt: start + 24 * HOUR } as const;
    expect(await readings.versions(daily)).toMatchObject([{ value: 60 }]);
    expect(await readings.versions(month)).toMatchObject([{ value: 60, quality: { flag: 1 } }]);

    const later = Date.parse('2026-02-20T09:00:00+07:00');
    await arrive(day(90).slice(40), later);
    expect(await lateData.list(10)).toHaveLength(1);
    expect(await evaluate(later + 10 * MINUTE)).toMatchObject({ lateDays: 1 });
    expect(await readings.versions(daily)).toMatchObject([
      { value: 60, receivedAt: start + 24 * HOUR + 10 * MINUTE },
      { value: 65, receivedAt: later + 10 * MINUTE },
    ]);
    expect((await readings.versions(month)).map(({ value }) => value)).toEqual([60, 60.16129]);
    expect((await exceeded()).find(({ periodEndsAt }) => periodEndsAt === daily.measuredAt)).toMatchObject({
      value: 65,
    });
    expect(await evaluate(later + 70 * MINUTE)).toMatchObject({ lateDays: 0, derived: 0, written: 0 });
  });

  it('stays noted when the run dies before it is evaluated, and when more comes while it is', async () => {
    const { arrive, evaluate, readings, lateData } = setUp();
    const later = start + 10 * 24 * HOUR;
    await evaluate(later);
    await arrive(day(60), later);
    const { buckets } = readings;
    Object.assign(readings, { buckets: async () => Promise.reject(new Error('the run dies')) });
    await expect(evaluate(later + HOUR)).rejects.toThrow('the run dies');
    expect(await lateData.list(10)).toHaveLength(2);
    let isFirst = true;
    Object.assign(readings, {
      buckets: async (query: Parameters<typeof buckets>[0]) => {
        const found = await buckets(query);
        if (isFirst) await arrive(day(70).slice(-1), later + HOUR + 1);
        isFirst = false;
        return found;
      },
    });
    await evaluate(later + HOUR);
    expect(await lateData.list(10)).toMatchObject([{ day: Date.parse('2026-01-05T00:00:00Z') }]);
    await evaluate(later + 2 * HOUR);
    expect(await lateData.list(10)).toEqual([]);
    const last = { sensorId: 'air-1', quantity: 'pm25Mean1h', measuredAt: start + 24 * HOUR } as const;
    expect((await readings.versions(last)).at(-1)).toMatchObject({ value: 65 });
  });
});
