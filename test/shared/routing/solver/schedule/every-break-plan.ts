import fc from 'fast-check';
import { arrivalOf } from '../../../../../shared/routing/checker/travel-profile.ts';
import type { CollectionProblem, ProblemVehicle } from '../../../../../shared/routing/problem.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { Model } from '../../../../../shared/routing/solver/model/model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import { generatedProblem, type Shape } from '../../generated-problem.ts';
import { dice } from '../drawn-states.ts';

type Windows = readonly (readonly [number, number])[] | undefined;

/** A vehicle and the places it goes to in turn, stops and disposal sites alike. */
export type Errand = {
  readonly problem: CollectionProblem;
  readonly vehicle: ProblemVehicle;
  readonly model: Model;
  readonly type: VehicleType;
  /** Numbers of places in the model. */
  readonly places: readonly number[];
};

const visitAt = ({ problem, model, vehicle }: Errand, place: number) => {
  const stop = problem.stops[place];
  if (stop !== undefined) {
    const zone = problem.zones?.find(({ id }) => id === stop.zone);
    const own = zone?.windowsFor?.find(({ vehicleIds }) => vehicleIds.includes(vehicle.id));
    const open = own?.windows ?? zone?.windows;
    return { location: stop.location, windows: [stop.windows, open], seconds: stop.serviceSeconds };
  }
  const site = problem.disposalSites[model.sites.findIndex((each) => each.place === place)];
  if (site === undefined) throw new Error(`no visit at place ${place}`);
  return { location: site.location, windows: [site.windows], seconds: site.unloadSeconds };
};

/** The first moment from `time` that lies in a window of each list, all of which are wider by `grace` at both ends. */
const startOf = (time: number, lists: readonly Windows[], grace: number): number => {
  const closed = lists.filter((windows) => windows !== undefined && windows.length > 0) as NonNullable<Windows>[];
  const moments = [time, ...closed.flatMap((windows) => windows.map(([from]) => Math.max(time, from - grace)))];
  const isOpen = (moment: number): boolean =>
    closed.every((windows) => windows.some(([from, to]) => from - grace <= moment && moment <= to + grace));
  return Math.min(...moments.filter(isOpen), Number.POSITIVE_INFINITY);
};

const breaksOf = ({ vehicle }: Errand) =>
  vehicle.breaks.filter(({ window }) => window[1] >= vehicle.shift[0]).sort((a, b) => a.window[0] - b.window[0]);

/**
 * Whether the vehicle can go on to the visits from `next` on and home, standing at a location at a time with so many breaks
 * taken: tries on every leg no break, one before leaving and one on arrival. Bounds are wider by `grace` seconds.
 */
export const canFinish = (
  errand: Errand,
  next: number,
  location: number,
  time: number,
  taken: number,
  grace: number,
): boolean => {
  const { problem, vehicle, places } = errand;
  const breaks = breaksOf(errand);
  const slots = problem.travelProfiles?.find(({ id }) => id === vehicle.travelProfile)?.slots ?? [];
  const isHome = next === places.length;
  const visit = isHome ? undefined : visitAt(errand, places[next] as number);
  const to = visit === undefined ? vehicle.endLocation : visit.location;
  const drive = (leaves: number): number => {
    if (to === null) return leaves;
    const metres = problem.distanceMetres[location]?.[to];
    const seconds = problem.durationSeconds[location]?.[to];
    if (typeof metres !== 'number' || typeof seconds !== 'number') return Number.POSITIVE_INFINITY;
    return arrivalOf(slots, leaves, seconds / (vehicle.speedFactor ?? 1));
  };
  const rest = (from: number): number => {
    const due = breaks[taken];
    if (due === undefined) return Number.POSITIVE_INFINITY;
    const starts = Math.max(from, due.window[0] - grace);
    return starts <= due.window[1] + grace ? starts + due.seconds : Number.POSITIVE_INFINITY;
  };
  const goOn = (arrives: number, all: number): boolean => {
    if (arrives > vehicle.shift[1] + grace) return false;
    const due = breaks[all];
    if (visit === undefined) return due === undefined || arrives <= due.window[0] + grace;
    const done = startOf(arrives, visit.windows, grace) + visit.seconds;
    return done <= vehicle.shift[1] + grace && canFinish(errand, next + 1, visit.location, done, all, grace);
  };
  return goOn(drive(time), taken) || goOn(drive(rest(time)), taken + 1) || goOn(rest(drive(time)), taken + 1);
};

/** Whether it can from the start of its shift. */
export const canBeDriven = (errand: Errand, grace: number): boolean =>
  canFinish(errand, 0, errand.vehicle.startLocation, errand.vehicle.shift[0], 0, grace);

/** A few places in a row for one vehicle with windows, breaks and a changing pace, but no longest day. */
export const errands = (shape: Partial<Shape> = {}): fc.Arbitrary<Errand> =>
  fc
    .tuple(
      generatedProblem({
        stops: 4,
        roads: 'metric',
        vehicles: 1,
        using: ['breaks', 'stopWindows', 'travelProfiles'],
        ...shape,
        without: ['done', 'committed', 'releases', 'maxDuty', 'maxDriving', ...(shape.without ?? [])],
      }),
      dice,
    )
    .map(([drawn, throws]) => {
      const roll = throws();
      const vehicles = drawn.vehicles.map((vehicle) => ({
        ...vehicle,
        shift: [vehicle.shift[0], vehicle.shift[1] + 3_600 * roll(6)] as [number, number],
      }));
      const problem = { ...drawn, vehicles };
      const model = compileModel(problem);
      const places: number[] = [];
      const left = [...problem.stops.keys()];
      while (left.length > 0) {
        places.push(left.splice(roll(left.length), 1)[0] as number);
        const site = model.sites[roll(2 * model.sites.length + 1)];
        if (site !== undefined) places.push(site.place);
      }
      const [vehicle] = problem.vehicles;
      const [type] = model.types;
      if (vehicle === undefined || type === undefined) throw new Error('no vehicle');
      return { problem, vehicle, model, type, places: places.slice(0, 5) };
    });

/** Whole numbers throughout: no pace that makes fractions, so that nothing is a matter of rounding. */
export const wholeNumbers = ['travelProfiles', 'speedFactor'] as const;
