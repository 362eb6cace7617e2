import { utcOffsetMinutes } from '../../city/calendar.ts';
import type { Bin, Position, Vehicle } from '../../city/entities.ts';
import type { PickedBin } from '../build-plan.ts';
import { type BinToCollect, buildProblem } from '../build-problem.ts';
import type { CollectionProblem } from '../problem.ts';
import { liesIn } from '../travel/closed-area.ts';
import type { TravelTimes } from '../travel/travel-times.ts';
import { type Closure, closuresInForce, lastShiftEnd, positionAt } from './closures.ts';
import type { DayEvent } from './edit-schema.ts';
import type { WorkingBasis } from './plan-basis.ts';
import type { NoteWords } from './plan-life.ts';
import { standNow } from './truck-progress.ts';
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

/** Nobody knows the ways to a place that was not in the problem: they are asked for when all that happened is in it. */
const withPlaces = (
  problem: CollectionProblem,
  places: readonly { readonly id: string; readonly position: Position }[],
): CollectionProblem => {
  const known = new Set(problem.locations.map(({ id }) => id));
  const fresh = places.filter(({ id }) => !known.has(id)).map(({ id, position }) => ({ id, ...position }));
  return fresh.length === 0 ? problem : { ...problem, locations: [...problem.locations, ...fresh] };
};

const noWays: TravelTimes = async (places) => {
  const row = new Float32Array(places.length);
  const rows = places.map(() => row);
  return { distanceMetres: rows, durationSeconds: rows, source: '' };
};

/** How the planner itself would put these bins and trucks into a problem, with locations by id. */
const asPlanned = async (
  basis: WorkingBasis,
  context: EventContext,
  bins: readonly PickedBin[],
  vehicles: readonly Vehicle[],
) => {
  const { city, fleet } = basis;
  const trucks = vehicles.length > 0 ? vehicles : fleet.vehicles;
  const problem = await buildProblem({
    city,
    serviceDate: context.serviceDate,
    notBefore: context.now,
    bins,
    fleet: { ...fleet, vehicles: trucks.map((vehicle) => ({ ...vehicle, status: 'available' as const })) },
    travelTimes: noWays,
  });
  const idAt = (location: number): string => problem?.locations[location]?.id ?? '';
  return { problem, idAt };
};

const locationOf = (problem: CollectionProblem, id: string): number =>
  problem.locations.findIndex((each) => each.id === id);

const binNote = (name: string, en: string, vi: string): NoteWords => ({ en: `${name}: ${en}`, vi: `${name}: ${vi}` });

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
    if (bin === undefined) notes.push(binNote(binId, 'is not registered', 'chưa được đăng ký'));
    else if (done.has(binId) || frozen.has(binId))
      notes.push(
        binNote(bin.name, 'was collected today: it waits for the next plan', 'đã thu gom hôm nay: chờ kế hoạch sau'),
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
  if (basis.problem.vehicles.some(({ id }) => id === vehicleId)) return { basis: decided, notes: [] };
  const vehicle = context.vehicles.get(vehicleId) ?? basis.fleet.vehicles.find(({ id }) => id === vehicleId);
  if (vehicle === undefined)
    return { basis, notes: [binNote(vehicleId, 'no such truck is registered', 'không có xe này trong danh mục')] };
  const others = basis.fleet.vehicles.filter(({ id }) => id !== vehicleId);
  const { problem: own, idAt } = await asPlanned(basis, context, basis.picked, [...others, vehicle]);
  const truck = own?.vehicles.find(({ id }) => id === vehicleId);
  if (own === undefined || truck === undefined)
    return { basis, notes: [binNote(vehicle.name, 'its shift is over', 'đã hết ca')] };
  const at = (location: number): number => locationOf(basis.problem, idAt(location));
  const startLocation = at(truck.startLocation);
  const endLocation = truck.endLocation === null ? null : at(truck.endLocation);
  if (startLocation < 0) return { basis, notes: [binNote(vehicle.name, 'its depot is unknown', 'không rõ bãi xe')] };
  return {
    notes: [],
    basis: {
      ...decided,
      fleet: { ...basis.fleet, vehicles: [...others, vehicle] },
      problem: withZonesOf(
        { ...basis.problem, vehicles: [...basis.problem.vehicles, { ...truck, startLocation, endLocation }] },
        own,
      ),
    },
  };
};

