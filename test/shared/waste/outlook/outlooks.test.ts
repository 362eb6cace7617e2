import { beforeEach, describe, expect, it } from 'vitest';
import { generateHistory, shuffled } from '../../../../bench/emptyings/generate-history.ts';
import type { Bin } from '../../../../shared/city/entities.ts';
import type { CrewReport } from '../../../../shared/routing/crew/crew-report.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import type { Reading } from '../../../../shared/telemetry/reading.ts';
import type { FillState } from '../../../../shared/waste/fill-state.ts';
import { fillQuantile, probabilityOver, timeToLevel } from '../../../../shared/waste/forecast/predict.ts';
import { binOutlooks } from '../../../../shared/waste/outlook/bin-outlooks.ts';
import { updateOutlooks } from '../../../../shared/waste/outlook/update-outlooks.ts';
import { memoryBinRecords, memoryOutlookBook } from '../../../support/memory-outlooks.ts';
import { memoryRegistry, memorySensorStates } from '../../../support/memory-stores.ts';
import { aBin, aReading, aSensor, city } from '../../../support/small-city.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 8, 1);
const BINS = 6;
const DAYS = 14;

/** Six bins over two weeks, their truth known. */
const histories = Array.from({ length: BINS }, (_, index) => generateHistory(4_000 + index, DAYS));
const readingsOf = (index: number): readonly Reading[] =>
  (histories[index]?.readings ?? []).map((reading) => ({ ...reading, sensorId: `s${index}` }));

const openCity = () => {
  const bins = histories.map(({ container }, index) =>
    aBin(`bin-${index}`, { container, stream: index % 2 === 0 ? 'other' : 'food', ward: `w${index % 2}` }),
  );
  const registry = memoryRegistry({
    city: [city],
    bin: bins,
    sensor: bins.map((_, index) => aSensor(`s${index}`, `bin-${index}`, 'bin')),
  });
  const reports: CrewReport[] = [];
  return {
    reports,
    sources: {
      cityId: city.id,
      registry,
      sensorStates: memorySensorStates(),
      readings: memoryReadingStore(),
      binRecords: memoryBinRecords(),
      outlookBook: memoryOutlookBook(),
      crewReports: { since: async (at: number) => reports.filter((report) => report.at >= at) },
    },
  };
};
type City = ReturnType<typeof openCity>;

const deliver = async ({ sources }: City, readings: readonly Reading[]): Promise<void> => {
  await sources.readings.append(readings);
  await sources.sensorStates.record(readings);
};

/** Delivers what was measured, in the order of a network, and updates every six hours, up to so many days. */
const live = async (here: City, days: number, late = 0): Promise<void> => {
  for (let end = START + 6 * HOUR; end <= START + days * DAY; end += 6 * HOUR) {
    for (let index = 0; index < BINS; index += 1) {
      const from = end - 6 * HOUR - (index % 2 === 0 ? 0 : late);
      const to = end - (index % 2 === 0 ? 0 : late);
      const part = readingsOf(index).filter(({ measuredAt }) => measuredAt >= from && measuredAt < to);
      await deliver(here, shuffled(part, end));
    }
    await updateOutlooks(here.sources, end);
  }
};

const report = (binId: string, at: number, more: Partial<CrewReport> = {}): CrewReport => ({
  reportId: crypto.randomUUID(),
  planId: 'plan-1',
  vehicleId: 'truck-1',
  binId,
  outcome: 'collected',
  at,
  sequence: 1,
  ...more,
});

const at = START + DAYS * DAY;
let here: City;
beforeEach(() => {
  here = openCity();
});

