import type { CollectionProblem, ProblemVehicle } from '../problem.ts';
import { nearestStops } from './neighbours.ts';

/**
 * A collection problem laid out for speed: every place a vehicle can stand at is a node, stops first (0 … stopCount − 1), then
 * the vehicles' start and end places and the disposal sites; what the inner loops read lies in flat arrays indexed by node.
 */
export type Model = {
  readonly problem: CollectionProblem;
  readonly stopCount: number;
  readonly nodeCount: number;
  /** Row-major, nodeCount × nodeCount. */
  readonly distance: Float64Array;
  readonly duration: Float64Array;
  readonly litres: Float64Array;
  readonly kg: Float64Array;
  /** Service at a stop, unloading at a disposal site, by node. */
  readonly service: Float64Array;
  /** Windows of node i are `windowFirst[i]` ≤ w < `windowFirst[i + 1]`, sorted; none = any time. */
  readonly windowFirst: Int32Array;
  readonly windowOpens: Float64Array;
  readonly windowCloses: Float64Array;
  readonly stream: Int32Array;
  readonly release: Float64Array;
  /** What leaving a stop out costs: its prize, or for one that must be served more than any detour. */
  readonly absencePenalty: Float64Array;
  readonly types: readonly VehicleType[];
  readonly disposals: readonly DisposalNode[];
  /** Nearest other stops of each stop, nearest first, `neighbourCount` a row. */
  readonly neighbours: Int32Array;
  readonly neighbourCount: number;
  /** Most routes that can be open at once. */
  readonly routeSlots: number;
  /** Nothing but capacity binds, so that an insertion's cost is three matrix look-ups. */
  readonly capacityOnly: boolean;
  readonly hasReleases: boolean;
  readonly hasWindows: boolean;
};

export type VehicleType = {
  readonly vehicle: ProblemVehicle;
  readonly startNode: number;
  readonly endNode: number;
  readonly litres: number;
  readonly kg: number;
  readonly shiftFrom: number;
  readonly shiftTo: number;
  readonly maxDuty: number;
  readonly maxStops: number;
  readonly maxLitres: number;
  /** Sorted by when they must start. */
  readonly breaks: readonly { readonly from: number; readonly to: number; readonly seconds: number }[];
  /** By stop: 1 where the stop's stream and load suit this vehicle. */
  readonly serves: Uint8Array;
  /** Cost of driving i → j and serving j, without waiting; shared between types that cost the same. */
  readonly arcCost: Float64Array;
};

export type DisposalNode = {
  readonly id: string;
  readonly node: number;
  readonly costPerVisit: number;
  /** By stream index. */
  readonly accepts: Uint8Array;
};

/** Stands for "no road": longer than any shift, and still finite, so that sums of it stay numbers. */
export const UNREACHABLE = 1e9;

const TOLERANCE = 1e-6;

type Places = { readonly location: Int32Array; readonly nodeOf: (location: number) => number };

const placeNodes = (problem: CollectionProblem): Places => {
  const locations = problem.stops.map((stop) => stop.location);
  const places = new Map<number, number>();
  const add = (location: number): void => {
    if (!places.has(location)) places.set(location, locations.push(location) - 1);
  };
  for (const vehicle of problem.vehicles) {
    add(vehicle.startLocation);
    add(vehicle.endLocation);
  }
  return { location: Int32Array.from(locations), nodeOf: (location) => places.get(location) ?? -1 };
};

const flatten = (matrix: CollectionProblem['distanceMetres'], locations: Int32Array): Float64Array => {
  const size = locations.length;
  const flat = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    const row = matrix[locations[i] as number];
    for (let j = 0; j < size; j += 1) flat[i * size + j] = row?.[locations[j] as number] ?? UNREACHABLE;
  }
  return flat;
};

