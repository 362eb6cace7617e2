import type { CollectionProblem } from '../../problem.ts';
import { dayAhead } from './day-before.ts';
import { type DisposalPlace, type Model, UNREACHABLE, type Windows } from './model.ts';
import { nearestStops } from './neighbours.ts';
import { closeUnknownWays, flattenMatrix, type Matrix, numberPlaces, type Places } from './places.ts';
import { compileType, splitVehicles, type VehicleType } from './vehicle-type.ts';
import { weighWays } from './weights.ts';
import { bothOf, flattenWindows } from './windows.ts';

type Streams = { readonly names: readonly string[]; readonly bit: (stream: string) => number };

const numberStreams = (problem: CollectionProblem): Streams => {
  const names = [...new Set(problem.stops.map((stop) => stop.stream))];
  const bits = new Map(names.map((name, index) => [name, 2 ** index]));
  return { names, bit: (stream) => bits.get(stream) ?? 0 };
};

/** Bits of the streams that must not be on board together with this one. */
const conflictsOf = (problem: CollectionProblem, streams: Streams, stream: string): number => {
  const friends = (problem.mixableStreams ?? []).flatMap(([a, b]) => (a === stream ? b : b === stream ? a : []));
  return streams.names
    .filter((other) => other !== stream && !friends.includes(other))
    .reduce((bits, other) => bits | streams.bit(other), 0);
};

const columnOf = (matrix: Matrix, size: number, column: number): Matrix => {
  const values = matrix instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
  for (let row = 0; row < size; row += 1) values[row] = matrix[row * size + column] as number;
  return values;
};

const compileSites = (
  problem: CollectionProblem,
  streams: Streams,
  places: Places,
  ways: Ways,
): readonly DisposalPlace[] =>
  problem.disposalSites.map((site, index) => ({
    id: site.id,
    place: places.firstSite + index,
    costPerVisit: site.costPerVisit,
    costPerKg: site.costPerKg ?? 0,
    metresTo: columnOf(ways.distance, places.count, places.firstSite + index),
    secondsTo: columnOf(ways.duration, places.count, places.firstSite + index),
    accepts: (site.streams ?? streams.names).reduce((bits, stream) => bits | streams.bit(stream), 0),
  }));

/** For a vehicle that some zones hold otherwise than most, or for all others. */
const compileWindows = (problem: CollectionProblem, places: Places, vehicleId?: string): Windows => {
  const zones = new Map(
    problem.zones?.map(({ id, windows, windowsFor }) => {
      const own = windowsFor?.find(({ vehicleIds }) => vehicleId !== undefined && vehicleIds.includes(vehicleId));
      return [id, own?.windows ?? windows];
    }),
  );
  const stops = problem.stops.map((stop) => bothOf(stop.windows, zones.get(stop.zone ?? '')));
  const depots = Array.from({ length: places.firstSite - stops.length }, () => undefined);
  const sites = problem.disposalSites.map((site) => bothOf(site.windows, undefined));
  return flattenWindows([...stops, ...depots, ...sites, undefined]);
};

const serviceTimes = (problem: CollectionProblem, places: Places): Float64Array => {
  const service = new Float64Array(places.count);
  problem.stops.forEach((stop, place) => {
    service[place] = stop.serviceSeconds;
  });
  problem.disposalSites.forEach((site, index) => {
    service[places.firstSite + index] = site.unloadSeconds;
  });
  return service;
};

const mostOf = (values: Matrix): number => {
  let most = 0;
  for (const value of values) if (value < UNREACHABLE && value > most) most = value;
  return most;
};

const reaches = (distance: Matrix): boolean => {
  for (const metres of distance) if (metres >= UNREACHABLE) return false;
  return true;
};

/**
 * Dearer than serving any stop alone, by far, and than all prizes together, so that annealing never trades a stop that must be
 * served for a detour or for stops that need not be.
 */