describe('The outlooks of a city that nobody has followed yet', () => {
  it('rest on what is assumed of any city, with wide uncertainty, and start at what sensors say', async () => {
    await deliver(here, [aReading('s0', 'fillDistance', at - HOUR, 1_700)]);
    const [first, second] = await binOutlooks(here.sources, city, at);
    expect(first?.fill.status).toBe('known');
    expect(first?.forecast.start).toMatchObject({ status: 'known', at: at - HOUR });
    expect(first?.forecast.model.pieces).toBe(0);
    if (first === undefined) throw new Error('six bins');
    const { forecast } = first;
    const [low, high] = [fillQuantile(forecast, at + DAY, 0.1), fillQuantile(forecast, at + DAY, 0.9)];
    expect(high - low).toBeGreaterThan(0.3);
    expect(first?.lastEmptiedAt).toBeNull();
    // Nobody knows: neither empty nor full.
    expect(second?.fill).toMatchObject({ status: 'no-data', reason: 'never measured' });
    expect(second?.forecast.start).toEqual({ status: 'unknown', at });
  });
});

describe('The outlooks of a city that is followed', () => {
  it('know each bin’s own rate and its last emptying', async () => {
    await live(here, DAYS);
    const outlooks = await binOutlooks(here.sources, city, at);
    expect(outlooks.map(({ bin }) => bin.id)).toEqual(histories.map((_, index) => `bin-${index}`));
    for (const [index, { forecast, lastEmptiedAt }] of outlooks.entries()) {
      expect(forecast.model.pieces).toBeGreaterThan(5);
      const truth = histories[index]?.emptyings.findLast((each) => each.at < at - 3 * HOUR)?.at ?? null;
      if (truth !== null) expect(Math.abs((lastEmptiedAt ?? 0) - truth)).toBeLessThan(3 * HOUR);
      const soon = probabilityOver(forecast, at + 6 * HOUR, 0.95);
      expect(probabilityOver(forecast, at + 3 * DAY, 0.95)).toBeGreaterThanOrEqual(soon);
      expect(timeToLevel(forecast, 1, 0.5)).not.toBeNull();
    }
    const summary = await here.sources.outlookBook.read();
    const lessons = Object.values(summary?.calibrations ?? {}).flatMap(({ counts }) => counts);
    expect(lessons.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10);
  });

  it('are the same when messages come a day late, in any order and twice', async () => {
    await live(here, DAYS);
    const late = openCity();
    await live(late, DAYS + 2, 30 * HOUR);
    const settled = here.sources.binRecords.all().map(({ record: { binId, events, settledTo } }) => {
      const other = late.sources.binRecords.all().find(({ record }) => record.binId === binId)?.record;
      const common = Math.min(settledTo ?? 0, other?.settledTo ?? 0) - 6 * HOUR;
      const until = (all: typeof events | undefined) => all?.filter(({ before }) => before < common);
      expect(until(events)?.length).toBeGreaterThan(0);
      return [until(other?.events), until(events)];
    });
    for (const [ofLate, ofTimely] of settled) expect(ofLate).toEqual(ofTimely);
  });

  it('do not change when an update is run again', async () => {
    await live(here, 8);
    const end = START + 8 * DAY;
    const before = await binOutlooks(here.sources, city, end);
    expect((await updateOutlooks(here.sources, end)).written).toBe(false);
    const after = await binOutlooks(here.sources, city, end);
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
  });

  it('begin with the readings of four weeks, where they were not followed from the start', async () => {
    for (let index = 0; index < BINS; index += 1) await deliver(here, readingsOf(index));
    expect(await updateOutlooks(here.sources, at)).toMatchObject({
      bins: BINS,
      begun: BINS,
      waiting: 0,
      written: true,
    });
    const [first] = await binOutlooks(here.sources, city, at);
    expect(first?.forecast.model.pieces).toBeGreaterThan(5);
  });

  it('begin anew where the container is another one', async () => {
    await live(here, 4);
    const { container } = histories[0] as (typeof histories)[0];
    const changed: Bin = aBin('bin-0', { container: { ...container, depthMm: 3_000 } });
    await here.sources.registry.put('bin', changed);
    expect(await updateOutlooks(here.sources, START + 5 * DAY)).toMatchObject({ begun: 1, conflicts: 0 });
  });
});

