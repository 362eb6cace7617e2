import type { CollectionProblem, ProblemVehicle } from '../../shared/routing/problem.ts';
import { euclidean, type Instance, matrixOf, type Point, totalDistance } from './instance.ts';

/**
 * Reads `.vrp` files: TSPLIB's CVRP as CVRPLIB uses it, and the dialect of PyVRP's instance collection for time windows, several
 * kinds of vehicles, reloading and release times. Each type has its convention for distances:
 *
 * - CVRP: rounded to the nearest integer (Uchoa et al. 2017).
 * - VRPTW and MTVRPTWR: truncated to one decimal (12th DIMACS Implementation Challenge); tenths are the unit inside, and
 *   published costs are in units for VRPTW, in tenths for MTVRPTWR.
 * - HFVRP: not rounded; costs per distance and fixed costs are in hundredths (Pessoa, Sadykov and Uchoa 2018).
 */
type Sections = {
  readonly fields: ReadonlyMap<string, string>;
  readonly rows: (name: string) => readonly (readonly number[])[];
};

const parseSections = (text: string): Sections => {
  const fields = new Map<string, string>();
  const sections = new Map<string, number[][]>();
  let current: number[][] | undefined;
  for (const line of text.split(/\r?\n/).map((raw) => raw.trim())) {
    const field = /^([A-Z_]+)\s*:\s*(.*)$/.exec(line);
    const section = /^([A-Z_]+_SECTION)\b/.exec(line);
    if (section !== null) {
      current = [];
      sections.set(section[1] ?? '', current);
    } else if (field !== null) {
      fields.set(field[1] ?? '', (field[2] ?? '').replaceAll('"', '').trim());
    } else if (line !== '' && line !== 'EOF') {
      current?.push(line.split(/\s+/).map(Number));
    }
  }
  return { fields, rows: (name) => sections.get(name) ?? [] };
};

const numberField = ({ fields }: Sections, name: string): number | undefined => {
  const value = fields.get(name);
  return value === undefined ? undefined : Number.parseFloat(value);
};

/** Second column of a section whose first column counts from 1; `fallback` where it is absent. */
const column = (sections: Sections, name: string, length: number, fallback: number): number[] => {
  const values = Array.from({ length }, () => fallback);
  for (const [index = 0, value = fallback] of sections.rows(name)) values[index - 1] = value;
  return values;
};

type Convention = {
  readonly distance: (a: Point, b: Point) => number;
  readonly timeScale: number;
  readonly costScale: number;
};

const TENTHS = (a: Point, b: Point): number => Math.floor(10 * euclidean(a, b));

const conventions: Readonly<Record<string, Convention>> = {
  CVRP: { distance: (a, b) => Math.floor(euclidean(a, b) + 0.5), timeScale: 1, costScale: 1 },
  VRPTW: { distance: TENTHS, timeScale: 10, costScale: 0.1 },
  MTVRPTWR: { distance: TENTHS, timeScale: 10, costScale: 1 },
  HFVRP: { distance: euclidean, timeScale: 1, costScale: 0.01 },
};

const NO_END = 1e8;

type Parsed = {
  readonly sections: Sections;
  readonly dimension: number;
  readonly depot: number;
  readonly convention: Convention;
  readonly windows: readonly (readonly [number, number] | undefined)[];
};

const parseWindows = (sections: Sections, dimension: number, scale: number): Parsed['windows'] => {
  const windows: ([number, number] | undefined)[] = Array.from({ length: dimension });
  for (const [index = 0, from = 0, to = 0] of sections.rows('TIME_WINDOW_SECTION')) {
    windows[index - 1] = [from * scale, to * scale];
  }
  return windows;
};

/** Vehicles that are alike in everything become one type with a count. */
const parseVehicles = ({ sections, dimension, depot, windows }: Parsed): ProblemVehicle[] => {
  const count = numberField(sections, 'VEHICLES') ?? dimension - 1;
  const capacities = column(sections, 'CAPACITY_SECTION', count, numberField(sections, 'CAPACITY') ?? NO_END);
  const fixedCosts = column(sections, 'VEHICLES_FIXED_COST_SECTION', count, 0);
  const unitCosts = column(sections, 'VEHICLES_UNIT_DISTANCE_COST_SECTION', count, Number.NaN);
  const fleetUnitCost = sections.fields.get('TYPE') === 'HFVRP' ? 100 : 1;
  const types = new Map<string, ProblemVehicle>();
  capacities.forEach((litres, index) => {
    const fixedCost = fixedCosts[index] ?? 0;
    const unitCost = unitCosts[index] ?? Number.NaN;
    const costPerMetre = Number.isNaN(unitCost) ? fleetUnitCost : unitCost;
    const type = `${litres}/${fixedCost}/${costPerMetre}`;
    types.set(type, {
      id: type,
      type,
      count: (types.get(type)?.count ?? 0) + 1,
      startLocation: depot,
      endLocation: depot,
      capacity: { litres, kg: 0 },
      shift: [...(windows[depot] ?? [0, NO_END])] as [number, number],
      fixedCost,
      costPerMetre,
      costPerSecond: 0,
      breaks: [],
    });
  });
  return [...types.values()];
};