const mandatoryPenalty = (problem: CollectionProblem, types: readonly VehicleType[], ways: Ways): number => {
  const longest = mostOf(ways.distance);
  const slowest = mostOf(ways.duration);
  const dearestSite = problem.disposalSites.reduce((most, site) => Math.max(most, site.costPerVisit), 0);
  const dearestKg = problem.disposalSites.reduce((most, site) => Math.max(most, site.costPerKg ?? 0), 0);
  const heaviest = problem.stops.reduce((most, stop) => Math.max(most, stop.load.kg), 0);
  const dearest = types.reduce((most, type) => {
    const day = Math.min(type.shiftTo - type.leavesFrom, UNREACHABLE);
    const timeCost = type.costPerSecond > 0 ? type.costPerSecond * Math.min(day, 4 * slowest * type.pace + day) : 0;
    const cost = type.fixedCost + 4 * type.costPerMetre * longest + timeCost + type.balanceCost * day * day;
    return Math.max(most, cost);
  }, 1);
  const prizes = problem.stops.reduce((sum, stop) => sum + (stop.prize ?? 0), 0);
  return prizes + 10 * (dearest + 2 * dearestSite + dearestKg * heaviest + (problem.published?.costPerMovedStop ?? 0));
};

/** Whether no route, however long, could break anything but a capacity, and money is metres. */
const bindsByCapacityOnly = (
  problem: CollectionProblem,
  types: readonly VehicleType[],
  ways: Ways,
  service: Float64Array,
): boolean => {
  const slowest = mostOf(ways.duration);
  const serviceTotal = service.reduce((sum, seconds) => sum + seconds, 0);
  const stopsAreFree = problem.stops.every(
    (stop) => stop.windows === undefined && stop.zone === undefined && stop.releaseTime === undefined,
  );
  const streams = new Set(problem.stops.map((stop) => stop.stream));
  if (!stopsAreFree || !reaches(ways.distance) || streams.size > 1 || problem.disposalSites.length > 0) return false;
  if ((problem.published?.costPerMovedStop ?? 0) > 0) return false;
  const isFree = (type: VehicleType): boolean => {
    const longestRoute = slowest * type.pace * (problem.stops.length + 1) + serviceTotal;
    const hasTime = type.shiftTo - type.leavesFrom >= longestRoute && type.maxDriving === Number.POSITIVE_INFINITY;
    const isPlain = type.breaks.length === 0 && type.profile === undefined && !type.isPinned && type.paysByDetour;
    return isPlain && hasTime && type.maxDuty === Number.POSITIVE_INFINITY && type.maxStops >= problem.stops.length;
  };
  return types.every(isFree);
};

/** Whether every vehicle may serve every stop, and nothing weighs or counts. */
const doLitresDecide = (problem: CollectionProblem, types: readonly VehicleType[]): boolean =>
  problem.stops.every(({ load }) => load.kg === 0 && (load.units ?? 0) === 0) &&
  types.every((type) => !type.serves.includes(0));

const publishedTypes = (problem: CollectionProblem, types: readonly VehicleType[]): Int32Array => {
  const typeOf = new Map<string, number>();
  for (const { vehicleId, vehicleIndex, stopIds } of problem.published?.routes ?? []) {
    const type = types.findIndex(({ vehicle, indices }) => vehicle.id === vehicleId && indices.includes(vehicleIndex));
    for (const id of stopIds) typeOf.set(id, type);
  }
  return Int32Array.from(problem.stops, ({ id }) => typeOf.get(id) ?? -1);
};

const compileTypes = (
  problem: CollectionProblem,
  places: Places,
  streams: Streams,
  ways: Ways,
  windows: Windows,
): readonly VehicleType[] => {
  const stopNumber = new Map(problem.stops.map(({ id }, index) => [id, index]));
  const numbering = { stopNumber, streamBit: streams.bit, ...ways };
  const held = new Set(problem.zones?.flatMap((zone) => zone.windowsFor ?? []).flatMap(({ vehicleIds }) => vehicleIds));
  return splitVehicles(problem).map((group) => ({
    ...compileType(problem, group, dayAhead(problem, group.vehicle, places, numbering)),
    windows: held.has(group.vehicle.id) ? compileWindows(problem, places, group.vehicle.id) : windows,
  }));
};

const leastPricePerKg = ({ disposalSites }: CollectionProblem): number =>
  disposalSites.length === 0 ? 0 : Math.min(...disposalSites.map((site) => site.costPerKg ?? 0));

type Ways = { readonly distance: Matrix; readonly duration: Matrix };

