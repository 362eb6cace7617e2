import type { CollectionProblem, ProblemStop, ProblemVehicle } from '../../problem.ts';
import type { Breaks } from '../schedule/breaks.ts';
import { TOLERANCE, type Windows } from './model.ts';
import { compileProfile, type Profile } from './travel-profile.ts';

/**
 * Vehicles that are alike in everything. One that has a name in the published plan, or whose day has begun, is a type of its
 * own, so that it matters which of them serves a stop.
 */
export type VehicleType = {
  readonly vehicle: ProblemVehicle;
  /** `vehicleIndex` of each of the alike. */
  readonly indices: readonly number[];
  readonly startPlace: number;
  readonly endPlace: number;
  /** Of loose waste. */
  readonly litres: number;
  readonly kg: number;
  readonly units: number;
  /** Earliest that what is still open of its day can begin. */
  readonly leavesFrom: number;
  readonly shiftTo: number;
  readonly maxDuty: number;
  readonly maxDriving: number;
  readonly maxStops: number;
  readonly maxLitres: number;
  /** The smaller of both: what it may load in a shift without emptying. */
  readonly mostLitres: number;
  /** Still to be taken, by when they must start. */
  readonly breaks: Breaks;
  /** When service may start at each place, for this vehicle. */
  readonly windows: Windows;
  /** By stop: 1 where stream, load, lift, skills and zone suit this vehicle. */
  readonly serves: Uint8Array;
  /** Seconds that a second of the matrix takes. */
  readonly pace: number;
  readonly profile: Profile | undefined;
  readonly fixedCost: number;
  readonly costPerMetre: number;
  readonly costPerSecond: number;
  /** What a unit of the model's weights costs this vehicle, roughly where seconds cost something. */
  readonly costPerWeight: number;
  /** Per second of the day, squared. */
  readonly balanceCost: number;
  /** Money does not depend on the clock: an insertion costs its detour. */
  readonly paysByDetour: boolean;
  /** And what the clock forbids is known without driving the route: no longest day, no longest time at the wheel. */
  readonly isPricedByDetour: boolean;
  readonly dayBefore: DayBefore;
  /** It drives whether or not stops are left for it. */
  readonly isPinned: boolean;
  /** Stops that it serves first, by number. */
  readonly committed: Int32Array;
};

/** What lies behind a vehicle when the plan begins; nothing for one in its depot. */
export type DayBefore = {
  readonly hasBegun: boolean;
  /** A trip has left with something on board; otherwise the next one can still be held back. */
  readonly isUnderWay: boolean;
  readonly litres: number;
  readonly kg: number;
  readonly units: number;
  /** Bits of the streams on board. */
  readonly streams: number;
  /** When the trip under way left. */
  readonly departed: number;
  readonly driving: number;
  readonly stops: number;
  readonly litresHandled: number;
  /** Metres and disposal: money spent. */
  readonly cost: number;
};

export const newDay = (leavesFrom: number): DayBefore => ({
  hasBegun: false,
  isUnderWay: false,
  litres: 0,
  kg: 0,
  units: 0,
  streams: 0,
  departed: leavesFrom,
  driving: 0,
  stops: 0,
  litresHandled: 0,
  cost: 0,
});

const SECONDS_PER_HOUR = 3_600;
const UNBOUNDED = Number.POSITIVE_INFINITY;

/** Whether a vehicle may serve a stop at all, whatever the time and the rest of its route. A new requirement goes here. */
export const maySuit = (vehicle: ProblemVehicle, stop: ProblemStop): boolean =>
  suitsStream(vehicle, stop) && suitsEquipment(vehicle, stop) && suitsPlace(vehicle, stop) && suitsLoad(vehicle, stop);

export const suitsStream = ({ streams }: ProblemVehicle, { stream }: ProblemStop): boolean =>
  streams === undefined || streams.includes(stream);

export const suitsEquipment = ({ lifts = [], skills = [] }: ProblemVehicle, stop: ProblemStop): boolean =>
  (stop.lift === undefined || lifts.includes(stop.lift)) &&
  (stop.skills ?? []).every((skill) => skills.includes(skill));

export const suitsPlace = (vehicle: ProblemVehicle, { zone, vehicleId }: ProblemStop): boolean =>
  (zone === undefined || vehicle.zones === undefined || vehicle.zones.includes(zone)) &&
  (vehicleId === undefined || vehicleId === vehicle.id);

