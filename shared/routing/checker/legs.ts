import type { ProblemVehicle } from '../problem.ts';
import type { Visit } from '../solution.ts';
import { atLeast, atMost, type Day, near, type ProblemIndex, type Report } from './context.ts';
import { arrivalOf, departureOf } from './travel-profile.ts';

/** The way to a visit from the one before; nothing is driven to a break that is taken where the vehicle stands. */
export type Leg =
  | { readonly driven: false }
  | { readonly driven: true; readonly metres: number; readonly seconds: number; readonly leavesAt: number };

const NOT_DRIVEN: Leg = { driven: false };

const placeAfter = (visits: readonly Visit[], index: number): Visit | undefined => {
  for (let next = index + 1; next < visits.length; next += 1) if (visits[next]?.kind !== 'break') return visits[next];
  return undefined;
};

/**
 * Whether a visit is driven to. A break stands at one end of a leg: at the place before (then the leg comes after it) or at
 * the place after. Where both are one location, and the way from it to itself is not nothing, the break's own figures tell.
 */
const isDrivenTo = (visits: readonly Visit[], index: number, hasArrived: boolean, vehicle: ProblemVehicle): boolean => {
  const visit = visits[index];
  const before = visits[index - 1];
  if (visit === undefined || before === undefined) return false;
  if (visit.kind === 'end' && vehicle.endLocation === null) return false;
  if (visit.kind !== 'break') return !hasArrived || visit.location !== before.location;
  if (visit.done === true) return false;
  if (visit.location !== before.location) return true;
  const standsAtBoth = placeAfter(visits, index)?.location === visit.location;
  return (
    !hasArrived &&
    standsAtBoth &&
    (visit.legMetres > 0 || (before.done !== true && !near(visit.arrivesAt, before.departsAt)))
  );
};

/** When a leg was left and how long it took: as soon as the visit before was over, but after a done one also later. */
const timeLeg = (index: ProblemIndex, day: Day, before: Visit, visit: Visit, matrixSeconds: number) => {
  const { vehicle, report } = day;
  const baseSeconds = matrixSeconds / (vehicle.speedFactor ?? 1);
  if (visit.done === true) return { leavesAt: before.departsAt, seconds: baseSeconds };
  const slots = vehicle.travelProfile === undefined ? [] : (index.profiles.get(vehicle.travelProfile) ?? []);
  const soonest = arrivalOf(slots, before.departsAt, baseSeconds);
  if (before.done === true && visit.arrivesAt > soonest) {
    const leavesAt = departureOf(slots, visit.arrivesAt, baseSeconds);
    return { leavesAt, seconds: visit.arrivesAt - leavesAt };
  }
  if (!near(soonest, visit.arrivesAt))
    report(`arrives at location ${visit.location} at ${visit.arrivesAt}, not ${soonest}`);
  return { leavesAt: before.departsAt, seconds: soonest - before.departsAt };
};

const driveLeg = (index: ProblemIndex, day: Day, before: Visit, visit: Visit): Leg => {
  const { distanceMetres, durationSeconds } = index.problem;
  const metres = distanceMetres[before.location]?.[visit.location] ?? undefined;
  const matrixSeconds = durationSeconds[before.location]?.[visit.location] ?? undefined;
  if (metres === undefined || matrixSeconds === undefined) {
    day.report(`no way from location ${before.location} to ${visit.location}`);
    return { driven: true, metres: metres ?? 0, seconds: 0, leavesAt: before.departsAt };
  }
  if (!near(visit.legMetres, metres))
    day.report(`leg of ${visit.legMetres} m to location ${visit.location} is ${metres} m`);
  return { driven: true, metres, ...timeLeg(index, day, before, visit, matrixSeconds) };
};

const stay = ({ report }: Day, before: Visit, visit: Visit): Leg => {
  if (!near(visit.legMetres, 0)) report(`leg of ${visit.legMetres} m to location ${visit.location} is 0 m`);
  if (visit.location !== before.location)
    report(`is at location ${visit.location} without driving there from ${before.location}`);
  // A wait after a visit shows as its later departure, but a done visit's departure is what it was.
  const mayWait = before.done === true && atLeast(visit.arrivesAt, before.departsAt);
  if (visit.done !== true && !mayWait && !near(visit.arrivesAt, before.departsAt))
    report(`is at location ${visit.location} at ${visit.arrivesAt}, not ${before.departsAt}`);
  return NOT_DRIVEN;
};

const checkOrderOfTimes = (visit: Visit, report: Report): void => {
  if (!atLeast(visit.serviceStartsAt, visit.arrivesAt)) report(`starts ${visit.kind} before arriving`);
  if (!atLeast(visit.departsAt, visit.serviceStartsAt)) report(`leaves ${visit.kind} before starting there`);
};

/** Drives the day again: checks each leg's metres and arrival, and answers the legs, one a visit. */
export const retraceLegs = (index: ProblemIndex, day: Day): readonly Leg[] => {
  const { route, vehicle, report } = day;
  const { visits } = route;
  let hasArrived = false;
  const legs = visits.map((visit, at): Leg => {
    checkOrderOfTimes(visit, report);
    const before = visits[at - 1];
    if (before === undefined) return NOT_DRIVEN;
    const driven = isDrivenTo(visits, at, hasArrived, vehicle);
    if (hasArrived && driven) report(`rests at location ${before.location}, which is no end of a leg`);
    hasArrived = visit.kind === 'break' && (hasArrived || driven);
    return driven ? driveLeg(index, day, before, visit) : stay(day, before, visit);
  });
  return legs;
};

/** What the route says of its driving against its legs, and the longest time at the wheel. */
export const checkDriving = (day: Day, legs: readonly Leg[]): void => {
  const { route, vehicle, report } = day;
  let metres = 0;
  let seconds = 0;
  for (const leg of legs) {
    if (!leg.driven) continue;
    metres += leg.metres;
    seconds += leg.seconds;
  }
  if (!near(metres, route.distanceMetres)) report(`says ${route.distanceMetres} m, drives ${metres} m`);
  if (!near(seconds, route.drivingSeconds)) report(`says ${route.drivingSeconds} s at the wheel, drives ${seconds} s`);
  if (!atMost(seconds, vehicle.maxDrivingSeconds)) report(`is at the wheel for ${seconds} s`);
};
