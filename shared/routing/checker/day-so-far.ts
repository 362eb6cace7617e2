import type { DoneVisit, ProblemVehicle } from '../problem.ts';
import type { Visit } from '../solution.ts';
import { type Day, near } from './context.ts';

const idOf = (visit: Visit): string | undefined => {
  if (visit.kind === 'stop') return visit.stopId;
  return visit.kind === 'disposal' ? visit.disposalId : undefined;
};

const isSamePlace = (visit: Visit, done: DoneVisit): boolean => {
  if (done.kind === 'break') return true;
  if (visit.kind !== 'stand') return idOf(visit) === done.id;
  return visit.location === done.location && visit.emptied === done.emptied;
};

const isSame = (visit: Visit | undefined, done: DoneVisit): boolean =>
  visit?.done === true &&
  visit.kind === done.kind &&
  isSamePlace(visit, done) &&
  near(visit.arrivesAt, done.arrivesAt) &&
  near(visit.serviceStartsAt, done.serviceStartsAt) &&
  near(visit.departsAt, done.departsAt);

/** Whether the plan cannot leave this vehicle at home. */
export const isUnderWay = ({ done, committed }: ProblemVehicle): boolean =>
  (done?.length ?? 0) > 0 || (committed?.length ?? 0) > 0;

/** What has been done stands at the beginning of the day as it was, and what is committed comes next. */
export const checkDaySoFar = ({ route, vehicle, report }: Day): void => {
  const { done = [], committed = [], shift } = vehicle;
  const [first, ...visits] = route.visits;
  if (done.length > 0) {
    const times = [route.startsAt, first?.arrivesAt, first?.serviceStartsAt, first?.departsAt];
    if (!times.every((time) => near(time ?? Number.NaN, shift[0])))
      report('has begun, but not at the start of its shift');
  }
  done.forEach((visit, index) => {
    if (!isSame(visits[index], visit)) report(`does not begin with what it has done: ${visit.kind} ${visit.id ?? ''}`);
  });
  const rest = visits.slice(done.length);
  if (rest.some((visit) => visit.done === true)) report('says of a visit that it is done, which it is not');
  if (rest.some(({ kind }) => kind === 'stand')) report('plans to stand out of service');
  const stops = rest.filter((visit) => visit.kind === 'stop').map(({ stopId }) => stopId);
  committed.forEach((stopId, index) => {
    if (stops[index] !== stopId) report(`is committed to ${stopId} as its stop ${index + 1} from now`);
  });
};
