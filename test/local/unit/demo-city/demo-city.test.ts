import { describe, expect, it } from 'vitest';
import { demoCity, seedDemoCity } from '../../../../local/demo-city/demo-city.ts';
import { neighbourhoods, wards } from '../../../../local/demo-city/places.ts';
import { entitySchemas } from '../../../../shared/city/entities.ts';
import { buildProblem } from '../../../../shared/routing/build-problem.ts';
import { checkSolution } from '../../../../shared/routing/checker.ts';
import { solve } from '../../../../shared/routing/solver/solve.ts';
import { greatCircleTravelTimes } from '../../../../shared/routing/travel/great-circle.ts';
import { eventsBetween } from '../../../../shared/waste/policy/event-bins.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';

const demo = demoCity();

describe('the demo city', () => {
  it('is the same at every call', () => expect(demoCity()).toEqual(demo));

  it('has the parts that its description promises', () => {
    expect(demo.city).toMatchObject({ id: 'thu-dau-mot', timeZone: 'Asia/Ho_Chi_Minh' });
    expect(demo.bins).toHaveLength(124);
    expect(demo.stations.filter(({ kind }) => kind === 'air')).toHaveLength(8);
    expect(demo.stations.filter(({ kind }) => kind === 'water')).toHaveLength(4);
    expect(demo.sensors).toHaveLength(136);
    expect(demo.depots).toHaveLength(2);
    expect(demo.disposalSites).toHaveLength(1);
    expect(demo.vehicles).toHaveLength(6);
    expect(new Set(demo.vehicles.map(({ type }) => type)).size).toBe(2);
  });

  it('holds only what the registry accepts, unchanged', () => {
    for (const bin of demo.bins) expect(entitySchemas.bin.parse(bin)).toEqual(bin);
    for (const station of demo.stations) expect(entitySchemas.station.parse(station)).toEqual(station);
    for (const sensor of demo.sensors) expect(entitySchemas.sensor.parse(sensor)).toEqual(sensor);
    for (const depot of demo.depots) expect(entitySchemas.depot.parse(depot)).toEqual(depot);
    for (const site of demo.disposalSites) expect(entitySchemas['disposal-site'].parse(site)).toEqual(site);
    for (const vehicle of demo.vehicles) expect(entitySchemas.vehicle.parse(vehicle)).toEqual(vehicle);
    for (const crew of demo.crews) expect(entitySchemas.crew.parse(crew)).toEqual(crew);
    for (const zone of demo.zones) expect(entitySchemas.zone.parse(zone)).toEqual(zone);
    for (const day of demo.specialDays) expect(entitySchemas['special-day'].parse(day)).toEqual(day);
    for (const event of demo.specialEvents) expect(entitySchemas['special-event'].parse(event)).toEqual(event);
    expect(entitySchemas.city.parse(demo.city)).toEqual(demo.city);
  });

  it('has a market every Sunday, with the bins of its streets', () => {
    const from = Date.UTC(2026, 10, 23);
    const events = eventsBetween(demo.specialEvents, demo.bins, demo.city.timeZone, from, from + 7 * 86_400_000);
    expect(events).toMatchObject([{ eventId: 'sunday-market', from: Date.parse('2026-11-29T05:00:00+07:00') }]);
    expect(events[0]?.binIds.size).toBeGreaterThan(5);
    expect(events[0]?.binIds.size).toBeLessThan(40);
  });

  it('has no id or name twice', () => {
    const places = [...demo.bins, ...demo.stations, ...demo.depots, ...demo.disposalSites];
    expect(new Set(places.map(({ id }) => id)).size).toBe(places.length);
    expect(new Set(demo.bins.map(({ name }) => name)).size).toBe(demo.bins.length);
    expect(new Set(demo.sensors.map(({ id }) => id)).size).toBe(demo.sensors.length);
  });

  it('puts four bins at the crossing of Đinh Bộ Lĩnh and Bạch Đằng, within a few steps', () => {
    const crossing = demo.bins.filter(({ name }) => name.startsWith('Đinh Bộ Lĩnh – Bạch Đằng'));
    expect(crossing).toHaveLength(4);
    for (const { position } of crossing) {
      expect(Math.abs(position.latitude - 10.981)).toBeLessThan(0.0003);
      expect(Math.abs(position.longitude - 106.651)).toBeLessThan(0.0003);
    }
  });

  it('puts bins and stations inside their ward and says that nobody surveyed them', () => {
    for (const place of [...demo.bins, ...demo.stations]) {
      const ward = wards.find(({ name }) => name === place.ward);
      expect(ward, place.name).toBeDefined();
      expect(place.position.latitude).toBeGreaterThanOrEqual(ward?.south ?? 90);
      expect(place.position.latitude).toBeLessThanOrEqual(ward?.north ?? -90);
      expect(place.position.longitude).toBeGreaterThanOrEqual(ward?.west ?? 180);
      expect(place.position.longitude).toBeLessThanOrEqual(ward?.east ?? -180);
      expect(place.positionApproximate).toBe(true);
    }
    expect(new Set(demo.bins.map(({ ward }) => ward)).size).toBe(wards.length);
  });

  it('gathers bins around neighbourhoods instead of strewing them', () => {
    const near = demo.bins.filter(({ position }) =>
      neighbourhoods.some(
        ({ centre }) =>
          Math.hypot(position.latitude - centre.latitude, position.longitude - centre.longitude) < 1_500 / 111_320,
      ),
    );
    expect(near.length / demo.bins.length).toBeGreaterThan(0.9);
  });

  it('sorts waste into the three streams of the law, in containers of 3 to 5 m³', () => {
    expect(new Set(demo.bins.map(({ stream }) => stream))).toEqual(new Set(['recyclable', 'food', 'other']));
    for (const { container } of demo.bins) {
      expect(container.capacityLitres).toBeGreaterThanOrEqual(3_000);
      expect(container.capacityLitres).toBeLessThanOrEqual(5_000);
    }
  });

  it('gives each bin and station one sensor, and each truck a depot that exists', () => {
    const sites = [...demo.bins, ...demo.stations].map(({ id }) => id).sort();
    expect(demo.sensors.map(({ siteId }) => siteId).sort()).toEqual(sites);
    const depotIds = demo.depots.map(({ id }) => id);
    for (const { depotId } of demo.vehicles) expect(depotIds).toContain(depotId);
  });
});

