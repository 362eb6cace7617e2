import { describe, expect, it } from 'vitest';
import type { PlanRequest } from '../../../events/plan-request.ts';
import type { Bin, DisposalSite, Vehicle } from '../../../shared/city/entities.ts';
import { depotSchema, disposalSiteSchema } from '../../../shared/city/entities.ts';
import { planToGeoJson } from '../../../shared/routing/geojson.ts';
import { type Plan, planSchema } from '../../../shared/routing/plan.ts';
import { type Planning, planCollections } from '../../../shared/routing/plan-collections.ts';
import { solve } from '../../../shared/routing/solver/solve.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { StoreUnavailableError } from '../../../shared/telemetry/reading-store.ts';
import { NOTHING_KNOWN } from '../../../shared/waste/policy/circumstances.ts';
import { memoryPlans, memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { aBin, aReading, aSensor, aTruck, city } from '../../support/small-city.ts';
import { steadyFilling } from '../../support/steady-filling.ts';

const hour = 3_600_000;
/** 22 November 2026, 18:00 in Vietnam: two hours before the night shift. */
const now = Date.UTC(2026, 10, 22, 11);

const depot = depotSchema.parse({ id: 'depot-1', name: 'Depot', position: { latitude: 10.99, longitude: 106.64 } });
const landfill: DisposalSite = disposalSiteSchema.parse({
  id: 'landfill',
  name: 'Landfill',
  position: { latitude: 11.05, longitude: 106.62 },
  unloadSeconds: 1_200,
});
const truck = aTruck('truck-1', { fixedCostVnd: 500_000, costPerKmVnd: 15_000, costPerHourVnd: 120_000 });
const full = aBin('full', { position: { latitude: 10.98, longitude: 106.66 } });
const filling = aBin('filling', { position: { latitude: 10.97, longitude: 106.65 } });
const empty = aBin('empty', { position: { latitude: 10.96, longitude: 106.65 } });
const silent = aBin('silent', { position: { latitude: 10.95, longitude: 106.65 } });

/** Sensor `s-<bin>` rising by one percent an hour over two days, up to the level now. */
const rising = (binId: string, levelNow: number): Reading[] =>
  Array.from({ length: 48 }, (_, index) => {
    const hoursAgo = 47 - index;
    const level = Math.max(0, levelNow - 0.01 * hoursAgo);
    return aReading(`s-${binId}`, 'fillDistance', now - hoursAgo * hour - 60_000, Math.round(1_000 * (1 - level)));
  });

type Setting = {
  readonly bins?: readonly Bin[];
  readonly vehicles?: readonly Vehicle[];
  readonly readings?: readonly Reading[];
  readonly at?: number;
};

const usual = [...rising('full', 0.85), ...rising('filling', 0.55), ...rising('empty', 0.05)];

const aCity = async ({ bins, vehicles = [truck], readings = usual, at = now }: Setting = {}): Promise<Planning> => {
  const known = bins ?? [full, filling, empty, silent];
  const registry = memoryRegistry({
    city: [city],
    bin: known,
    sensor: known.map(({ id }) => aSensor(`s-${id}`, id, 'bin')),
    vehicle: vehicles,
    depot: [depot],
    'disposal-site': [landfill],
  });
  const [store, sensorStates] = [memoryReadingStore(), memorySensorStates()];
  await store.append(readings);
  await sensorStates.record(readings);
  return {
    registry,
    readings: store,
    sensorStates,
    outlookBook: steadyFilling(known, 0.01, at),
    plans: memoryPlans(),
    cityId: 'tdm',
    clock: () => at,
    solve: (problem, { seed }) => solve(problem, { seed, iterations: 200 }),
    solveSeconds: 5,
  };
};

const byDispatcher: PlanRequest = {
  planId: 'plan-x',
  serviceDate: '2026-11-22',
  trigger: 'dispatcher',
  requestedAt: now,
};

const planOf = async (planning: Planning, request: PlanRequest = byDispatcher): Promise<Plan> => {
  const outcome = await planCollections(planning, request);
  if (outcome.status !== 'planned') throw new Error(`Not planned: ${JSON.stringify(outcome)}`);
  return outcome.plan;
};

const vietnam = (time: string): number => Date.parse(`${time}:00+07:00`);

describe('planning the collections of a night', () => {
  it('serves the bins that are due, ends empty at the depot, and lists the bin nobody has heard of', async () => {
    const planning = await aCity();
    const plan = await planOf(planning);
    expect(plan.routes.map(({ vehicleId }) => vehicleId)).toEqual(['truck-1']);
    expect(plan.routes[0]?.stops.map(({ kind }) => kind)).toEqual(['depot', 'bin', 'bin', 'disposal', 'depot']);
    expect(plan.routes[0]?.stops.flatMap(({ kind, id }) => (kind === 'bin' ? id : [])).toSorted()).toEqual([
      'filling',
      'full',
    ]);
    expect(plan.noData).toEqual([{ binId: 'silent', name: 'Bin silent', lastHeardAt: null }]);
    expect(plan.unserved).toEqual([]);
    expect(await planning.plans.get('plan-x')).toEqual(plan);
    expect(planSchema.parse(plan)).toEqual(plan);
  });

  it('keeps room for a bin that was seen to overflow before a fuller one, where a truck cannot take both', async () => {
    const seen = { binId: 'empty', seenAt: now - hour, channel: 'citizen', source: 'a' } as const;
    const circumstances = async () => ({ ...NOTHING_KNOWN, reports: [seen] });
    const planning = await aCity({ vehicles: [{ ...truck, maxBins: 1 }] });
    const plan = await planOf({ ...planning, circumstances });
    const bins = plan.routes.flatMap(({ stops }) => stops.filter(({ kind }) => kind === 'bin'));
    expect(bins).toMatchObject([{ id: 'empty', expectedFillFraction: 1, reasonVi: 'người dân báo tràn rác' }]);
    expect(plan.unserved.map(({ binId }) => binId).toSorted()).toEqual(['filling', 'full']);
  });

  it('is done at a market before it begins, though the night would be longer', async () => {
    const begins = vietnam('2026-11-23T01:00');
    const event = { eventId: 'm', name: 'Chợ đêm', nameEn: 'Night market', from: begins, to: begins + 4 * hour };
    const planned = async (binIds: readonly string[]) => {
      const circumstances = async () => ({ ...NOTHING_KNOWN, events: [{ ...event, binIds: new Set(binIds) }] });
      // Stays shut until shortly before: without the market the truck would come whenever it likes.
      const late = { ...filling, windows: [{ from: '00:30', to: '04:00' }] };
      const planning = await aCity({
        bins: [late, full],
        vehicles: [{ ...truck, shift: { from: '20:00', to: '04:00' } }],
      });
      const { routes } = await planOf({ ...planning, circumstances });
      return routes.flatMap(({ stops }) => stops).find(({ id }) => id === 'filling');
    };
    const stop = await planned(['filling']);
    expect(stop).toMatchObject({ reason: 'emptied before it begins: Night market' });
    expect(stop?.departsAt).toBeLessThanOrEqual(begins);
    expect((await planned(['full']))?.reason).not.toContain('market');
  });

  it('keeps to the shift of the day asked for, in the city’s own time, over midnight', async () => {
    const [route] = (await planOf(await aCity())).routes;
    expect(route?.startsAt).toBeGreaterThanOrEqual(vietnam('2026-11-22T20:00'));
    expect(route?.endsAt).toBeLessThanOrEqual(vietnam('2026-11-23T04:00'));
    const asked = await planOf(await aCity(), { ...byDispatcher, serviceDate: '2026-11-24' });
    expect(asked.routes[0]?.startsAt).toBeGreaterThanOrEqual(vietnam('2026-11-24T20:00'));
  });

  it('leaves behind the bins that can hold out longest when the shift is too short for all', async () => {
    // Each stop takes two hours of an eight-hour shift: the truck can do three at most. The emptier ones stand nearer.
    const near = ['a', 'b', 'c'].map((id) =>
      aBin(id, { position: { latitude: 11.049, longitude: 106.621 }, serviceSeconds: 7_200 }),
    );
    const far = ['x', 'y', 'z'].map((id) =>
      aBin(id, { position: { latitude: 10.93, longitude: 106.7 }, serviceSeconds: 7_200 }),
    );
    const readings = [...near.flatMap(({ id }) => rising(id, 0.55)), ...far.flatMap(({ id }) => rising(id, 0.95))];
    const plan = await planOf(await aCity({ bins: [...near, ...far], readings }));
    const served = plan.routes.flatMap(({ stops }) => stops.flatMap(({ kind, id }) => (kind === 'bin' ? id : [])));
    expect(served.length).toBeGreaterThan(0);
    expect(served.filter((id) => ['a', 'b', 'c'].includes(id ?? ''))).toEqual([]);
    expect(plan.unserved.map(({ binId }) => binId)).toEqual(expect.arrayContaining(['a', 'b', 'c']));
  });

  it('says why a bin was picked, in both languages, and what is expected in it', async () => {
    const stops = (await planOf(await aCity())).routes.flatMap((route) => route.stops);
    const stop = stops.find(({ id }) => id === 'full');
    expect(stop).toMatchObject({
      reason: '84% full, at or over its service level of 80%',
      reasonVi: 'đã đầy 84%, đạt mức phải thu gom 80%',
      stream: 'other',
    });
    // The looks before the last one say 84 %; six hours and a minute after it, in the middle of the shift, 6 % have come.
    expect(stop?.expectedFillFraction).toBeCloseTo(0.9, 2);
  });

  it('adds up: litres of 3,000-litre bins, kilograms at 0.2 kg a litre, cost from the truck’s tariff', async () => {
    const plan = await planOf(await aCity());
    const expected = plan.routes
      .flatMap((route) => route.stops)
      .reduce((sum, stop) => sum + 3_000 * (stop.expectedFillFraction ?? 0), 0);
    expect(plan.totals.collectedLitres).toBeCloseTo(expected, 6);
    expect(plan.totals.collectedKg).toBeCloseTo(0.2 * expected, 6);
    const { distanceMetres, workingSeconds } = plan.totals;
    const cost = 500_000 + 15 * distanceMetres + (120_000 / 3_600) * workingSeconds;
    expect(Math.abs(plan.totals.costVnd - cost)).toBeLessThan(1);
  });

  it('respects the hours in which a truck may stand at a bin after midnight', async () => {
    const early = { ...full, windows: [{ from: '02:00', to: '03:00' }] };
    const plan = await planOf(await aCity({ bins: [early, filling] }));
    const stop = plan.routes.flatMap((route) => route.stops).find(({ id }) => id === 'full');
    const starts = (stop?.arrivesAt ?? 0) + (stop?.waitingSeconds ?? 0) * 1_000;
    expect(starts).toBeGreaterThanOrEqual(vietnam('2026-11-23T02:00'));
    expect(starts).toBeLessThanOrEqual(vietnam('2026-11-23T03:00'));
  });

  it('starts no truck in the past when it is asked in mid-shift', async () => {
    const late = now + 6 * hour;
    const plan = await planOf(await aCity({ at: late }));
    expect(plan.routes[0]?.startsAt).toBeGreaterThanOrEqual(late);
  });

  it('plans no routes when no bin is due, which is no failure', async () => {
    const plan = await planOf(await aCity({ readings: rising('empty', 0.05) }));
    expect(plan.routes).toEqual([]);
    expect(plan.totals).toMatchObject({ vehicles: 0, bins: 0, costVnd: 0 });
  });

  it.each([
    ['no truck may carry its stream', { streams: ['food' as const] }, 'no truck may carry other waste'],
    ['every truck is in the workshop', { status: 'unavailable' as const }, 'no truck is available'],
    ['the shift is too short for the way', { shift: { from: '20:00', to: '20:30' } }, 'within its shift'],
  ])('says why a bin that is due stays behind: %s', async (_, change, reason) => {
    const plan = await planOf(await aCity({ vehicles: [{ ...truck, ...change }] }));
    expect(plan.routes).toEqual([]);
    expect(plan.unserved.map(({ binId }) => binId)).toContain('full');
    expect(plan.unserved[0]?.reason).toContain(reason);
    expect(plan.unserved[0]?.reasonVi).toBeDefined();
  });
});

describe('a plan request', () => {
  it('of the schedule plans the next shift’s day, under an id that a redelivery finds again', async () => {
    const planning = await aCity();
    const plan = await planOf(planning, { trigger: 'schedule' });
    expect(plan).toMatchObject({ planId: 'plan-2026-11-22-schedule', serviceDate: '2026-11-22' });
    const again = await planCollections(planning, { trigger: 'schedule' });
    expect(again).toEqual({ status: 'already-finished', planId: 'plan-2026-11-22-schedule' });
    expect((await planning.plans.list({ limit: 10 })).plans).toHaveLength(1);
  });

  it('of the schedule, once tonight’s shift has begun, means tomorrow’s', async () => {
    const plan = await planOf(await aCity({ at: vietnam('2026-11-22T21:00') }), { trigger: 'schedule' });
    expect(plan.serviceDate).toBe('2026-11-23');
  });

  it('of the schedule that comes again after the shift began still means that night', async () => {
    const planning = await aCity({ at: vietnam('2026-11-22T21:00') });
    const plan = await planOf(planning, { trigger: 'schedule', requestedAt: now });
    expect(plan.serviceDate).toBe('2026-11-22');
  });

  it('that the API recorded before is carried out', async () => {
    const planning = await aCity();
    const head = { planId: 'plan-x', serviceDate: '2026-11-22', trigger: 'dispatcher', requestedAt: now } as const;
    await planning.plans.request({ ...head, status: 'requested' });
    await planOf(planning);
    expect(await planning.plans.summary('plan-x')).toMatchObject({ status: 'planned', noDataCount: 1 });
  });

  it('fails for good, saying what to mend, when the registry contradicts itself', async () => {
    const planning = await aCity({ vehicles: [aTruck('lost', { depotId: 'nowhere' })] });
    const outcome = await planCollections(planning, byDispatcher);
    expect(outcome).toMatchObject({ status: 'failed', reason: expect.stringContaining('depot nowhere') });
    expect(await planning.plans.summary('plan-x')).toMatchObject({ status: 'failed' });
    expect(await planCollections(planning, byDispatcher)).toMatchObject({ status: 'already-finished' });
  });

  it('is left as requested when a store cannot answer, so that it can be tried again', async () => {
    const planning = await aCity();
    const read = () => Promise.reject(new StoreUnavailableError('throttled'));
    const throttled = { ...planning, outlookBook: { read } };
    await expect(planCollections(throttled, byDispatcher)).rejects.toThrow(StoreUnavailableError);
    expect(await planning.plans.summary('plan-x')).toMatchObject({ status: 'requested' });
    await planOf(planning);
  });
});

describe('a plan as GeoJSON', () => {
  it('has a line per route through its places and a point per stop, in order', async () => {
    const plan = await planOf(await aCity());
    const { features } = planToGeoJson(plan);
    const [line, ...points] = features;
    expect(line?.geometry.type).toBe('LineString');
    expect(line?.geometry.coordinates).toHaveLength(5);
    expect(line?.geometry.coordinates[0]).toEqual([106.64, 10.99]);
    expect(points.map(({ properties }) => properties.order)).toEqual([0, 1, 2, 3, 4]);
    expect(points.map(({ properties }) => properties.kind)).toEqual(['depot', 'bin', 'bin', 'disposal', 'depot']);
    expect(points[3]?.geometry.coordinates).toEqual([106.62, 11.05]);
  });
});
