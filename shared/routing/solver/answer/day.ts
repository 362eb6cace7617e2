import type { Route, Visit, VisitTimes } from '../../solution.ts';
import type { Model } from '../model/model.ts';
import { arrivalTime } from '../model/travel-profile.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { earliestStart } from '../model/windows.ts';

/** A vehicle's day as it is driven, visit by visit. Mutable while it is being written. */
export type Day = {
  readonly model: Model;
  readonly type: VehicleType;
  readonly visits: Visit[];
  time: number;
  place: number;
  /** Index into the locations where the vehicle stands. */
  location: number;
  breaks: number;
  trip: number;
  litres: number;
  kg: number;
  units: number;
  distance: number;
  driving: number;
  waiting: number;
};

const ROUNDING = 1e-6;

export const timesAt = (day: Day, arrives: number, starts: number, leg: number): VisitTimes => ({
  location: day.location,
  arrivesAt: arrives,
  serviceStartsAt: starts,
  departsAt: day.time,
  load: { litres: day.litres, kg: day.kg, ...(day.units > 0 && { units: day.units }) },
  legMetres: leg,
});

/** Takes the break that is due next where the vehicle stands; `leg` is the way it came for it. */
export const rest = (day: Day, leg: number): void => {
  const due = day.type.breaks[day.breaks];
  if (due === undefined) return;
  const arrives = day.time;
  const starts = Math.max(arrives, due.from);
  day.waiting += starts - arrives;
  day.time = starts + due.seconds;
  day.breaks += 1;
  day.visits.push({ kind: 'break', ...timesAt(day, arrives, starts, leg) });
};

/** Stays where it is until `time`: waste of a later stop of this trip is not released before. */
export const holdDeparture = (day: Day, time: number): void => {
  const last = day.visits.at(-1);
  if (last === undefined || time <= day.time) return;
  day.waiting += time - day.time;
  day.time = time;
  // What has been done stays as it was reported.
  if (last.done !== true) day.visits[day.visits.length - 1] = { ...last, departsAt: time };
};

/** Drives to a place; answers the metres. */
export const driveTo = (day: Day, place: number): number => {
  const { model, type } = day;
  const way = day.place * model.placeCount + place;
  const metres = model.distance[way] as number;
  const seconds = (model.duration[way] as number) * type.pace;
  const leaves = day.time;
  day.time = type.profile === undefined ? leaves + seconds : arrivalTime(type.profile, leaves, seconds);
  day.driving += day.time - leaves;
  day.distance += metres;
  day.place = place;
  if ((model.location[place] as number) >= 0) day.location = model.location[place] as number;
  return metres;
};

/** When service can start, having arrived: leaving home later lands exactly on a window's end, give or take a rounding error. */
const startService = (day: Day, place: number): number => {
  const starts = Math.max(day.time, earliestStart(day.type.windows, place, day.time - ROUNDING));
  day.waiting += starts - day.time;
  day.time = starts + (day.model.service[place] as number);
  return starts;
};

/** Serves the stop at which the vehicle has arrived over `leg` metres, taking a break first or not. */
export const serveStop = (day: Day, stop: number, leg: number): void => {
  const { model } = day;
  const arrives = day.time;
  const starts = startService(day, stop);
  day.litres += model.litres[stop] as number;
  day.kg += model.kg[stop] as number;
  day.units += model.units[stop] as number;
  const stopId = model.problem.stops[stop]?.id ?? '';
  day.visits.push({ kind: 'stop', stopId, trip: day.trip, ...timesAt(day, arrives, starts, leg) });
};

export const empty = (day: Day, site: number, leg: number): void => {
  const disposal = day.model.sites[site];
  if (disposal === undefined) return;
  const arrives = day.time;
  const starts = startService(day, disposal.place);
  Object.assign(day, { litres: 0, kg: 0, units: 0 });
  day.visits.push({
    kind: 'disposal',
    disposalId: disposal.id,
    trip: day.trip,
    ...timesAt(day, arrives, starts, leg),
  });
  day.trip += 1;
};

export const toRoute = (day: Day, vehicleIndex: number, startsAt: number): Route => ({
  vehicleId: day.type.vehicle.id,
  vehicleIndex,
  visits: day.visits,
  startsAt,
  endsAt: day.time,
  distanceMetres: day.distance,
  drivingSeconds: day.driving,
  waitingSeconds: day.waiting,
});
