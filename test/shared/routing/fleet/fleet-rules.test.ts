import { describe, expect, it } from 'vitest';
import { disposalSiteSchema } from '../../../../shared/city/entities.ts';
import { UnplannableCityError } from '../../../../shared/routing/build-problem.ts';
import { siteIdOf } from '../../../../shared/routing/fleet/problem-sites.ts';
import { trucksOfDay } from '../../../../shared/routing/fleet/ready-trucks.ts';
import { serviceDay } from '../../../../shared/routing/fleet/service-day.ts';
import { aBin, city } from '../../../support/small-city.ts';
import { aCrew, DATE, dayTruck, depot, HOUR, inTown, landfill, outOfTown, plan, reasonOf, serviceOf } from './night.ts';

const ofDay = (vehicles: Parameters<typeof trucksOfDay>[0]['vehicles'], crews = [aCrew('other', 'nobody')]) =>
  trucksOfDay({ vehicles, crews, depots: [depot] }, serviceDay(city, DATE), 0);

describe('a bin that needs equipment', () => {
  const cranes = { ...inTown, lift: 'crane' };

  it('is served by the truck that has it, however much nearer another one is', async () => {
    const vehicles = [dayTruck('cheap'), dayTruck('crane', { lifts: ['crane', 'side'], costPerKmVnd: 90_000 })];
    expect(serviceOf(await plan({ bins: [cranes], fleet: { vehicles } }), 'town')?.vehicleId).toBe('crane');
  });

  it('stays behind without, and says so', async () => {
    expect(reasonOf(await plan({ bins: [cranes] }), 'town')).toBe('no truck for it has crane');
  });

  it('finds skills in truck and crew', async () => {
    const bins = [{ ...inTown, skills: ['keys', 'hazard'] }];
    const vehicles = [dayTruck('t1', { skills: ['keys'] })];
    expect(reasonOf(await plan({ bins, fleet: { vehicles } }), 'town')).toContain('keys, hazard');
    const crews = [aCrew('c1', 't1', { skills: ['hazard'] })];
    expect(serviceOf(await plan({ bins, fleet: { vehicles, crews } }), 'town')?.vehicleId).toBe('t1');
  });
});

describe('a narrow street', () => {
  const bins = [{ ...inTown, access: { widthMetres: 2.2, grossWeightKg: 8_000 } }];
  const size = { widthMetres: 2.2, heightMetres: 3, grossWeightKg: 7_500 };

  it('takes only trucks known to be small enough', async () => {
    const vehicles = [
      dayTruck('wide', { size: { ...size, widthMetres: 2.5 } }),
      dayTruck('heavy', { size: { ...size, grossWeightKg: 16_000 } }),
      dayTruck('unmeasured', { size: { widthMetres: 2 } }),
      dayTruck('small', { size, costPerKmVnd: 90_000 }),
    ];
    expect(serviceOf(await plan({ bins, fleet: { vehicles } }), 'town')?.vehicleId).toBe('small');
    const others = vehicles.slice(0, 3);
    expect(reasonOf(await plan({ bins, fleet: { vehicles: others } }), 'town')).toContain('≤ 2.2 m ↔ ≤ 8000 kg');
  });
});

describe('crews', () => {
  const truck = dayTruck('t1', { licence: 'C' });

  it('leave a truck in its depot when none is on duty, or none may drive it', () => {
    const away = aCrew('c1', 't1', { away: [{ from: DATE, to: DATE }] });
    const offOnSunday = aCrew('c1', 't1', { weekdays: ['mon', 'sat'] });
    const loader = aCrew('c1', 't1', { members: [{ name: 'Bình', role: 'loader', licences: ['C'] }] });
    for (const crew of [away, offOnSunday])
      expect(ofDay([truck], [crew]).idle[0]?.reason).toContain('none of its crews');
    expect(ofDay([truck], [loader]).idle[0]).toMatchObject({
      vehicleId: 't1',
      reason: expect.stringContaining('licence C'),
    });
    expect(ofDay([truck], [loader, aCrew('c2', 't1')]).idle).toEqual([]);
  });

  it('bring their own shift, breaks and limits; a truck without crews keeps its own', () => {
    const own = { ...truck, breaks: [{ window: { from: '09:00', to: '10:00' }, minutes: 30 }], maxDutyMinutes: 500 };
    const [plain] = ofDay([own]).ready;
    expect(plain).toMatchObject({ shift: [5 * HOUR, 15 * HOUR], maxDutySeconds: 30_000 });
    expect(plain?.breaks).toEqual([{ window: [9 * HOUR, 10 * HOUR], seconds: 1_800 }]);
    const crew = aCrew('c1', 't1', {
      shift: { from: '22:00', to: '06:00' },
      breaks: [{ window: { from: '01:00', to: '02:00' }, minutes: 45 }],
      maxDutyMinutes: 480,
      maxDrivingMinutes: 300,
    });
    const [manned] = ofDay([own], [crew]).ready;
    expect(manned).toMatchObject({ shift: [22 * HOUR, 30 * HOUR], maxDutySeconds: 28_800, maxDrivingSeconds: 18_000 });
    // The window lies behind midnight, in the night that began on the service day.
    expect(manned?.breaks).toEqual([{ window: [25 * HOUR, 26 * HOUR], seconds: 2_700 }]);
  });
});

