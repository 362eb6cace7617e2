import type { ProblemDisposal, ProblemStop, ProblemVehicle } from '../problem.ts';
import {
  atLeast,
  type Day,
  type DisposalVisit,
  isInside,
  type ProblemIndex,
  type Report,
  type StopVisit,
} from './context.ts';

/** Whether this vehicle is one that may serve the stop at all. */
const checkCompatible = (stop: ProblemStop, vehicle: ProblemVehicle, report: Report): void => {
  if (vehicle.streams !== undefined && !vehicle.streams.includes(stop.stream)) report(`may not carry ${stop.stream}`);
  if (stop.lift !== undefined && vehicle.lifts?.includes(stop.lift) !== true)
    report(`stop ${stop.id} needs the lift ${stop.lift}`);
  for (const skill of stop.skills ?? [])
    if (vehicle.skills?.includes(skill) !== true) report(`stop ${stop.id} needs the skill ${skill}`);
  if (stop.zone !== undefined && vehicle.zones !== undefined && !vehicle.zones.includes(stop.zone))
    report(`stop ${stop.id} is in zone ${stop.zone}, closed to it`);
  if (stop.vehicleId !== undefined && stop.vehicleId !== vehicle.id)
    report(`stop ${stop.id} is for vehicle ${stop.vehicleId}`);
};

/** The stop of a visit, which is where and when it may be; of a done one only where. */
export const checkStop = (index: ProblemIndex, day: Day, visit: StopVisit): ProblemStop | undefined => {
  const { vehicle, report } = day;
  const stop = index.stops.get(visit.stopId);
  if (stop === undefined) {
    report(`visits the unknown stop ${visit.stopId}`);
    return undefined;
  }
  if (stop.location !== visit.location) report(`stop ${stop.id} is not at location ${visit.location}`);
  if (visit.done === true) return stop;
  checkCompatible(stop, vehicle, report);
  if (!isInside(visit.serviceStartsAt, stop.windows)) report(`stop ${stop.id} served outside its windows`);
  const zone = stop.zone === undefined ? undefined : index.zones.get(stop.zone);
  const own = zone?.windowsFor?.find(({ vehicleIds }) => vehicleIds.includes(vehicle.id));
  if (!isInside(visit.serviceStartsAt, own?.windows ?? zone?.windows))
    report(`stop ${stop.id} served outside its zone's windows`);
  if (!atLeast(visit.departsAt, visit.serviceStartsAt + stop.serviceSeconds)) report(`stop ${stop.id} left too early`);
  return stop;
};

/** The site of a visit, which is where, open and for all that is on board; of a done one only where. */
export const checkDisposal = (
  index: ProblemIndex,
  { report }: Day,
  visit: DisposalVisit,
  onBoard: ReadonlySet<string>,
): ProblemDisposal | undefined => {
  const site = index.sites.get(visit.disposalId);
  if (site === undefined || site.location !== visit.location) {
    report(`visits the unknown disposal site ${visit.disposalId}`);
    return undefined;
  }
  if (visit.done === true) return site;
  if (!isInside(visit.serviceStartsAt, site.windows)) report(`${site.id} visited outside its opening`);
  if (!atLeast(visit.departsAt, visit.serviceStartsAt + site.unloadSeconds)) report(`${site.id} left too early`);
  for (const stream of onBoard)
    if (site.streams !== undefined && !site.streams.includes(stream)) report(`${site.id} does not take ${stream}`);
  return site;
};