const compileWays = (problem: CollectionProblem, places: Places): Ways => {
  const distance = flattenMatrix(problem.distanceMetres, places.location);
  const isSame = problem.durationSeconds === problem.distanceMetres;
  const duration = isSame ? distance : flattenMatrix(problem.durationSeconds, places.location);
  closeUnknownWays(distance, duration);
  return { distance, duration };
};

const markFixed = (stopCount: number, types: readonly VehicleType[]): Uint8Array => {
  const isFixed = new Uint8Array(stopCount);
  for (const { committed } of types) for (const stop of committed) isFixed[stop] = 1;
  return isFixed;
};

const markDone = (problem: CollectionProblem): Uint8Array => {
  const done = new Set(
    problem.vehicles.flatMap((vehicle) => vehicle.done ?? []).map((visit) => (visit.kind === 'stop' ? visit.id : '')),
  );
  return Uint8Array.from(problem.stops, ({ id }) => (done.has(id) ? 1 : 0));
};

/** Lays a valid problem out for the solver. Costs O(n² log n) time and O(n²) memory in the number of places. */
export const compileModel = (problem: CollectionProblem): Model => {
  const places = numberPlaces(problem);
  const streams = numberStreams(problem);
  const ways = compileWays(problem, places);
  const windows = compileWindows(problem, places);
  const types = compileTypes(problem, places, streams, ways, windows);
  const service = serviceTimes(problem, places);
  const stopCount = problem.stops.length;
  const mustServe = mandatoryPenalty(problem, types, ways);
  const conflicts = Int32Array.from(problem.stops, (stop) => conflictsOf(problem, streams, stop.stream));
  const hasTonnagePrice = problem.disposalSites.some((site) => (site.costPerKg ?? 0) > 0);
  const nearness = { ...ways, service, windows, stopCount, placeCount: places.count };
  // Between trips a vehicle comes by the same place at any hour: only where it has one trip are far hours far.
  const neighbours = nearestStops(nearness, problem.disposalSites.length > 0 ? 'way' : 'way and time');
  const isFixed = markFixed(stopCount, types);
  const vehicles = types.reduce((sum, type) => sum + type.indices.length, 0);
  const pinned = types.filter((type) => type.isPinned).length;
  return {
    problem,
    stopCount,
    placeCount: places.count,
    ...ways,
    ...weighWays(ways, types, places.count),
    location: places.location,
    depotOf: places.depotAt,
    litres: Float64Array.from(problem.stops, (stop) => stop.load.litres),
    kg: Float64Array.from(problem.stops, (stop) => stop.load.kg),
    units: Float64Array.from(problem.stops, (stop) => stop.load.units ?? 0),
    service,
    windows,
    stream: Int32Array.from(problem.stops, (stop) => streams.bit(stop.stream)),
    conflicts,
    release: Float64Array.from(problem.stops, (stop) => stop.releaseTime ?? 0),
    absencePenalty: Float64Array.from(problem.stops, (stop) => stop.prize ?? mustServe * (stop.priority ?? 1)),
    mustServe: Uint8Array.from(problem.stops, ({ prize }) => (prize === undefined ? 1 : 0)),
    publishedType: publishedTypes(problem, types),
    costPerMovedStop: problem.published?.costPerMovedStop ?? 0,
    types,
    sites: compileSites(problem, streams, places, ways),
    neighbours: neighbours.stops,
    neighbourGaps: neighbours.gaps,
    neighbourCount: neighbours.count,
    isFixed,
    isDone: markDone(problem),
    routeSlots: Math.min(vehicles, stopCount + pinned),
    vehicleCount: vehicles,
    mostBreaks: types.reduce((most, type) => Math.max(most, type.breaks.length), 0),
    capacityOnly: bindsByCapacityOnly(problem, types, ways, service),
    litresDecide: doLitresDecide(problem, types),
    hasReleases: problem.stops.some((stop) => (stop.releaseTime ?? 0) > 0),
    hasFixed: isFixed.includes(1),
    hasPinned: pinned > 0,
    hasWindows: [...types, { windows }].some((each) => each.windows.opens.length > 0),
    hasTonnagePrice,
    leastPricePerKg: leastPricePerKg(problem),
    hasFees: hasTonnagePrice || (problem.published?.costPerMovedStop ?? 0) > 0,
    hasConflicts: conflicts.some((bits) => bits !== 0),
    mixesStreams: (problem.mixableStreams ?? []).length > 0,
  };
};