const flattenWindows = (windowsOfNodes: readonly (readonly (readonly [number, number])[] | undefined)[]) => {
  const first = new Int32Array(windowsOfNodes.length + 1);
  const opens: number[] = [];
  const closes: number[] = [];
  windowsOfNodes.forEach((windows, node) => {
    for (const [from, to] of [...(windows ?? [])].sort((a, b) => a[0] - b[0])) {
      opens.push(from);
      closes.push(to);
    }
    first[node + 1] = opens.length;
  });
  return { first, opens: Float64Array.from(opens), closes: Float64Array.from(closes) };
};

const servesFlags = (problem: CollectionProblem, vehicle: ProblemVehicle): Uint8Array =>
  Uint8Array.from(problem.stops, (stop) => {
    const streamFits = vehicle.streams === undefined || vehicle.streams.includes(stop.stream);
    const loadFits =
      stop.load.litres <= vehicle.capacity.litres + TOLERANCE && stop.load.kg <= vehicle.capacity.kg + TOLERANCE;
    return streamFits && loadFits ? 1 : 0;
  });

const arcCosts = (vehicle: ProblemVehicle, distance: Float64Array, duration: Float64Array, service: Float64Array) => {
  const size = service.length;
  return distance.map(
    (metres, arc) =>
      vehicle.costPerMetre * metres +
      vehicle.costPerSecond * ((duration[arc] as number) + (service[arc % size] as number)),
  );
};

const compileTypes = (
  problem: CollectionProblem,
  nodeOf: (location: number) => number,
  matrices: { distance: Float64Array; duration: Float64Array; service: Float64Array },
): readonly VehicleType[] => {
  const shared = new Map<string, Float64Array>();
  return problem.vehicles.map((vehicle) => {
    const key = `${vehicle.costPerMetre}|${vehicle.costPerSecond}`;
    const arcCost = shared.get(key) ?? arcCosts(vehicle, matrices.distance, matrices.duration, matrices.service);
    shared.set(key, arcCost);
    return {
      vehicle,
      startNode: nodeOf(vehicle.startLocation),
      endNode: nodeOf(vehicle.endLocation),
      litres: vehicle.capacity.litres + TOLERANCE,
      kg: vehicle.capacity.kg + TOLERANCE,
      shiftFrom: vehicle.shift[0],
      shiftTo: vehicle.shift[1] + TOLERANCE,
      maxDuty: (vehicle.maxDutySeconds ?? Number.POSITIVE_INFINITY) + TOLERANCE,
      maxStops: vehicle.maxStops ?? Number.POSITIVE_INFINITY,
      maxLitres: (vehicle.maxLitresPerShift ?? Number.POSITIVE_INFINITY) + TOLERANCE,
      breaks: vehicle.breaks
        .map(({ window, seconds }) => ({ from: window[0], to: window[1] + TOLERANCE, seconds }))
        .sort((a, b) => a.from - b.from),
      serves: servesFlags(problem, vehicle),
      arcCost,
    };
  });
};

/** Whether no route, however long, could break anything but a capacity. */
const bindsByCapacityOnly = (problem: CollectionProblem, duration: Float64Array, serviceTotal: number): boolean => {
  const longest = duration.reduce((most, seconds) => Math.max(most, seconds), 0);
  if (longest >= UNREACHABLE || problem.disposalSites.length > 0) return false;
  if (problem.stops.some((stop) => stop.windows !== undefined || stop.releaseTime !== undefined)) return false;
  if (new Set(problem.stops.map((stop) => stop.stream)).size > 1) return false;
  const longestRoute = longest * (problem.stops.length + 1) + serviceTotal;
  return problem.vehicles.every(
    (vehicle) =>
      vehicle.breaks.length === 0 &&
      vehicle.streams === undefined &&
      vehicle.maxStops === undefined &&
      vehicle.maxDutySeconds === undefined &&
      vehicle.shift[1] - vehicle.shift[0] >= longestRoute,
  );
};