/** The optimizer's problem of a night on which one bin in so many is to be collected. */
const night = async (oneIn: number) => {
  const problem = await buildProblem({
    city: demo.city,
    serviceDate: '2026-11-23',
    notBefore: 0,
    bins: demo.bins.filter((_, index) => index % oneIn === 0).map((bin) => ({ bin, expectedFraction: 0.9 })),
    fleet: demo,
    travelTimes: greatCircleTravelTimes(demo.city.travel),
  });
  if (problem === undefined) throw new Error('the demo city has trucks');
  return problem;
};

describe('the demo city’s rules', () => {
  it('hold its large trucks out of the inner city until nine, and out of the lanes', async () => {
    const { zones = [], vehicles, stops } = await night(1);
    const held = zones.flatMap(({ windowsFor = [] }) => windowsFor.flatMap(({ vehicleIds }) => vehicleIds));
    expect(new Set(held)).toEqual(new Set(['truck-1', 'truck-2', 'truck-4']));
    expect(stops.filter(({ zone }) => zone !== undefined).length).toBeGreaterThan(15);
    const lanes = stops.flatMap(({ skills = [] }) => skills);
    expect(lanes.length).toBeGreaterThan(0);
    for (const { id, skills = [] } of vehicles) {
      expect(
        lanes.every((lane) => skills.includes(lane)),
        id,
      ).toBe(!held.includes(id));
    }
  });

  it('still let all bins of a usual night be served, by the checker’s word', async () => {
    const problem = await night(3);
    const solution = solve(problem, { seed: 1, iterations: 1_500 });
    expect(checkSolution(problem, solution).faults).toEqual([]);
    expect(solution.unserved).toEqual([]);
    for (const { visits } of solution.routes) expect(visits.some(({ kind }) => kind === 'break')).toBe(true);
  });
});

describe('seeding the demo city', () => {
  it('fills an empty registry', async () => {
    const registry = memoryRegistry();
    expect(await seedDemoCity(registry)).toBe(true);
    expect(await registry.list('bin')).toHaveLength(124);
    expect(await registry.list('vehicle')).toHaveLength(6);
    expect(await registry.get('city', 'thu-dau-mot')).toEqual(demo.city);
  });

  it('never overwrites what a dispatcher changed or removed', async () => {
    const registry = memoryRegistry();
    await seedDemoCity(registry);
    const [bin] = await registry.list('bin');
    if (bin === undefined) throw new Error('the demo city has bins');
    await registry.put('bin', { ...bin, name: 'Đã dời' });
    await registry.remove('vehicle', 'truck-6');
    expect(await seedDemoCity(registry)).toBe(false);
    expect((await registry.get('bin', bin.id))?.name).toBe('Đã dời');
    expect(await registry.list('vehicle')).toHaveLength(5);
  });
});
