import type { Route, Visit, VisitTimes } from '../solution.ts';
import { evaluateRoute } from './evaluate-route.ts';
import type { Evaluation } from './evaluation.ts';
import { BREAK_BEFORE_LEAVING, BREAK_ON_ARRIVAL, type Labels } from './labels.ts';
import type { Model, VehicleType } from './model.ts';
import { earliestStart } from './windows.ts';

const ROUNDING = 1e-6;

/** A vehicle's day as it is driven, visit by visit. Mutable while it is being written. */
type Day = {
  readonly model: Model;
  readonly type: VehicleType;
  readonly visits: Visit[];
  time: number;
  place: number;
  breaks: number;
  trip: number;
  litres: number;
  kg: number;
  distance: number;
  driving: number;
  waiting: number;
};

const locationOf = ({ model, type }: Day, node: number): number => {
  const { problem, stopCount } = model;
  if (node < stopCount) return problem.stops[node]?.location ?? -1;
  const site = model.disposals.findIndex((disposal) => disposal.node === node);
  if (site >= 0) return problem.disposalSites[site]?.location ?? -1;
  return node === type.startNode ? type.vehicle.startLocation : type.vehicle.endLocation;
};

const timesAt = (day: Day, node: number, arrives: number, starts: number, leg: number): VisitTimes => ({
  location: locationOf(day, node),
  arrivesAt: arrives,
  serviceStartsAt: starts,
  departsAt: day.time,
  load: { litres: day.litres, kg: day.kg },
  legMetres: leg,
});

const rest = (day: Day, node: number, leg: number): void => {
  const due = day.type.breaks[day.breaks];
  if (due === undefined) return;
  const arrives = day.time;
  const starts = Math.max(arrives, due.from);
  day.waiting += starts - arrives;
  day.time = starts + due.seconds;
  day.breaks += 1;
  day.visits.push({ kind: 'break', ...timesAt(day, node, arrives, starts, leg) });
};

/** Stays where it is until `time`: waste of a later stop of this trip is not released before. */
const holdDeparture = (day: Day, time: number): void => {
  const last = day.visits.at(-1);
  if (last === undefined || time <= day.time) return;
  day.waiting += time - day.time;
  day.time = time;
  day.visits[day.visits.length - 1] = { ...last, departsAt: time };
};

const arrive = (day: Day, node: number, arrives: number, leg: number): void => {
  const { model, type } = day;
  // Leaving home later lands exactly on a window's end, give or take a rounding error.
  const starts = Math.max(arrives, earliestStart(model, node, arrives - ROUNDING));
  day.waiting += starts - arrives;
  day.time = starts + (model.service[node] as number);
  const disposal = model.disposals.find((site) => site.node === node);
  if (node < model.stopCount) {
    day.litres += model.litres[node] as number;
    day.kg += model.kg[node] as number;
    const stopId = model.problem.stops[node]?.id ?? '';
    day.visits.push({ kind: 'stop', stopId, trip: day.trip, ...timesAt(day, node, arrives, starts, leg) });
  } else if (disposal !== undefined && node !== type.endNode) {
    day.litres = 0;
    day.kg = 0;
    day.visits.push({
      kind: 'disposal',
      disposalId: disposal.id,
      trip: day.trip,
      ...timesAt(day, node, arrives, starts, leg),
    });
    day.trip += 1;
  } else {
    day.visits.push({ kind: 'end', ...timesAt(day, node, arrives, starts, leg) });
  }
};

const goTo = (day: Day, labels: Labels, label: number): void => {
  const { model } = day;
  const node = labels.place[label] as number;
  const startsTrip = day.place >= model.stopCount && node < model.stopCount;
  if (labels.breakTaken[label] === BREAK_BEFORE_LEAVING) rest(day, day.place, 0);
  if (startsTrip) holdDeparture(day, labels.departed[label] as number);
  const arc = day.place * model.nodeCount + node;
  let leg = model.distance[arc] as number;
  day.time += model.duration[arc] as number;
  day.driving += model.duration[arc] as number;
  day.distance += leg;
  if (labels.breakTaken[label] === BREAK_ON_ARRIVAL) {
    rest(day, node, leg);
    leg = 0;
  }
  arrive(day, node, day.time, leg);
  day.place = node;
};

const chainOf = (labels: Labels, last: number): readonly number[] => {
  const chain: number[] = [];
  for (let label = last; label >= 0; label = labels.parent[label] as number) chain.push(label);
  return chain.reverse();
};

/**
 * The day of a vehicle that serves the stops in this order, leaving home as late as that costs no time at the end.
 * @throws Error when the vehicle cannot serve them in this order.
 */
export const scheduleRoute = (
  evaluation: Evaluation,
  typeIndex: number,
  vehicleIndex: number,
  stops: Int32Array,
): Route => {
  const { model, labels } = evaluation;
  const type = model.types[typeIndex];
  if (type === undefined) throw new Error(`No vehicle type ${typeIndex}`);
  evaluation.sequence.set(stops);
  if (evaluateRoute(evaluation, type, stops.length) === Number.POSITIVE_INFINITY) {
    throw new Error(`A route of vehicle ${type.vehicle.id} has no schedule`);
  }
  const last = evaluation.finalLabel;
  const [first = 0, ...legs] = chainOf(labels, last);
  const startsAt = type.shiftFrom + Math.min(labels.waited[last] as number, labels.slack[last] as number);
  const day: Day = {
    model,
    type,
    visits: [],
    time: startsAt,
    place: type.startNode,
    breaks: labels.breaks[first] as number,
    trip: 1,
    litres: 0,
    kg: 0,
    distance: 0,
    driving: 0,
    waiting: 0,
  };
  day.visits.push({ kind: 'start', ...timesAt(day, type.startNode, startsAt, startsAt, 0) });
  for (const label of legs) goTo(day, labels, label);
  return {
    vehicleId: type.vehicle.id,
    vehicleIndex,
    visits: day.visits,
    startsAt,
    endsAt: day.time,
    distanceMetres: day.distance,
    drivingSeconds: day.driving,
    waitingSeconds: day.waiting,
  };
};
