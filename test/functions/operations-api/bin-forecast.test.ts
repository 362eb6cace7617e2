import { beforeEach, describe, expect, it } from 'vitest';
import { updateOutlooks } from '../../../shared/waste/outlook/update-outlooks.ts';
import { memoryBinRecords, memoryOutlookBook } from '../../support/memory-outlooks.ts';
import { aBin, aReading, aSensor } from '../../support/small-city.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';

const DAY = 24 * HOUR;
const seed = {
  bin: [aBin('bin-1', { ward: 'Phú Cường' }), aBin('bin-2')],
  sensor: [aSensor('s1', 'bin-1', 'bin'), aSensor('s2', 'bin-2', 'bin')],
};
const outlookBook = memoryOutlookBook();

/** Bin 1 fills by 30 % a day and is emptied every third day at noon UTC; every half hour from 12 days ago until now. */
const open = async () => {
  const here = openOperations(seed, { outlookBook });
  const readings = Array.from({ length: 24 * 24 }, (_, index) => {
    const at = NOW - 12 * DAY + (index + 1) * (HOUR / 2);
    const sinceEmptied = (at - 12 * HOUR) % (3 * DAY);
    return aReading('s1', 'fillDistance', at, 1_000 - 300 * (sinceEmptied / DAY));
  });
  await here.store(...readings);
  return here;
};

let here: Awaited<ReturnType<typeof open>>;
beforeEach(async () => {
  here = await open();
});
const forecast = async (query = '', binId = 'bin-1') =>
  (await here.call({ url: `/api/v1/bins/${binId}/forecast${query}` })).json();

describe('GET /bins/{binId}/forecast', () => {
  it('rests on what is assumed, and says so, before the first update', async () => {
    expect(await forecast()).toMatchObject({
      basis: { source: 'assumed', hoursSeen: 0, updatedAt: null },
      start: { status: 'known' },
      // Its last two days say themselves when it was emptied.
      lastEmptiedAt: new Date(NOW - 22 * HOUR).toISOString(),
    });
  });

  it('starts at the level now and rises: quantiles in order, the time to full with each probability', async () => {
    await updateOutlooks({ ...here.parts, outlookBook, binRecords: memoryBinRecords() }, NOW);
    const told = await forecast('?hours=48&stepHours=6');
    expect(told.basis).toMatchObject({ source: 'own-history', updatedAt: new Date(NOW).toISOString() });
    expect(told.basis.hoursSeen).toBeGreaterThan(150);
    expect(told.points).toHaveLength(9);
    const last = NOW - ((NOW - 12 * HOUR) % (3 * DAY));
    expect(Math.abs(Date.parse(told.lastEmptiedAt) - last)).toBeLessThan(HOUR);
    let before = told.start.fraction - 1e-9;
    for (const { p05, p10, p50, p90, p95 } of told.points) {
      expect([p05, p10, p50, p90, p95]).toEqual([p05, p10, p50, p90, p95].sort((a, b) => a - b));
      expect(p05).toBeGreaterThanOrEqual(told.start.fraction - 1e-9);
      expect(p50).toBeGreaterThanOrEqual(before);
      before = p50;
    }
    // 30 % of the room a day, as it always was.
    const ahead = told.points.find((point: { hoursAhead: number }) => point.hoursAhead === 24);
    expect(Math.min(1, told.start.fraction + 0.3)).toBeCloseTo(ahead.p50, 0.5);
    const { p50, p80, p95 } = told.timeToFull;
    expect(Date.parse(p50)).toBeLessThanOrEqual(Date.parse(p80));
    expect(Date.parse(p80)).toBeLessThanOrEqual(Date.parse(p95));
  });

  it('of a bin that nobody measured is wide, and says that nothing is known', async () => {
    const told = await forecast('', 'bin-2');
    expect(told).toMatchObject({ fill: { status: 'no-data' }, start: { status: 'unknown' } });
    expect(told.points[0].p95 - told.points[0].p05).toBeGreaterThan(0.7);
  });

  it.each([
    ['/api/v1/bins/nowhere/forecast', 404],
    ['/api/v1/bins/bin-1/forecast?hours=0', 400],
    ['/api/v1/bins/bin-1/forecast?hours=336&stepHours=1', 400],
  ])('%s is refused with %i', async (url, status) => {
    expect((await here.call({ url })).status).toBe(status);
  });
});

describe('GET /bins/{binId}/events', () => {
  it('tells emptyings of the last week, between two looks, with both levels', async () => {
    const { events } = (await here.call({ url: '/api/v1/bins/bin-1/events' })).json();
    expect(events.length).toBeGreaterThanOrEqual(2);
    for (const { kind, after, before, fractionBefore, fractionAfter } of events) {
      expect(kind).toBe('emptying');
      expect(Date.parse(before) - Date.parse(after)).toBe(HOUR / 2);
      expect(fractionBefore).toBeCloseTo(0.88, 1);
      expect(fractionAfter).toBeLessThan(0.05);
    }
  });
  it('has none of a bin that nobody measured', async () => {
    expect((await here.call({ url: '/api/v1/bins/bin-2/events' })).json()).toEqual({ binId: 'bin-2', events: [] });
  });
});
