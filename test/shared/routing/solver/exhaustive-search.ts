import type { CollectionProblem, ProblemVehicle } from '../../../../shared/routing/problem.ts';

/**
 * The best solution of a tiny problem by trying everything: every vehicle in turn drives to any stop that is left, to any
 * disposal site, or home. Knows capacities, streams, windows, shifts, fixed and distance costs, prizes and disposal; not breaks,
 * releases, duty and time costs, where leaving later than the shift begins matters.
 */
export type Optimum = { readonly unservedMandatory: number; readonly cost: number };

type Position = {
  readonly time: number;
  readonly location: number;
  readonly litres: number;
  readonly kg: number;
  readonly stream: string | undefined;
  readonly served: number;
  readonly stopsToday: number;
  readonly litresToday: number;
  readonly cost: number;
};

const start = (time: number, windows: readonly (readonly [number, number])[] | undefined): number =>
  windows === undefined
    ? time
    : Math.min(
        ...windows.filter(([, to]) => time <= to).map(([from]) => Math.max(time, from)),
        Number.POSITIVE_INFINITY,
      );

const isBetter = (a: Optimum, b: Optimum): boolean =>
  a.unservedMandatory < b.unservedMandatory || (a.unservedMandatory === b.unservedMandatory && a.cost < b.cost);

export const exhaustiveSearch = (problem: CollectionProblem): Optimum => {
  const fleet = problem.vehicles.flatMap((vehicle) => Array.from({ length: vehicle.count }, () => vehicle));
  let best: Optimum = { unservedMandatory: Number.POSITIVE_INFINITY, cost: Number.POSITIVE_INFINITY };

  const judge = (served: number, cost: number): void => {
    const left = problem.stops.filter((_, index) => (served & (1 << index)) === 0);
    const forgone = left.reduce((sum, { prize }) => sum + (prize ?? 0), 0);
    const candidate = {
      unservedMandatory: left.filter(({ prize }) => prize === undefined).length,
      cost: cost + forgone,
    };
    if (isBetter(candidate, best)) best = candidate;
  };

  const dispatch = (index: number, served: number, cost: number): void => {
    const vehicle = fleet[index];
    if (vehicle === undefined) {
      judge(served, cost);
      return;
    }
    dispatch(index + 1, served, cost);
    const home = { litres: 0, kg: 0, stream: undefined, stopsToday: 0, litresToday: 0 };
    const at = { time: vehicle.shift[0], location: vehicle.startLocation };
    drive(index, vehicle, { ...home, ...at, served, cost: cost + vehicle.fixedCost });
  };

  const arrive = (vehicle: ProblemVehicle, from: Position, location: number) => {
    const metres = problem.distanceMetres[from.location]?.[location] ?? Number.POSITIVE_INFINITY;
    const seconds = problem.durationSeconds[from.location]?.[location] ?? Number.POSITIVE_INFINITY;
    return { time: from.time + seconds, cost: from.cost + vehicle.costPerMetre * metres };
  };

  const drive = (index: number, vehicle: ProblemVehicle, from: Position): void => {
    problem.stops.forEach((stop, bit) => {
      if ((from.served & (1 << bit)) !== 0) return;
      if (vehicle.streams?.includes(stop.stream) === false || (from.stream ?? stop.stream) !== stop.stream) return;
      const there = arrive(vehicle, from, stop.location);
      const time = start(there.time, stop.windows) + stop.serviceSeconds;
      const litres = from.litres + stop.load.litres;
      const kg = from.kg + stop.load.kg;
      const litresToday = from.litresToday + stop.load.litres;
      if (litres > vehicle.capacity.litres || kg > vehicle.capacity.kg || time > vehicle.shift[1]) return;
      if (from.stopsToday >= (vehicle.maxStops ?? 99) || litresToday > (vehicle.maxLitresPerShift ?? 1e9)) return;
      const served = from.served | (1 << bit);
      const { location, stream } = stop;
      const stopsToday = from.stopsToday + 1;
      drive(index, vehicle, { time, location, litres, kg, stream, served, stopsToday, litresToday, cost: there.cost });
    });
    for (const site of problem.disposalSites) {
      if (from.stream === undefined || site.streams?.includes(from.stream) === false) continue;
      const there = arrive(vehicle, from, site.location);
      const time = start(there.time, site.windows) + site.unloadSeconds;
      if (time > vehicle.shift[1]) continue;
      const emptied = { litres: 0, kg: 0, stream: undefined, location: site.location };
      drive(index, vehicle, { ...from, ...emptied, time, cost: there.cost + site.costPerVisit });
    }
    const mayEnd = from.stopsToday > 0 && (problem.disposalSites.length === 0 || from.stream === undefined);
    const back = arrive(vehicle, from, vehicle.endLocation);
    if (mayEnd && back.time <= vehicle.shift[1]) dispatch(index + 1, from.served, back.cost);
  };

  dispatch(0, 0, 0);
  return best;
};
