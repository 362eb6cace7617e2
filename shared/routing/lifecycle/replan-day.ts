import { InfeasibleProblemError } from '../assert-valid.ts';
import type { ReceivedReport } from '../crew/crew-report.ts';
import type { CollectionProblem } from '../problem.ts';
import type { Solution } from '../solution.ts';
import { solve as solveHere } from '../solver/solve.ts';
import { assemble } from './assemble.ts';
import { bringUpToDate, type Present, type UpToDate } from './bring-up-to-date.ts';
import { closuresInForce, lacksSites } from './closures.ts';
import { applyEvents, type EventContext } from './day-events.ts';
import type { DayEvent } from './edit-schema.ts';
import { driveOn } from './keep-days.ts';
import { decidedProblem, stopsAhead, type WorkingBasis } from './plan-basis.ts';
import { type NoteWords, type Refusal, refuse } from './plan-life.ts';
import { bringTrucksBack, notOut, returnsIn } from './truck-back.ts';
import { standNow } from './truck-progress.ts';
import { askWaysAnew } from './ways-anew.ts';

export type ReplanContext = EventContext & {
  readonly reports: readonly ReceivedReport[];
  readonly deadlineMs: number;
  readonly seed: number;
  readonly solve: (
    problem: CollectionProblem,
    options: { readonly deadlineMs: number; readonly seed: number; readonly warmStart: Solution },
  ) => Solution | Promise<Solution>;
};

export type Replanned =
  | {
      readonly ok: true;
      readonly basis: WorkingBasis;
      readonly notes: readonly NoteWords[];
      /** All ways were asked for anew: lines of legs ahead are others too. */
      readonly waysAreAnew: boolean;
      /** What keeping the plan and inserting what is new would have cost and left out; the answer is never worse. */
      readonly kept: Weight;
      readonly found: Weight;
    }
  | Refusal;

/** What counts first: weights of stops that must be served and are not; then money. */
export type Weight = { readonly missing: number; readonly cost: number };

/** A bin that changes hands must save more than so many kilometres of the dearest truck: crews have seen their lists. */
const WORTH_A_MOVE_KM = 0.5;

const weigh = (problem: CollectionProblem, { unserved, cost }: Solution): Weight => {
  const left = new Set(unserved.map(({ stopId }) => stopId));
  const missing = problem.stops.reduce(
    (sum, { id, prize, priority = 1 }) => sum + (prize === undefined && left.has(id) ? priority : 0),
    0,
  );
  return { missing, cost: cost.total };
};

/** Whose bin it was, by the plan that crews know. */
const withPublished = (problem: CollectionProblem, known: Solution): CollectionProblem => {
  const open = new Set(problem.stops.map(({ id }) => id));
  const perKm = Math.max(...problem.vehicles.map(({ costPerMetre }) => costPerMetre)) * 1_000;
  return {
    ...problem,
    published: {
      costPerMovedStop: WORTH_A_MOVE_KM * perKm,
      routes: problem.vehicles.flatMap(({ id }) => {
        const stopIds = stopsAhead(known, id).filter((stopId) => open.has(stopId));
        return stopIds.length === 0 ? [] : [{ vehicleId: id, vehicleIndex: 0, stopIds }];
      }),
    },
  };
};

const freed: NoteWords = {
  en: 'Locked orders could not be kept and were given up',
  vi: 'Không giữ được thứ tự đã khóa nên đã bỏ khóa',
};

/** Locked orders go first when they stand in the way of any plan, then the bins that trucks are driving to. */
const easier = (basis: WorkingBasis, now: number): WorkingBasis | undefined => {
  if (Object.keys(basis.decisions.orders).length > 0)
    return { ...basis, decisions: { ...basis.decisions, orders: {} } };
  if (!basis.problem.vehicles.some(({ committed }) => committed !== undefined)) return undefined;
  return {
    ...basis,
    problem: {
      ...basis.problem,
      vehicles: basis.problem.vehicles.map((vehicle) =>
        vehicle.committed === undefined ? vehicle : standNow(vehicle, now),
      ),
    },
  };
};

/** Keep-and-insert: the plan as it stands with what is new put where it costs least. */
const keepAndInsert = (
  basis: WorkingBasis,
  known: Solution,
  now: number,
): {
  readonly basis: WorkingBasis;
  readonly problem: CollectionProblem;
  readonly kept: Solution;
  readonly gaveUp: boolean;
} => {
  let tried: WorkingBasis | undefined = basis;
  let gaveUp = false;
  for (;;) {
    const problem = withPublished(decidedProblem(tried), known);
    try {
      return { basis: tried, problem, kept: solveHere(problem, { seed: 1, iterations: 0, warmStart: known }), gaveUp };
    } catch (error) {
      const next: WorkingBasis | undefined = error instanceof InfeasibleProblemError ? easier(tried, now) : undefined;
      if (next === undefined) throw error;
      tried = next;
      gaveUp = true;
    }
  }
};