export const suitsLoad = ({ capacity, compactionRatio = 1 }: ProblemVehicle, { load }: ProblemStop): boolean =>
  load.litres <= capacity.litres * compactionRatio + TOLERANCE &&
  load.kg <= capacity.kg + TOLERANCE &&
  (load.units ?? 0) <= (capacity.units ?? UNBOUNDED) + TOLERANCE;

/** Vehicles by what tells them apart: one entry of the problem, or one vehicle of it that the published plan names. */
export const splitVehicles = (
  problem: CollectionProblem,
): readonly { readonly vehicle: ProblemVehicle; readonly indices: readonly number[] }[] => {
  const named = new Set(problem.published?.routes.map((route) => `${route.vehicleId} ${route.vehicleIndex}`));
  return problem.vehicles.flatMap((vehicle) => {
    const all = Array.from({ length: vehicle.count }, (_, index) => index);
    const known = all.filter((index) => named.has(`${vehicle.id} ${index}`));
    const alike = all.filter((index) => !known.includes(index));
    const groups = known.map((index) => [index]);
    return [...groups, ...(alike.length > 0 ? [alike] : [])].map((indices) => ({ vehicle, indices }));
  });
};

export type DayAhead = {
  readonly startPlace: number;
  readonly endPlace: number;
  readonly leavesFrom: number;
  readonly breaksTaken: number;
  readonly committed: Int32Array;
  readonly before: DayBefore;
};

export const compileType = (
  problem: CollectionProblem,
  { vehicle, indices }: { readonly vehicle: ProblemVehicle; readonly indices: readonly number[] },
  day: DayAhead,
): Omit<VehicleType, 'windows'> => {
  const { capacity, compactionRatio = 1 } = vehicle;
  const profile = problem.travelProfiles?.find(({ id }) => id === vehicle.travelProfile);
  const balanceCost = (problem.balance?.costPerHourSquared ?? 0) / SECONDS_PER_HOUR ** 2;
  const litres = capacity.litres * compactionRatio + TOLERANCE;
  const maxLitres = (vehicle.maxLitresPerShift ?? UNBOUNDED) - day.before.litresHandled + TOLERANCE;
  const paysByDetour = vehicle.costPerSecond === 0 && balanceCost === 0;
  return {
    vehicle,
    indices,
    startPlace: day.startPlace,
    endPlace: day.endPlace,
    litres,
    kg: capacity.kg + TOLERANCE,
    units: (capacity.units ?? UNBOUNDED) + TOLERANCE,
    leavesFrom: day.leavesFrom,
    shiftTo: vehicle.shift[1] + TOLERANCE,
    maxDuty: (vehicle.maxDutySeconds ?? UNBOUNDED) + TOLERANCE,
    maxDriving: (vehicle.maxDrivingSeconds ?? UNBOUNDED) - day.before.driving + TOLERANCE,
    maxStops: (vehicle.maxStops ?? UNBOUNDED) - day.before.stops,
    maxLitres,
    mostLitres: Math.min(litres, maxLitres),
    breaks: vehicle.breaks
      .map(({ window, seconds }) => ({ from: window[0], to: window[1] + TOLERANCE, seconds }))
      .sort((a, b) => a.from - b.from)
      .filter(({ to }) => to >= vehicle.shift[0])
      .slice(day.breaksTaken),
    serves: Uint8Array.from(problem.stops, (stop) => (maySuit(vehicle, stop) ? 1 : 0)),
    pace: 1 / (vehicle.speedFactor ?? 1),
    profile: profile && compileProfile(profile.slots),
    fixedCost: vehicle.fixedCost + day.before.cost,
    costPerMetre: vehicle.costPerMetre,
    costPerSecond: vehicle.costPerSecond,
    balanceCost,
    costPerWeight: vehicle.costPerMetre > 0 ? vehicle.costPerMetre : vehicle.costPerSecond,
    paysByDetour,
    isPricedByDetour: paysByDetour && vehicle.maxDutySeconds === undefined && vehicle.maxDrivingSeconds === undefined,
    dayBefore: day.before,
    isPinned: day.before.hasBegun || day.committed.length > 0,
    committed: day.committed,
  };
};
