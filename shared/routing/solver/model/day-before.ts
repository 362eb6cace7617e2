import type { CollectionProblem, ProblemVehicle } from '../../problem.ts';
import type { Matrix, Places } from './places.ts';
import { type DayAhead, type DayBefore, newDay } from './vehicle-type.ts';

/** What a vehicle has done so far, and where and when the rest of its day begins. */
type Progress = {
  place: number;
  time: number;
  breaks: number;
  before: { -readonly [Key in keyof DayBefore]: DayBefore[Key] };
};

type Numbering = {
  readonly stopNumber: ReadonlyMap<string, number>;
  readonly streamBit: (stream: string) => number;
  readonly distance: Matrix;
  readonly duration: Matrix;
};

const follow = (
  problem: CollectionProblem,
  vehicle: ProblemVehicle,
  places: Places,
  numbering: Numbering,
  progress: Progress,
  visit: NonNullable<ProblemVehicle['done']>[number],
): void => {
  const { before } = progress;
  progress.time = visit.departsAt;
  if (visit.kind === 'break') {
    progress.breaks += 1;
    return;
  }
  const site = problem.disposalSites.findIndex(({ id }) => visit.kind === 'disposal' && id === visit.id);
  const stopNumber = numbering.stopNumber.get(visit.id ?? '') ?? -1;
  const stoodAt = visit.kind === 'stand' ? places.depotAt(visit.location ?? -1) : stopNumber;
  const place = visit.kind === 'disposal' ? places.firstSite + site : stoodAt;
  const way = progress.place * places.count + place;
  before.driving += (numbering.duration[way] as number) / (vehicle.speedFactor ?? 1);
  before.cost += vehicle.costPerMetre * (numbering.distance[way] as number);
  progress.place = place;
  if (visit.kind === 'disposal') {
    const { costPerVisit = 0, costPerKg = 0 } = problem.disposalSites[site] ?? {};
    before.cost += costPerVisit + costPerKg * before.kg;
    Object.assign(before, { litres: 0, kg: 0, units: 0, streams: 0, departed: visit.departsAt });
    return;
  }
  if (visit.kind === 'stand') {
    if (visit.emptied === true) Object.assign(before, { litres: 0, kg: 0, units: 0, streams: 0 });
    if (before.streams === 0) before.departed = visit.departsAt;
    return;
  }
  const stop = problem.stops[stopNumber];
  if (stop === undefined) return;
  before.litres += stop.load.litres;
  before.kg += stop.load.kg;
  before.units += stop.load.units ?? 0;
  before.streams |= numbering.streamBit(stop.stream);
  before.stops += 1;
  before.litresHandled += stop.load.litres;
};

/** The rest of a vehicle's day, after its done visits. */
export const dayAhead = (
  problem: CollectionProblem,
  vehicle: ProblemVehicle,
  places: Places,
  numbering: Numbering,
): DayAhead => {
  const start = places.depotAt(vehicle.startLocation);
  const progress: Progress = { place: start, time: vehicle.shift[0], breaks: 0, before: newDay(vehicle.shift[0]) };
  for (const visit of vehicle.done ?? []) follow(problem, vehicle, places, numbering, progress, visit);
  progress.before.hasBegun = (vehicle.done ?? []).length > 0;
  progress.before.isUnderWay = progress.before.streams !== 0;
  return {
    startPlace: progress.place,
    endPlace: places.depotAt(vehicle.endLocation),
    leavesFrom: progress.time,
    breaksTaken: progress.breaks,
    committed: Int32Array.from(vehicle.committed ?? [], (id) => numbering.stopNumber.get(id) ?? -1),
    before: progress.before,
  };
};