/** 0 … 1, or a failure. */
const fractionOf = (fill: FillState | undefined): number => {
  if (fill?.status !== 'known') throw new Error(`Not known: ${JSON.stringify(fill)}`);
  return fill.fraction;
};

describe('A single false echo', () => {
  it('does not move a bin that is followed, a confirmed emptying does', async () => {
    await live(here, 6);
    const end = START + 6 * DAY;
    const outlooks = await binOutlooks(here.sources, city, end);
    const fills = outlooks.map(({ fill }) => fractionOf(fill));
    const fullest = fills.indexOf(Math.max(...fills));
    const depth = histories[fullest]?.container.depthMm ?? 0;
    const seen = (minutes: number, mm: number) =>
      deliver(here, [aReading(`s${fullest}`, 'fillDistance', end + minutes * 60_000, mm)]);
    const outlookAt = async (minutes: number) =>
      (await binOutlooks(here.sources, city, end + minutes * 60_000))[fullest];
    await seen(30, depth);
    expect(fractionOf((await outlookAt(31))?.fill)).toBeCloseTo(fills[fullest] ?? 0, 1);
    await seen(60, depth);
    expect(fractionOf((await outlookAt(61))?.fill)).toBe(0);
    expect((await outlookAt(61))?.lastEmptiedAt).toBe(end + 30 * 60_000);
  });
});

describe('A crew’s word', () => {
  const full = (minutes: number) => deliver(here, [aReading('s0', 'fillDistance', at + minutes * 60_000, 400)]);
  const first = async (minutes: number) => (await binOutlooks(here.sources, city, at + minutes * 60_000))[0];

  it('counts for more than a sensor that has not looked since', async () => {
    await full(0);
    here.reports.push(report('bin-0', at + 10 * 60_000));
    const outlook = await first(20);
    expect(outlook?.fill).toEqual({
      ...{ status: 'known', fraction: 0, measuredAt: at + 10 * 60_000, flag: 1, toldBy: 'crew' },
    });
    expect(outlook?.forecast.start).toEqual({ status: 'known', fraction: 0, at: at + 10 * 60_000 });
    expect(outlook?.lastEmptiedAt).toBe(at + 10 * 60_000);
  });

  it('stands against the sensor for half a day, and the disagreement is told; then the sensor is heard', async () => {
    here.reports.push(report('bin-0', at));
    await full(60);
    expect((await first(61))?.fill).toMatchObject({
      ...{ fraction: 0, toldBy: 'crew' },
      doubt: { code: 'sensor-against-crew', reason: expect.stringMatching(/crew left it 0% full, its sensor says/) },
    });
    await full(13 * 60);
    const later = (await first(13 * 60 + 1))?.fill;
    expect(later).toMatchObject({ flag: 3, doubt: { code: 'sensor-against-crew' } });
    expect(fractionOf(later)).toBeGreaterThan(0.8);
  });

  it('of a part leaves what it says; of a blocked bin it says nothing; the last word counts', async () => {
    await full(0);
    here.reports.push(report('bin-0', at + 1, { outcome: 'partly', fractionLeft: 0.4 }));
    expect((await first(1))?.fill).toMatchObject({ fraction: 0.4, toldBy: 'crew' });
    here.reports.push(report('bin-0', at + 2, { outcome: 'blocked', sequence: 2 }));
    const outlook = await first(2);
    expect(fractionOf(outlook?.fill)).toBeGreaterThan(0.8);
    expect(outlook?.lastEmptiedAt).toBeNull();
  });

  it('is kept with the bin when it is older than what is asked for', async () => {
    await full(0);
    here.reports.push(report('bin-0', at));
    await updateOutlooks(here.sources, at + HOUR);
    here.reports.length = 0;
    expect((await first(120))?.lastEmptiedAt).toBe(at);
  });
});
