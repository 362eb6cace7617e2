import type { CollectionProblem, ProblemStop, ProblemVehicle } from '../problem.ts';
import type { Visit } from '../solution.ts';
import { atLeast, atMost, type Day, type DisposalVisit, near, type ProblemIndex, type StopVisit } from './context.ts';
import type { Leg } from './legs.ts';
import { checkDisposal, checkStop } from './places.ts';

/** What is on board while the visits are followed. */
type OnBoard = {
  litres: number;
  kg: number;
  units: number;
  readonly streams: Set<string>;
  trip: number;
  /** When this trip left the start or the last disposal site; `undefined` before it has. */
  leftAt: number | undefined;
};

const isMixable = ({ mixableStreams }: CollectionProblem, a: string, b: string): boolean =>
  a === b || (mixableStreams?.some(([x, y]) => (x === a && y === b) || (x === b && y === a)) ?? false);

const checkRoom = (onBoard: OnBoard, { vehicle, report }: Day): void => {
  const { capacity, compactionRatio = 1 } = vehicle;
  if (!atMost(onBoard.litres, capacity.litres * compactionRatio)) report(`carries ${onBoard.litres} litres`);
  if (!atMost(onBoard.kg, capacity.kg)) report(`carries ${onBoard.kg} kg`);
  if (!atMost(onBoard.units, capacity.units)) report(`carries ${onBoard.units} units`);
};

const load = (onBoard: OnBoard, stop: ProblemStop): void => {
  onBoard.litres += stop.load.litres;
  onBoard.kg += stop.load.kg;
  onBoard.units += stop.load.units ?? 0;
  onBoard.streams.add(stop.stream);
};

const pickUp = (index: ProblemIndex, day: Day, visit: StopVisit, onBoard: OnBoard): void => {
  const { report } = day;
  if (visit.trip !== onBoard.trip) report(`${visit.stopId} is on trip ${onBoard.trip}, not ${visit.trip}`);
  const stop = checkStop(index, day, visit);
  if (stop === undefined) return;
  if (visit.done === true) {
    load(onBoard, stop);
    return;
  }
  for (const stream of onBoard.streams)
    if (!isMixable(index.problem, stream, stop.stream)) report(`mixes ${stop.stream} with ${stream}`);
  load(onBoard, stop);
  checkRoom(onBoard, day);
  if (stop.releaseTime !== undefined && !atLeast(onBoard.leftAt ?? Number.NaN, stop.releaseTime))
    report(`takes ${stop.id} before its release`);
};

const unload = (onBoard: OnBoard): void => {
  Object.assign(onBoard, { litres: 0, kg: 0, units: 0, trip: onBoard.trip + 1, leftAt: undefined });
  onBoard.streams.clear();
};

/** What it has on board stays there unless it was taken from it; with nothing on board the next trip has not left yet. */
const standBy = ({ emptied }: { readonly emptied?: true }, onBoard: OnBoard): void => {
  if (emptied === true) unload(onBoard);
  else if (onBoard.streams.size === 0) onBoard.leftAt = undefined;
};

/** Empties, and answers what that costs. */
const empty = (index: ProblemIndex, day: Day, visit: DisposalVisit, onBoard: OnBoard): number => {
  if (visit.trip !== onBoard.trip) day.report(`${visit.disposalId} is on trip ${onBoard.trip}, not ${visit.trip}`);
  const site = checkDisposal(index, day, visit, onBoard.streams);
  const cost = (site?.costPerVisit ?? 0) + (site?.costPerKg ?? 0) * onBoard.kg;
  unload(onBoard);
  return cost;
};

const isStatedRight = ({ load: stated }: Visit, onBoard: OnBoard): boolean =>
  near(stated.litres, onBoard.litres) && near(stated.kg, onBoard.kg) && near(stated.units ?? 0, onBoard.units);

/** Follows what is on board through the day; answers what its disposal costs. */
export const checkLoads = (index: ProblemIndex, day: Day, legs: readonly Leg[]): number => {
  const { route, report } = day;
  const onBoard: OnBoard = { litres: 0, kg: 0, units: 0, streams: new Set(), trip: 1, leftAt: undefined };
  let disposalCost = 0;
  route.visits.forEach((visit, at) => {
    const leg = legs[at];
    if (leg?.driven === true) onBoard.leftAt ??= leg.leavesAt;
    if (visit.kind === 'stop') pickUp(index, day, visit, onBoard);
    else if (visit.kind === 'disposal') disposalCost += empty(index, day, visit, onBoard);
    else if (visit.kind === 'stand') standBy(visit, onBoard);
    if (!isStatedRight(visit, onBoard)) report(`misstates its load at ${visit.kind}`);
  });
  if (index.problem.disposalSites.length > 0 && onBoard.streams.size > 0) report('does not end empty');
  return disposalCost;
};

/** How much a vehicle may handle in a whole shift, done visits included. */
export const checkShiftTotals = (index: ProblemIndex, { route, vehicle, report }: Day): void => {
  let stops = 0;
  let litres = 0;
  for (const visit of route.visits) {
    if (visit.kind !== 'stop') continue;
    stops += 1;
    litres += index.stops.get(visit.stopId)?.load.litres ?? 0;
  }
  const { maxStops, maxLitresPerShift }: ProblemVehicle = vehicle;
  if (!atMost(stops, maxStops)) report(`serves ${stops} stops`);
  if (!atMost(litres, maxLitresPerShift)) report(`handles ${litres} litres`);
};
