import type { Visit } from '../solution.ts';
import { atLeast, atMost, type Day, isInside, near, type ProblemIndex } from './context.ts';
import type { Leg } from './legs.ts';

/** Starts and ends where and when it should, and is not on duty for longer than allowed. */
export const checkShift = ({ route, vehicle, report }: Day): void => {
  const first = route.visits[0];
  const last = route.visits.at(-1);
  if (first?.kind !== 'start' || first.location !== vehicle.startLocation) report('does not start at its depot');
  const endLocation = vehicle.endLocation ?? route.visits.at(-2)?.location;
  if (last?.kind !== 'end' || last.location !== endLocation) report('does not end at its depot');
  if (route.visits.slice(1, -1).some(({ kind }) => kind === 'start' || kind === 'end'))
    report('starts or ends in the middle of its day');
  const isStated =
    near(first?.arrivesAt ?? Number.NaN, route.startsAt) && near(last?.departsAt ?? Number.NaN, route.endsAt);
  if (!isStated) report('misstates its times');
  if (!atLeast(route.startsAt, vehicle.shift[0])) report('leaves before its shift');
  if (!atMost(route.endsAt, vehicle.shift[1])) report('returns after its shift');
  const duty = route.endsAt - route.startsAt;
  if (!atMost(duty, vehicle.maxDutySeconds)) report(`is on duty for ${duty} s`);
};

/** Breaks are taken in the order of their windows; one is owed by who begins before its window closes and ends after it opens. */
export const checkBreaks = ({ route, vehicle, report }: Day): void => {
  const taken = route.visits.filter((visit) => visit.kind === 'break');
  const owed = vehicle.breaks
    .filter(({ window }) => atMost(route.startsAt, window[1]))
    .sort((a, b) => a.window[0] - b.window[0]);
  owed.forEach((due, index) => {
    const rest = taken[index];
    if (rest === undefined) {
      if (!atMost(route.endsAt, due.window[0])) report(`takes no break between ${due.window.join(' and ')}`);
      return;
    }
    if (rest.done === true) return;
    if (!isInside(rest.serviceStartsAt, [due.window])) report(`break at ${rest.serviceStartsAt} outside its window`);
    if (!atLeast(rest.departsAt, rest.serviceStartsAt + due.seconds)) report('break too short');
  });
  if (taken.slice(owed.length).some(({ done }) => done !== true)) report('takes more breaks than it has');
};

const workAt = ({ stops, sites }: ProblemIndex, visit: Visit): number => {
  if (visit.kind === 'stop') return stops.get(visit.stopId)?.serviceSeconds ?? 0;
  if (visit.kind === 'disposal') return sites.get(visit.disposalId)?.unloadSeconds ?? 0;
  return 0;
};

/** A day is driving, service, breaks and waiting, and nothing else. Of a day that has begun nobody knows how it went. */
export const checkWaiting = (index: ProblemIndex, { route, vehicle, report }: Day, legs: readonly Leg[]): void => {
  if (route.visits.some(({ done }) => done === true)) return;
  let busy = 0;
  for (const visit of route.visits) busy += workAt(index, visit);
  for (const leg of legs) busy += leg.driven ? leg.seconds : 0;
  const owed = vehicle.breaks
    .filter(({ window }) => atMost(route.startsAt, window[1]))
    .sort((a, b) => a.window[0] - b.window[0]);
  const breaks = route.visits.filter(({ kind }) => kind === 'break').length;
  for (const { seconds } of owed.slice(0, breaks)) busy += seconds;
  const waiting = route.endsAt - route.startsAt - busy;
  if (!near(waiting, route.waitingSeconds)) report(`says it waits ${route.waitingSeconds} s, waits ${waiting} s`);
};