type Window = [number, number];

const LAST = 3 * 86_400;
/** A disposal site that does not open again today. */
const NEVER: Window = [LAST, LAST];

/** What is left of windows from a moment on. */
const windowsFrom = (windows: readonly Window[] | undefined, from: number): readonly Window[] =>
  (windows ?? [[from, LAST] as Window]).flatMap(([opens, closes]): Window[] =>
    closes > from ? [[Math.max(opens, from), closes]] : [],
  );

/**
 * Nobody serves a bin or empties at a site in a closed area before it opens again; where that is too late, the bin is left out with the
 * reason.
 */
const closeArea = (
  basis: WorkingBasis,
  { area, until, reason, by, at }: Closure,
  context: EventContext,
  isNew: boolean,
): Happened => {
  const done = new Set(basis.problem.vehicles.flatMap(({ done: visits = [] }) => visits.flatMap(({ id }) => id ?? [])));
  const inside = new Set(
    basis.picked.flatMap(({ bin }) => (!done.has(bin.id) && liesIn(area, bin.position) ? bin.id : [])),
  );
  const from = until === undefined ? Number.POSITIVE_INFINITY : (until - context.midnight) / 1_000;
  const lastEnd = lastShiftEnd(basis.problem);
  const out: string[] = [];
  const stops = basis.problem.stops.map((stop) => {
    if (!inside.has(stop.id)) return stop;
    const windows = windowsFrom(stop.windows, from);
    if (from >= lastEnd || windows.length === 0) {
      out.push(stop.id);
      return stop;
    }
    return { ...stop, windows: [...windows] };
  });
  const disposalSites = basis.problem.disposalSites.map((site) => {
    if (!liesIn(area, positionAt(basis.problem, site.location))) return site;
    const windows = windowsFrom(site.windows, from);
    return { ...site, windows: windows.length > 0 ? [...windows] : [NEVER] };
  });
  const known = new Set(basis.decisions.excluded.map(({ binId }) => binId));
  const excluded = out.filter((binId) => !known.has(binId)).map((binId) => ({ binId, reason, by, at }));
  const note = {
    en: `${inside.size} bins of the plan lie in the closed area, ${excluded.length} of them cannot be served today`,
    vi: `${inside.size} thùng nằm trong khu vực bị chặn, ${excluded.length} thùng không thể thu gom hôm nay`,
  };
  return {
    basis: {
      ...basis,
      decisions: { ...basis.decisions, excluded: [...basis.decisions.excluded, ...excluded] },
      problem: {
        ...basis.problem,
        stops,
        disposalSites,
        // Who is on the way there turns round.
        vehicles: basis.problem.vehicles.map((vehicle) =>
          vehicle.committed?.some((id) => inside.has(id))
            ? standNow(vehicle, (context.now - context.midnight) / 1_000)
            : vehicle,
        ),
      },
    },
    notes: isNew || excluded.length > 0 ? [note] : [],
  };
};

/** Puts what happened into the problem, one event after the other. Trucks that stopped or are late are known before. */
export const applyEvents = async (
  basis: WorkingBasis,
  events: readonly DayEvent[],
  context: EventContext,
): Promise<Happened> => {
  const of = <Kind extends DayEvent['kind']>(kind: Kind): EventOf<Kind>[] =>
    events.filter((event): event is EventOf<Kind> => event.kind === kind);
  let now = await overflows(basis, of('overflow'), context);
  const notes = [...now.notes];
  const then = (next: Happened): void => {
    now = next;
    notes.push(...next.notes);
  };
  for (const event of of('truck-joins')) then(await joining(now.basis, event, context));
  const { closures: known = [] } = basis;
  const fresh = of('area-closed').map(({ area, until, reason }): Closure => {
    const closed = { area, reason, by: context.by, at: context.now };
    return until === undefined ? closed : { ...closed, until };
  });
  const closures = [...known, ...fresh];
  if (closures.length > 0) now = { ...now, basis: { ...now.basis, closures } };
  // Those of earlier versions too: bins may have come in that lie there.
  for (const closure of closuresInForce(closures, context.now))
    then(closeArea(now.basis, closure, context, fresh.includes(closure)));
  return { basis: now.basis, notes };
};
