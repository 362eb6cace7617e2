import { describe, expect, it } from 'vitest';
import { type Bin, depotSchema, disposalSiteSchema } from '../../../shared/city/entities.ts';
import type { Plan } from '../../../shared/routing/plan.ts';
import { type Planning, planCollections } from '../../../shared/routing/plan-collections.ts';
import { solve } from '../../../shared/routing/solver/solve.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { updateOutlooks } from '../../../shared/waste/outlook/update-outlooks.ts';
import { memoryBinRecords, memoryOutlookBook } from '../../support/memory-outlooks.ts';
import { memoryPlans, memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { aBin, aReading, aSensor, aTruck, city } from '../../support/small-city.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 22 November 2026, 18:40 in Vietnam: outlooks are updated now, the night is planned at 19:00. */
const OUTLOOKS = Date.UTC(2026, 10, 22, 11, 40);
const PLANNED = OUTLOOKS + HOUR / 3;

const places = ['full', 'half', 'stale', 'emptied', 'young', 'just-heard', 'unheard'] as const;
const foods: ReadonlySet<string> = new Set(['stale', 'emptied', 'young']);
const bins: readonly Bin[] = places.map((id, index) =>
  aBin(id, {
    stream: foods.has(id) ? 'food' : 'other',
    position: { latitude: 10.96 + 0.005 * index, longitude: 106.65 },
  }),
);

/** Levels from two in the afternoon on, every half hour, as sensors tell them that were put up at noon. */
const levelsOf: Readonly<Record<string, (hour: number) => number>> = {
  full: (hour) => 0.8 + 0.01 * hour,
  half: (hour) => 0.4 + 0.01 * hour,
  stale: (hour) => 0.2 + 0.005 * hour,
  emptied: (hour) => (hour < 2 ? 0.7 : 0.03),
  young: (hour) => 0.01 + 0.001 * hour,
};
const firstHours = (binId: string): readonly Reading[] =>
  Array.from({ length: 9 }, (_, index) => {
    const at = Date.UTC(2026, 10, 22, 7) + (index * HOUR) / 2;
    const level = levelsOf[binId]?.(index / 2);
    return level === undefined ? [] : [aReading(`s-${binId}`, 'fillDistance', at, Math.round(1_000 * (1 - level)))];
  }).flat();

const openCity = async () => {
  const registry = memoryRegistry({
    city: [city],
    bin: bins,
    sensor: bins.map(({ id }) => aSensor(`s-${id}`, id, 'bin')),
    vehicle: [aTruck('truck-1'), aTruck('truck-2')],
    depot: [depotSchema.parse({ id: 'depot-1', name: 'Depot', position: { latitude: 10.99, longitude: 106.64 } })],
    'disposal-site': [
      disposalSiteSchema.parse({
        id: 'landfill',
        name: 'Landfill',
        position: { latitude: 11.05, longitude: 106.62 },
        unloadSeconds: 1_200,
      }),
    ],
  });
  const readings = [
    ...bins.flatMap(({ id }) => firstHours(id)),
    aReading('s-just-heard', 'fillDistance', PLANNED - HOUR / 2, 900),
  ];
  const [store, sensorStates] = [memoryReadingStore(), memorySensorStates()];
  await store.append(readings);
  await sensorStates.record(readings);
  const plans = memoryPlans();
  const planning: Planning & { readonly outlookBook: ReturnType<typeof memoryOutlookBook> } = {
    ...{ registry, readings: store, sensorStates, plans, cityId: city.id, outlookBook: memoryOutlookBook() },
    clock: () => PLANNED,
    solve: (problem, { seed }) => solve(problem, { seed, iterations: 200 }),
    solveSeconds: 5,
  };
  const plan = async (): Promise<Plan> => {
    const outcome = await planCollections(planning, { trigger: 'schedule', requestedAt: PLANNED });
    if (outcome.status !== 'planned') throw new Error(JSON.stringify(outcome));
    return outcome.plan;
  };
  return { planning, plan, records: memoryBinRecords() };
};

const stopsOf = (plan: Plan) =>
  new Map(plan.routes.flatMap(({ stops }) => stops.flatMap((stop) => (stop.kind === 'bin' ? [[stop.id, stop]] : []))));

/** Every bin is in the plan or named beside it, or can wait by what is known of it. */
const tellsAll = (plan: Plan) => {
  const stops = stopsOf(plan);
  expect(plan.noData).toEqual([{ binId: 'unheard', name: 'Bin unheard', lastHeardAt: null }]);
  expect(plan.unserved).toEqual([]);
  expect(stops.get('full')?.reasonVi).toBe('đã đầy 84%, đạt mức phải thu gom 80%');
  // Nobody saw it emptied, so nobody knows that it is fresh; the other one a sensor saw.
  expect(stops.get('stale')?.reason).toBe(
    '22% full, nobody knows since when, and its waste may not wait longer than 48 h',
  );
  expect(stops.get('emptied')?.reason ?? '').not.toContain('nobody knows since when');
  expect(stops.get('half')?.expectedFillFraction).toBeGreaterThan(0.44);
  return stops;
};

describe('the first night of a city', () => {
  it('before any update goes by what sensors told directly and what is usual elsewhere, and says so', async () => {
    const { plan } = await openCity();
    const first = await plan();
    const stops = tellsAll(first);
    expect(first.forecasts).toEqual({ ownHistory: 0, similarBins: 0, assumed: 6 });
    const half = stops.get('half');
    expect(half?.reason).toMatch(
      /^44% now, .*; judged by what is usual elsewhere, as its own filling is not known yet$/,
    );
    expect(half?.reasonVi).toMatch(/; xét theo mức thường gặp, vì chưa biết thùng này đầy nhanh hay chậm$/);
  });

  it('is planned the same way from a book whose bins were followed for hours only', async () => {
    const { planning, plan, records } = await openCity();
    const sources = { ...planning, outlookBook: planning.outlookBook, binRecords: records };
    expect(await updateOutlooks(sources, OUTLOOKS)).toMatchObject({ begun: 6, written: true });
    const first = await plan();
    const stops = tellsAll(first);
    expect(first.forecasts).toEqual({ ownHistory: 0, similarBins: 0, assumed: 6 });
    expect(stops.get('half')?.reason).toMatch(
      /; judged by what is usual elsewhere, as its own filling is not known yet$/,
    );
  });
});

describe('a bin that joins a city whose bins are known', () => {
  it('goes by similar bins until a day of its own filling was seen', async () => {
    const { planning, plan } = await openCity();
    const old = memoryOutlookBook();
    const followed = aReading('s-half', 'fillDistance', 0, 0);
    const week = Array.from({ length: 7 * 24 }, (_, hour) => ({
      ...followed,
      measuredAt: OUTLOOKS - 9 * DAY + hour * HOUR,
      receivedAt: OUTLOOKS - 9 * DAY + hour * HOUR,
      value: 900 - 4 * hour,
    }));
    await planning.readings.append(week);
    await updateOutlooks({ ...planning, outlookBook: old, binRecords: memoryBinRecords() }, OUTLOOKS);
    const book = await old.read();
    if (book === undefined) throw new Error('No book');
    await planning.outlookBook.write(book);
    const night = await plan();
    expect(night.forecasts).toEqual({ ownHistory: 1, similarBins: 5, assumed: 0 });
    const reasons = [...stopsOf(night).values()].map(({ reason = '' }) => reason);
    expect(reasons.some((reason) => reason.includes('judged by similar bins'))).toBe(true);
  });
});