const noSite = ({ closures }: WorkingBasis, now: number): Refusal => {
  const why = closuresInForce(closures, now).map(({ reason }) => reason);
  return refuse(
    'no-site',
    `No truck gets to a disposal site that is open: ${why.join('; ')}`,
    `Không xe nào đến được điểm xử lý đang mở: ${why.join('; ')}`,
  );
};

/** The days as they were going to be, over the ways that are left: what a truck cannot do any more, others may. */
const onOtherWays = (basis: WorkingBasis, context: ReplanContext): UpToDate => {
  const { midnight, now, serviceDate } = context;
  const underWay = basis.problem.vehicles.filter(
    ({ id, done = [] }) => done.length > 0 || basis.solution.routes.some(({ vehicleId }) => vehicleId === id),
  );
  const ahead = new Map(underWay.map(({ id }) => [id, stopsAhead(basis.solution, id)]));
  return driveOn(basis, ahead, { midnight, now, serviceDate });
};

/**
 * The basis as the day has gone so far, with the trucks that came back: those that had stopped before, and those that stopped and came
 * back within one order.
 */
const nowWithTrucks = async (
  basis: WorkingBasis,
  events: readonly DayEvent[],
  present: Present,
  context: ReplanContext,
): Promise<UpToDate> => {
  const first = await bringTrucksBack(basis, returnsIn(events, basis, context.now), context);
  const now = bringUpToDate(first.basis, present);
  const notes = [...first.notes, ...now.notes];
  const tried = new Set((basis.stopped ?? []).map(({ vehicleId }) => vehicleId));
  const later = returnsIn(events, now.basis, context.now).filter(({ vehicleId }) => !tried.has(vehicleId));
  const second = await bringTrucksBack(now.basis, later, context);
  const isOut = new Set((now.basis.stopped ?? []).map(({ vehicleId }) => vehicleId));
  const strangers = later.filter(({ vehicleId }) => !isOut.has(vehicleId));
  notes.push(...second.notes, ...strangers.map((each) => notOut(now.basis, each)));
  if (second.came.size === 0) return { basis: now.basis, notes };
  // Delays are in the days by now, and who stopped has come back.
  const { delays: _late, stopped: _out, ...rest } = present;
  const then = bringUpToDate(second.basis, rest);
  const said = new Set(notes.map(({ en }) => en));
  return { basis: then.basis, notes: [...notes, ...then.notes.filter(({ en }) => !said.has(en))] };
};

/**
 * The rest of a day planned anew: brought up to date, with what happened put in, from a warm start with a price on bins that change
 * hands. Done visits, what trucks are driving to, locked bins and locked orders stay. Never worse than keeping the plan and
 * inserting what is new: that is worked out too, and the better of the two counts.
 */
export const replanDay = async (
  basis: WorkingBasis,
  events: readonly DayEvent[],
  context: ReplanContext,
): Promise<Replanned> => {
  const delays = new Map<string, number>();
  const stopped = new Map<string, { readonly at: number; readonly reason: string }>();
  for (const event of events) {
    if (event.kind === 'crew-late')
      delays.set(event.vehicleId, (delays.get(event.vehicleId) ?? 0) + 60 * event.minutes);
    if (event.kind === 'truck-out') stopped.set(event.vehicleId, { at: event.at, reason: event.reason });
  }
  const { midnight, now, reports, serviceDate } = context;
  const present = await nowWithTrucks(basis, events, { serviceDate, midnight, now, reports, delays, stopped }, context);
  const said = await applyEvents(present.basis, events, context);
  const ways = await askWaysAnew(said.basis, context);
  if (lacksSites(ways.basis.problem)) return noSite(ways.basis, now);
  const happened = ways.isAnew ? onOtherWays(ways.basis, context) : { basis: ways.basis, notes: [] };
  if (decidedProblem(happened.basis).vehicles.length === 0)
    return refuse('no-vehicle', 'No truck is left to plan with', 'Không còn xe nào để lập kế hoạch');
  const start = keepAndInsert(happened.basis, happened.basis.solution, (now - midnight) / 1_000);
  const { deadlineMs, seed } = context;
  const fresh = await context.solve(start.problem, { deadlineMs, seed, warmStart: start.kept });
  const [kept, found] = [weigh(start.problem, start.kept), weigh(start.problem, fresh)];
  const isWorse = found.missing > kept.missing || (found.missing === kept.missing && found.cost > kept.cost);
  const best = isWorse ? start.kept : fresh;
  const { solution, faults } = assemble(decidedProblem(start.basis), best.routes, best.unserved, fresh);
  if (faults.length > 0) throw new Error(`The re-plan is refused by the checker: ${faults.slice(0, 5).join('; ')}`);
  return {
    ok: true,
    basis: { ...start.basis, solution },
    waysAreAnew: ways.isAnew,
    notes: [...present.notes, ...said.notes, ...ways.notes, ...happened.notes, ...(start.gaveUp ? [freed] : [])],
    kept,
    found: isWorse ? kept : found,
  };
};
