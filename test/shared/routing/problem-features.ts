import type {
  CollectionProblem,
  ProblemDisposal,
  ProblemStop,
  ProblemVehicle,
} from '../../../shared/routing/problem.ts';

/** What a collection problem can ask for, one by one: whether it does, and the same problem without it. */
export type Feature = {
  readonly isUsed: (problem: CollectionProblem) => boolean;
  readonly remove: (problem: CollectionProblem) => CollectionProblem;
};

/** Members to take away, by the list they stand in; `problem` for the problem's own. */
type Members = {
  readonly vehicles?: readonly (keyof ProblemVehicle)[];
  readonly stops?: readonly (keyof ProblemStop)[];
  readonly disposalSites?: readonly (keyof ProblemDisposal)[];
  readonly problem?: readonly (keyof CollectionProblem)[];
};

const without = <T extends object>(item: T, members: readonly (keyof T)[] = []): T => {
  const rest = { ...item };
  for (const member of members) delete rest[member];
  return rest;
};

const has = <T extends object>(item: T, members: readonly (keyof T)[] = []): boolean =>
  members.some((member) => {
    const value = item[member];
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });

const optional = (members: Members): Feature => ({
  isUsed: (problem) =>
    problem.vehicles.some((vehicle) => has(vehicle, members.vehicles)) ||
    problem.stops.some((stop) => has(stop, members.stops)) ||
    problem.disposalSites.some((site) => has(site, members.disposalSites)) ||
    has(problem, members.problem),
  remove: (problem) => ({
    ...without(problem, members.problem),
    vehicles: problem.vehicles.map((vehicle) => without(vehicle, members.vehicles)),
    stops: problem.stops.map((stop) => without(stop, members.stops)),
    disposalSites: problem.disposalSites.map((site) => without(site, members.disposalSites)),
  }),
});

const ofVehicles = (
  isUsed: (vehicle: ProblemVehicle) => boolean,
  change: (vehicle: ProblemVehicle) => ProblemVehicle,
): Feature => ({
  isUsed: (problem) => problem.vehicles.some(isUsed),
  remove: (problem) => ({ ...problem, vehicles: problem.vehicles.map(change) }),
});

/** What stops load in units stays: without a bound it matters to nobody. */
const units = ofVehicles(
  ({ capacity }) => capacity.units !== undefined,
  (vehicle) => ({ ...vehicle, capacity: without(vehicle.capacity, ['units']) }),
);

export const features = {
  stopWindows: optional({ stops: ['windows'] }),
  siteWindows: optional({ disposalSites: ['windows'] }),
  zones: optional({ stops: ['zone'], vehicles: ['zones'], problem: ['zones'] }),
  streams: optional({ vehicles: ['streams'], disposalSites: ['streams'] }),
  mixableStreams: optional({ problem: ['mixableStreams'] }),
  lifts: optional({ stops: ['lift'], vehicles: ['lifts'] }),
  skills: optional({ stops: ['skills'], vehicles: ['skills'] }),
  vehicleLocks: optional({ stops: ['vehicleId'] }),
  units,
  compaction: optional({ vehicles: ['compactionRatio'] }),
  releases: optional({ stops: ['releaseTime'] }),
  prizes: optional({ stops: ['prize'] }),
  priorities: optional({ stops: ['priority'] }),
  maxDuty: optional({ vehicles: ['maxDutySeconds'] }),
  maxDriving: optional({ vehicles: ['maxDrivingSeconds'] }),
  maxStops: optional({ vehicles: ['maxStops'] }),
  maxLitres: optional({ vehicles: ['maxLitresPerShift'] }),
  // A break that was taken stays: nobody takes one that is not in the vehicle's day.
  breaks: ofVehicles(
    ({ breaks, done = [] }) => breaks.length > 0 && !done.some(({ kind }) => kind === 'break'),
    (vehicle) => (vehicle.done?.some(({ kind }) => kind === 'break') ? vehicle : { ...vehicle, breaks: [] }),
  ),
  timeCost: ofVehicles(
    ({ costPerSecond }) => costPerSecond > 0,
    (vehicle) => ({ ...vehicle, costPerSecond: 0 }),
  ),
  openEnds: ofVehicles(
    ({ endLocation }) => endLocation === null,
    (vehicle) => ({ ...vehicle, endLocation: vehicle.endLocation ?? vehicle.startLocation }),
  ),
  speedFactor: optional({ vehicles: ['speedFactor'] }),
  travelProfiles: optional({ vehicles: ['travelProfile'], problem: ['travelProfiles'] }),
  weightPrice: optional({ disposalSites: ['costPerKg'] }),
  balance: optional({ problem: ['balance'] }),
  published: optional({ problem: ['published'] }),
  done: optional({ vehicles: ['done'] }),
  committed: optional({ vehicles: ['committed'] }),
} as const satisfies Readonly<Record<string, Feature>>;

export type FeatureName = keyof typeof features;

export const featureNames = Object.keys(features) as readonly FeatureName[];

/** The problem without what these features ask for. */
export const withoutFeatures = (problem: CollectionProblem, names: readonly FeatureName[]): CollectionProblem =>
  names.reduce((rest, name) => features[name].remove(rest), problem);