describe('a truck', () => {
  it('is away from the first to the last day in the workshop, and says why', () => {
    const spans = [{ from: '2026-11-20', to: DATE, reason: 'hydraulics' }];
    expect(ofDay([dayTruck('t1', { outOfService: spans })]).idle[0]).toMatchObject({
      reason: 'is out of service: hydraulics',
      reasonVi: 'đang ngừng hoạt động: hydraulics',
    });
    expect(ofDay([dayTruck('t1', { outOfService: [{ from: '2026-11-20', to: '2026-11-21' }] })]).ready).toHaveLength(1);
    expect(ofDay([dayTruck('t1', { outOfService: [{ from: '2026-11-20' }] })]).ready).toEqual([]);
  });

  it('takes its break inside the window', async () => {
    const breaks = [{ window: { from: '05:30', to: '05:40' }, minutes: 45 }];
    const { solution } = await plan({ bins: [inTown, outOfTown], fleet: { vehicles: [dayTruck('t1', { breaks })] } });
    const visit = solution.routes[0]?.visits.find(({ kind }) => kind === 'break');
    expect(visit?.serviceStartsAt).toBeGreaterThanOrEqual(5.5 * HOUR);
    expect(visit?.departsAt).toBe((visit?.serviceStartsAt ?? 0) + 2_700);
  });

  it.each([
    ['duty', { maxDutyMinutes: 60 }, 'within its shift'],
    ['driving', { maxDrivingMinutes: 40 }, 'within its shift'],
  ])('keeps to its longest time of %s', async (_, limit, reason) => {
    const outcome = await plan({ bins: [outOfTown], fleet: { vehicles: [dayTruck('t1', limit)] } });
    expect(reasonOf(outcome, 'out')).toContain(reason);
  });

  it('serves no more bins than it may', async () => {
    const bins = [inTown, outOfTown, aBin('third')];
    const outcome = await plan({ bins, fleet: { vehicles: [dayTruck('t1', { maxBins: 2 })] } });
    expect(outcome.solution.unserved).toHaveLength(1);
  });

  it('drives slower by its factor, and in the city’s slow hours', async () => {
    const usual = serviceOf(await plan({}), 'town');
    const slow = serviceOf(await plan({ fleet: { vehicles: [dayTruck('t1', { speedFactor: 0.5 })] } }), 'town');
    const early = { from: '05:00', to: '15:00', durationFactor: 3 };
    const rush = await plan({ city: { travel: { ...city.travel, slowHours: [early] } } });
    const way = (usual?.arrives ?? 0) - 5;
    expect((slow?.arrives ?? 0) - 5).toBeCloseTo(2 * way, 6);
    const [route] = rush.solution.routes;
    expect(route?.drivingSeconds).toBeGreaterThan(2.9 * ((await plan({})).solution.routes[0]?.drivingSeconds ?? 0));
  });
});

describe('sorted waste', () => {
  const bins = [inTown, aBin('food', { stream: 'food', position: inTown.position })];
  const emptyings = ({ solution }: Awaited<ReturnType<typeof plan>>): number =>
    solution.routes.flatMap(({ visits }) => visits).filter(({ kind }) => kind === 'disposal').length;

  it('never rides together, unless the city lets two streams', async () => {
    expect(emptyings(await plan({ bins }))).toBe(2);
    expect(emptyings(await plan({ bins, city: { mixableStreams: [['food', 'other']] } }))).toBe(1);
  });
});

describe('a disposal site', () => {
  const site = (more: object) => disposalSiteSchema.parse({ ...landfill, ...more });
  const emptying = async (more: object) => {
    const { solution, problem } = await plan({ fleet: { disposalSites: [site(more)] } });
    const visit = solution.routes[0]?.visits.find(({ kind }) => kind === 'disposal');
    return { visit, solution, problem };
  };

  it('is visited in its opening hours', async () => {
    const { visit } = await emptying({ opening: [{ from: '10:00', to: '11:00' }] });
    expect(visit?.serviceStartsAt).toBeGreaterThanOrEqual(10 * HOUR);
  });

  it('costs its queue at the hour of arrival, and keeps its own name', async () => {
    const queue = [
      { from: '04:00', to: '14:00', minutes: 50 },
      { from: '05:00', to: '06:00', minutes: 90 },
    ];
    const { visit, problem } = await emptying({ queue, opening: [{ from: '00:00', to: '13:00' }] });
    const starts = visit?.serviceStartsAt ?? 0;
    const minutesInLine = starts < 6 * HOUR ? 90 : 50;
    expect((visit?.departsAt ?? 0) - starts).toBe(600 + 60 * minutesInLine);
    expect(problem.disposalSites.map(({ id }) => siteIdOf(id))).toEqual(problem.disposalSites.map(() => 'landfill'));
    expect(problem.disposalSites[0]?.id).toBe('landfill');
    expect(new Set(problem.disposalSites.map(({ unloadSeconds }) => unloadSeconds))).toEqual(
      new Set([600, 3_600, 6_000]),
    );
  });

  it('is paid by visit and by weight', async () => {
    const { solution } = await emptying({ costPerVisitVnd: 50_000, costPerKgVnd: 100 });
    // 90 % of 3,000 litres at 0.2 kg a litre.
    expect(solution.cost.disposal).toBeCloseTo(50_000 + 100 * 540, 6);
  });

  it('that is closed on the day is not used; where all are, nobody plans trucks that keep their loads', async () => {
    const far = disposalSiteSchema.parse({ ...landfill, id: 'far', position: { latitude: 11.1, longitude: 106.6 } });
    const closed = site({ closed: [{ from: DATE, to: DATE }] });
    const { solution } = await plan({ fleet: { disposalSites: [closed, far] } });
    const visited = solution.routes.flatMap(({ visits }) =>
      visits.flatMap((visit) => (visit.kind === 'disposal' ? visit.disposalId : [])),
    );
    expect(visited).toEqual(['far']);
    const closedForDays = site({ closed: [{ from: '2026-11-20', to: '2026-11-24' }] });
    await expect(plan({ fleet: { disposalSites: [closedForDays] } })).rejects.toThrow(UnplannableCityError);
  });
});