const parseStops = ({ sections, dimension, depot, convention, windows }: Parsed): CollectionProblem['stops'] => {
  const demand = column(sections, 'DEMAND_SECTION', dimension, 0);
  const service = numberField(sections, 'SERVICE_TIME') ?? 0;
  const services = column(sections, 'SERVICE_TIME_SECTION', dimension, service);
  const releases = column(sections, 'RELEASE_TIME_SECTION', dimension, 0);
  const hasReleases = sections.rows('RELEASE_TIME_SECTION').length > 0;
  return demand.flatMap((litres, index) => {
    if (index === depot) return [];
    const window = windows[index];
    return {
      id: String(index),
      location: index,
      load: { litres, kg: 0 },
      serviceSeconds: (services[index] ?? 0) * convention.timeScale,
      stream: 'other',
      ...(window && { windows: [[window[0], window[1]] as [number, number]] }),
      ...(hasReleases && { releaseTime: (releases[index] ?? 0) * convention.timeScale }),
    };
  });
};

const parseDistances = ({ sections, dimension, convention }: Parsed): number[][] => {
  const kind = sections.fields.get('EDGE_WEIGHT_TYPE');
  if (kind === 'EXPLICIT' && sections.fields.get('EDGE_WEIGHT_FORMAT') === 'FULL_MATRIX') {
    const weights = sections.rows('EDGE_WEIGHT_SECTION').flat();
    return Array.from({ length: dimension }, (_, row) => weights.slice(row * dimension, (row + 1) * dimension));
  }
  if (kind !== 'EUC_2D') throw new Error(`EDGE_WEIGHT_TYPE ${kind}: only EUC_2D and an EXPLICIT FULL_MATRIX are read`);
  const points = sections.rows('NODE_COORD_SECTION').map(([, x = 0, y = 0]) => ({ x, y }));
  return matrixOf(points, convention.distance);
};

/** Depots where a vehicle may reload: in our terms, where a trip can end. */
const parseReloads = ({ sections }: Parsed): CollectionProblem['disposalSites'] =>
  [...new Set(sections.rows('VEHICLES_RELOAD_DEPOT_SECTION').flatMap((row) => row.slice(1)))].map((node) => ({
    id: String(node - 1),
    location: node - 1,
    unloadSeconds: 0,
    costPerVisit: 0,
  }));

/** @throws Error that says what in the file is not read. */
export const readVrplib = (text: string): Instance => {
  const sections = parseSections(text);
  const type = sections.fields.get('TYPE') ?? 'CVRP';
  const convention = conventions[type];
  if (convention === undefined) throw new Error(`TYPE ${type}: read are ${Object.keys(conventions).join(', ')}`);
  const dimension = numberField(sections, 'DIMENSION') ?? 0;
  const depot = (sections.rows('DEPOT_SECTION')[0]?.[0] ?? 1) - 1;
  const windows = parseWindows(sections, dimension, convention.timeScale);
  const parsed: Parsed = { sections, dimension, depot, convention, windows };
  const distances = parseDistances(parsed);
  const problem: CollectionProblem = {
    name: sections.fields.get('NAME') ?? 'unnamed',
    locations: distances.map((_, index) => ({ id: String(index) })),
    distanceMetres: distances,
    durationSeconds: distances,
    travelSource: `${type} convention`,
    vehicles: parseVehicles(parsed),
    stops: parseStops(parsed),
    disposalSites: parseReloads(parsed),
  };
  const distanceScale = type === 'VRPTW' || type === 'MTVRPTWR' ? convention.costScale : 1;
  return {
    kind: type,
    problem,
    report: (solution) => ({
      cost: solution.cost.total * convention.costScale,
      distance: totalDistance(solution) * distanceScale,
    }),
  };
};
