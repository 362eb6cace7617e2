import type { DoneVisit } from '../../problem.ts';
import { type Day, timesAt } from './day.ts';

/** Goes to where a visit was: its driving counts at the vehicle's pace, whatever it took. */
const moveTo = (day: Day, place: number): number => {
  const { model, type } = day;
  const way = day.place * model.placeCount + place;
  const metres = model.distance[way] as number;
  day.distance += metres;
  day.driving += (model.duration[way] as number) * type.pace;
  day.place = place;
  day.location = model.location[place] as number;
  return metres;
};

const placeOf = (day: Day, visit: DoneVisit): number => {
  const { problem, sites } = day.model;
  if (visit.kind === 'stand') return day.model.depotOf(visit.location ?? -1);
  if (visit.kind === 'stop') return problem.stops.findIndex(({ id }) => id === visit.id);
  return sites.find(({ id }) => id === visit.id)?.place ?? -1;
};

const write = (day: Day, visit: DoneVisit): void => {
  const place = visit.kind === 'break' ? day.place : placeOf(day, visit);
  const leg = visit.kind === 'break' ? 0 : moveTo(day, place);
  const trip = day.trip;
  if (visit.kind === 'stop') {
    day.litres += day.model.litres[place] as number;
    day.kg += day.model.kg[place] as number;
    day.units += day.model.units[place] as number;
  } else if (visit.kind === 'disposal' || visit.emptied === true) {
    Object.assign(day, { litres: 0, kg: 0, units: 0, trip: trip + 1 });
  }
  day.time = visit.departsAt;
  const times = { ...timesAt(day, visit.arrivesAt, visit.serviceStartsAt, leg), done: true as const };
  if (visit.kind === 'stop') day.visits.push({ kind: 'stop', stopId: visit.id ?? '', trip, ...times });
  else if (visit.kind === 'disposal') day.visits.push({ kind: 'disposal', disposalId: visit.id ?? '', trip, ...times });
  else if (visit.kind === 'stand')
    day.visits.push({ kind: 'stand', ...(visit.emptied === true && { emptied: true }), ...times });
  else day.visits.push({ kind: 'break', ...times });
};

/** Writes down what the vehicle did before the plan begins, as it was reported. */
export const writeDoneVisits = (day: Day): void => {
  for (const visit of day.type.vehicle.done ?? []) write(day, visit);
};
