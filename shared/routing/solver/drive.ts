import type { Evaluation } from './evaluation.ts';
import { BREAK_BEFORE_LEAVING, BREAK_ON_ARRIVAL, type Candidate, NO_BREAK } from './labels.ts';
import { UNREACHABLE, type VehicleType } from './model.ts';
import { windowAt } from './windows.ts';

const waitUntil = (candidate: Candidate, time: number): void => {
  if (time <= candidate.time) return;
  candidate.waited += time - candidate.time;
  candidate.time = time;
};

/** A break here and now, or as soon as its window opens; false when that has closed. */
const takeBreak = (candidate: Candidate, type: VehicleType): boolean => {
  const due = type.breaks[candidate.breaks];
  if (due === undefined || candidate.time > due.to) return false;
  waitUntil(candidate, due.from);
  candidate.slack = Math.min(candidate.slack, candidate.waited + due.to - candidate.time);
  candidate.time += due.seconds;
  candidate.breaks += 1;
  return true;
};

/**
 * Drives the candidate from where label `from` stands to a node, leaving not before `leaveAt`, with a break as asked, and
 * serves there. False when that cannot be; loads, money but the driving, and the trip's departure are left to the caller.
 */
export const drive = (
  evaluation: Evaluation,
  type: VehicleType,
  from: number,
  to: number,
  leaveAt: number,
  breakTaken: number,
): boolean => {
  const { model, labels, candidate } = evaluation;
  const place = labels.place[from] as number;
  candidate.time = labels.time[from] as number;
  candidate.waited = labels.waited[from] as number;
  candidate.slack = labels.slack[from] as number;
  candidate.breaks = labels.breaks[from] as number;
  candidate.place = to;
  candidate.parent = from;
  candidate.breakTaken = breakTaken;
  if (breakTaken === BREAK_BEFORE_LEAVING && !takeBreak(candidate, type)) return false;
  waitUntil(candidate, leaveAt);
  const arc = place * model.nodeCount + to;
  const seconds = model.duration[arc] as number;
  if (seconds >= UNREACHABLE) return false;
  candidate.time += seconds;
  candidate.cost = (labels.cost[from] as number) + type.vehicle.costPerMetre * (model.distance[arc] as number);
  if (breakTaken === BREAK_ON_ARRIVAL && !takeBreak(candidate, type)) return false;
  const window = windowAt(model, to, candidate.time);
  if (window === -1) return false;
  if (window >= 0) {
    waitUntil(candidate, model.windowOpens[window] as number);
    const closes = model.windowCloses[window] as number;
    candidate.slack = Math.min(candidate.slack, candidate.waited + closes - candidate.time);
  }
  candidate.time += model.service[to] as number;
  return candidate.time <= type.shiftTo;
};

/** Whether a break that is still due can yet be taken after finishing where the candidate stands. */
export const breakStillPossible = (candidate: Candidate, type: VehicleType): boolean => {
  const due = type.breaks[candidate.breaks];
  return due === undefined || candidate.time <= due.to;
};

/** Whether the ways to take the next break on this leg are worth trying; without breaks there is one way to drive. */
export const worthTrying = (
  evaluation: Evaluation,
  type: VehicleType,
  from: number,
  to: number,
  breakTaken: number,
): boolean => {
  if (breakTaken === NO_BREAK) return true;
  const { model, labels } = evaluation;
  const due = type.breaks[labels.breaks[from] as number];
  if (due === undefined) return false;
  const place = labels.place[from] as number;
  const arrives = (labels.time[from] as number) + (model.duration[place * model.nodeCount + to] as number);
  if (breakTaken === BREAK_BEFORE_LEAVING) return arrives > due.to || (labels.time[from] as number) >= due.from;
  const window = windowAt(model, to, arrives);
  const starts = window >= 0 ? Math.max(arrives, model.windowOpens[window] as number) : arrives;
  return starts + (model.service[to] as number) > due.from;
};

/** The ways to take a break on a leg are `NO_BREAK` up to this. */
export const waysToBreak = (type: VehicleType): number => (type.breaks.length === 0 ? NO_BREAK : BREAK_ON_ARRIVAL);
