import { utcOffsetMinutes } from '../../city/calendar.ts';
import type { Bin, Vehicle } from '../../city/entities.ts';
import type { PickedBin } from '../build-plan.ts';
import type { BinToCollect } from '../build-problem.ts';
import type { TravelTimes } from '../travel/travel-times.ts';
import { aboutOne, asPlanned, locationOf, plannedTruck, withPlaces } from './as-planned.ts';
import { asIfOpen, closeAndOpen } from './close-area.ts';
import type { DayEvent } from './edit-schema.ts';
import type { WorkingBasis } from './plan-basis.ts';
import type { NoteWords } from './plan-life.ts';
import { withZonesOf } from './zones.ts';

type EventOf<Kind extends DayEvent['kind']> = Extract<DayEvent, { readonly kind: Kind }>;

export type Happened = { readonly basis: WorkingBasis; readonly notes: readonly NoteWords[] };

export type EventContext = {
  readonly serviceDate: string;
  readonly midnight: number;
  /** UTC epoch milliseconds. */
  readonly now: number;
  readonly by: string;
  readonly travelTimes: TravelTimes;
  /** Entities of the registry that the plan was made without. */
  readonly bins: ReadonlyMap<string, Bin>;
  readonly vehicles: ReadonlyMap<string, Vehicle>;
};

const localClock = (timeZone: string, at: number): string =>
  new Date(at + utcOffsetMinutes(timeZone, at) * 60_000).toISOString().slice(11, 16);

const overflowing = (basis: WorkingBasis, bin: Bin, at: number): PickedBin & BinToCollect => {
  const time = localClock(basis.city.timeZone, at);
  const words = { reason: `reported overflowing at ${time}`, reasonVi: `được báo đầy tràn lúc ${time}` };
  return { bin, expectedFraction: 1, words, overflows: true };
};

/** Bins that must be emptied today, whether the plan knew them or not. */
const overflows = async (
  basis: WorkingBasis,
  events: readonly EventOf<'overflow'>[],
  context: EventContext,
): Promise<Happened> => {
  const notes: NoteWords[] = [];
  const done = new Set(basis.problem.vehicles.flatMap(({ done: visits = [] }) => visits.flatMap(({ id }) => id ?? [])));
  const frozen = new Set(basis.frozen.flatMap(({ stops }) => stops.flatMap(({ id }) => id ?? [])));
  const reported: PickedBin[] = [];
  // Of a bin that several people report, the first word counts.
  const heard = new Set<string>();
  for (const { binId, at = context.now } of events) {
    if (heard.has(binId)) continue;
    heard.add(binId);
    const bin = basis.picked.find((entry) => entry.bin.id === binId)?.bin ?? context.bins.get(binId);
    if (bin === undefined) notes.push(aboutOne(binId, 'is not registered', 'chưa được đăng ký'));
    else if (done.has(binId) || frozen.has(binId))
      notes.push(
        aboutOne(bin.name, 'was collected today: it waits for the next plan', 'đã thu gom hôm nay: chờ kế hoạch sau'),
      );
    else reported.push(overflowing(basis, bin, at));
  }
  if (reported.length === 0) return { basis, notes };
  const ids = new Set(reported.map(({ bin }) => bin.id));
  const picked = [...basis.picked.filter(({ bin }) => !ids.has(bin.id)), ...reported];
  const { problem: own } = await asPlanned(basis, context, picked, []);
  const problem = withPlaces(
    basis.problem,
    reported.map(({ bin }) => bin),
  );
  const stops = (own?.stops ?? [])
    .filter(({ id }) => ids.has(id))
    .map((stop) => ({ ...stop, location: locationOf(problem, stop.id) }));
  const grown = { ...problem, stops: [...problem.stops.filter(({ id }) => !ids.has(id)), ...stops] };
  return {
    notes,
    basis: {
      ...basis,
      picked,
      decisions: { ...basis.decisions, excluded: basis.decisions.excluded.filter(({ binId }) => !ids.has(binId)) },
      problem: own === undefined ? grown : withZonesOf(grown, own),
    },
  };
};

const joining = async (
  basis: WorkingBasis,
  { vehicleId }: EventOf<'truck-joins'>,
  context: EventContext,
): Promise<Happened> => {
  const { decisions } = basis;
  const decided = {
    ...basis,
    decisions: { ...decisions, withdrawn: decisions.withdrawn.filter((gone) => gone.vehicleId !== vehicleId) },
  };
  const isOut = basis.stopped?.some((truck) => truck.vehicleId === vehicleId) ?? false;
  // Who is out of service comes back, where that is possible, with the day that it had.
  if (isOut || basis.problem.vehicles.some(({ id }) => id === vehicleId)) return { basis: decided, notes: [] };
  const planned = await plannedTruck(basis, vehicleId, context);
  if (!planned.ok) return { basis, notes: [planned.note] };
  const { truck, own, fleet } = planned;
  const vehicles = [...basis.problem.vehicles, truck];
  return { notes: [], basis: { ...decided, fleet, problem: withZonesOf({ ...basis.problem, vehicles }, own) } };
};

/** Puts what happened into the problem, one event after the other. Trucks that stopped, came back or are late are known before. */
export const applyEvents = async (
  basis: WorkingBasis,
  events: readonly DayEvent[],
  context: EventContext,
): Promise<Happened> => {
  const of = <Kind extends DayEvent['kind']>(kind: Kind): EventOf<Kind>[] =>
    events.filter((event): event is EventOf<Kind> => event.kind === kind);
  let now = await overflows(asIfOpen(basis), of('overflow'), context);
  const notes = [...now.notes];
  const then = (next: Happened): void => {
    now = next;
    notes.push(...next.notes);
  };
  for (const event of of('truck-joins')) then(await joining(now.basis, event, context));
  then(closeAndOpen(now.basis, { closings: of('area-closed'), openings: of('area-opened') }, context));
  return { basis: now.basis, notes };
};
