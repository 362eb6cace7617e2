import type { CollectionProblem, Load, ProblemDisposal, ProblemStop, ProblemVehicle } from '../problem.ts';
import type { ReportAt } from './faults.ts';

/** What a number may be: all are finite. */
type Bound = 'any' | 'at least 0' | 'at least 1' | 'more than 0' | 'a whole number of at least 1';

const keeps: Readonly<Record<Bound, (value: number) => boolean>> = {
  any: () => true,
  'at least 0': (value) => value >= 0,
  'at least 1': (value) => value >= 1,
  'more than 0': (value) => value > 0,
  'a whole number of at least 1': (value) => value >= 1 && Number.isInteger(value),
};

const checkFigure = (value: number, bound: Bound, path: readonly PropertyKey[], report: ReportAt): void => {
  if (!Number.isFinite(value)) report(path, 'must be a finite number');
  else if (!keeps[bound](value)) report(path, `must be ${bound}`);
};

type Bounds<T> = readonly (readonly [field: keyof T & string, bound: Bound])[];

const vehicleBounds: Bounds<ProblemVehicle> = [
  ['count', 'a whole number of at least 1'],
  ['compactionRatio', 'more than 0'],
  ['fixedCost', 'at least 0'],
  ['costPerMetre', 'at least 0'],
  ['costPerSecond', 'at least 0'],
  ['speedFactor', 'more than 0'],
  ['maxDutySeconds', 'more than 0'],
  ['maxDrivingSeconds', 'more than 0'],
  ['maxStops', 'a whole number of at least 1'],
  ['maxLitresPerShift', 'more than 0'],
];

const stopBounds: Bounds<ProblemStop> = [
  ['serviceSeconds', 'at least 0'],
  ['prize', 'at least 0'],
  ['priority', 'at least 1'],
  ['releaseTime', 'at least 0'],
];

const disposalBounds: Bounds<ProblemDisposal> = [
  ['unloadSeconds', 'at least 0'],
  ['costPerVisit', 'at least 0'],
  ['costPerKg', 'at least 0'],
];

const checkFields = <T>(item: T, bounds: Bounds<T>, path: readonly PropertyKey[], report: ReportAt): void => {
  for (const [field, bound] of bounds) {
    const value = item[field];
    if (typeof value === 'number') checkFigure(value, bound, [...path, field], report);
  }
};

const checkLoad = (load: Load, path: readonly PropertyKey[], report: ReportAt): void => {
  checkFigure(load.litres, 'at least 0', [...path, 'litres'], report);
  checkFigure(load.kg, 'at least 0', [...path, 'kg'], report);
  if (load.units !== undefined) checkFigure(load.units, 'at least 0', [...path, 'units'], report);
};

type Window = readonly [number, number];

const checkWindow = ([from, to]: Window, path: readonly PropertyKey[], report: ReportAt): void => {
  checkFigure(from, 'any', [...path, 0], report);
  checkFigure(to, 'any', [...path, 1], report);
  if (from > to) report(path, `ends at ${to}, before it begins at ${from}`);
};

const checkWindows = (windows: readonly Window[] | undefined, path: readonly PropertyKey[], report: ReportAt): void =>
  windows?.forEach((window, index) => {
    checkWindow(window, [...path, 'windows', index], report);
  });

const checkVehicle = (vehicle: ProblemVehicle, path: readonly PropertyKey[], report: ReportAt): void => {
  checkFields(vehicle, vehicleBounds, path, report);
  checkLoad(vehicle.capacity, [...path, 'capacity'], report);
  checkWindow(vehicle.shift, [...path, 'shift'], report);
  vehicle.breaks.forEach(({ window, seconds }, index) => {
    checkWindow(window, [...path, 'breaks', index, 'window'], report);
    checkFigure(seconds, 'at least 0', [...path, 'breaks', index, 'seconds'], report);
  });
};

const checkProfiles = (problem: CollectionProblem, report: ReportAt): void =>
  problem.travelProfiles?.forEach(({ slots }, profile) => {
    const path = ['travelProfiles', profile, 'slots'];
    if (slots.length === 0) report(path, 'must have at least one slot');
    slots.forEach(({ from, durationFactor }, index) => {
      checkFigure(from, 'any', [...path, index, 'from'], report);
      checkFigure(durationFactor, 'more than 0', [...path, index, 'durationFactor'], report);
      const before = slots[index - 1];
      if (before !== undefined && before.from >= from)
        report([...path, index, 'from'], `must be later than the slot before, ${before.from}`);
    });
  });

/** Every number is finite and inside its bounds, windows begin before they end, and a profile's slots follow each other. */
export const checkFigures = (problem: CollectionProblem, report: ReportAt): void => {
  problem.vehicles.forEach((vehicle, index) => {
    checkVehicle(vehicle, ['vehicles', index], report);
  });
  problem.stops.forEach((stop, index) => {
    const path = ['stops', index];
    checkFields(stop, stopBounds, path, report);
    checkLoad(stop.load, [...path, 'load'], report);
    checkWindows(stop.windows, path, report);
  });
  problem.disposalSites.forEach((site, index) => {
    const path = ['disposalSites', index];
    checkFields(site, disposalBounds, path, report);
    checkWindows(site.windows, path, report);
  });
  problem.zones?.forEach(({ windows, windowsFor }, index) => {
    checkWindows(windows, ['zones', index], report);
    windowsFor?.forEach((held, at) => {
      checkWindows(held.windows, ['zones', index, 'windowsFor', at], report);
    });
  });
  checkProfiles(problem, report);
  const { balance, published } = problem;
  if (balance !== undefined)
    checkFigure(balance.costPerHourSquared, 'at least 0', ['balance', 'costPerHourSquared'], report);
  if (published !== undefined)
    checkFigure(published.costPerMovedStop, 'at least 0', ['published', 'costPerMovedStop'], report);
};