/** Dearer than serving any stop alone, by far, so that annealing never trades a stop that must be served for a detour. */
const mandatoryPenalty = (problem: CollectionProblem, types: readonly VehicleType[]): number => {
  let dearest = 1;
  for (const { vehicle, arcCost, shiftFrom, shiftTo } of types) {
    const dearestArc = arcCost.reduce((most, cost) => (cost < UNREACHABLE ? Math.max(most, cost) : most), 0);
    const longestWait = vehicle.costPerSecond * (shiftTo - shiftFrom);
    dearest = Math.max(dearest, vehicle.fixedCost + 4 * dearestArc + longestWait);
  }
  const dearestVisit = problem.disposalSites.reduce((most, site) => Math.max(most, site.costPerVisit), 0);
  return 10 * (dearest + dearestVisit);
};

const compileDisposals = (
  problem: CollectionProblem,
  streams: readonly string[],
  firstNode: number,
): readonly DisposalNode[] =>
  problem.disposalSites.map((site, index) => ({
    id: site.id,
    node: firstNode + index,
    costPerVisit: site.costPerVisit,
    accepts: Uint8Array.from(streams, (stream) => ((site.streams?.includes(stream) ?? true) ? 1 : 0)),
  }));

/** Where one of the two matrices has no figure there is no way, whatever the other says. */
const closeUnknownArcs = (distance: Float64Array, duration: Float64Array): void => {
  for (let arc = 0; arc < distance.length; arc += 1) {
    if ((distance[arc] as number) >= UNREACHABLE) duration[arc] = UNREACHABLE;
    else if ((duration[arc] as number) >= UNREACHABLE) distance[arc] = UNREACHABLE;
  }
};

/** Lays a problem out for the solver. Costs O(n²) time and memory in the number of places. */
export const compileModel = (problem: CollectionProblem): Model => {
  const places = placeNodes(problem);
  const firstDisposal = places.location.length;
  const location = Int32Array.from([...places.location, ...problem.disposalSites.map((site) => site.location)]);
  const nodeCount = location.length;
  const stopCount = problem.stops.length;
  const distance = flatten(problem.distanceMetres, location);
  const duration =
    problem.durationSeconds === problem.distanceMetres ? distance : flatten(problem.durationSeconds, location);
  closeUnknownArcs(distance, duration);
  const service = new Float64Array(nodeCount);
  problem.stops.forEach((stop, node) => {
    service[node] = stop.serviceSeconds;
  });
  problem.disposalSites.forEach((site, index) => {
    service[firstDisposal + index] = site.unloadSeconds;
  });
  const windowsOfNodes = Array.from({ length: nodeCount }, (_, node) =>
    node < stopCount ? problem.stops[node]?.windows : problem.disposalSites[node - firstDisposal]?.windows,
  );
  const windows = flattenWindows(windowsOfNodes);
  const streams = [...new Set(problem.stops.map((stop) => stop.stream))];
  const types = compileTypes(problem, places.nodeOf, { distance, duration, service });
  const neighbours = nearestStops(distance, stopCount, nodeCount);
  const mustServe = mandatoryPenalty(problem, types);
  const serviceTotal = service.reduce((sum, seconds) => sum + seconds, 0);
  return {
    problem,
    stopCount,
    nodeCount,
    distance,
    duration,
    litres: Float64Array.from(problem.stops, (stop) => stop.load.litres),
    kg: Float64Array.from(problem.stops, (stop) => stop.load.kg),
    service,
    windowFirst: windows.first,
    windowOpens: windows.opens,
    windowCloses: windows.closes,
    stream: Int32Array.from(problem.stops, (stop) => streams.indexOf(stop.stream)),
    release: Float64Array.from(problem.stops, (stop) => stop.releaseTime ?? 0),
    absencePenalty: Float64Array.from(problem.stops, (stop) => stop.prize ?? mustServe * (stop.priority ?? 1)),
    types,
    disposals: compileDisposals(problem, streams, firstDisposal),
    neighbours: neighbours.nodes,
    neighbourCount: neighbours.count,
    routeSlots: Math.min(
      stopCount,
      problem.vehicles.reduce((sum, vehicle) => sum + vehicle.count, 0),
    ),
    capacityOnly: bindsByCapacityOnly(problem, duration, serviceTotal),
    hasReleases: problem.stops.some((stop) => (stop.releaseTime ?? 0) > 0),
    hasWindows: windows.opens.length > 0,
  };
};
