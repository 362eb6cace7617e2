import type { DoneVisit, ProblemVehicle } from '../problem.ts';
import { aboutOne, plannedTruck } from './as-planned.ts';
import { namesOf } from './assemble.ts';
import { standsAt } from './closures.ts';
import type { EventContext, Happened } from './day-events.ts';
import type { DayEvent } from './edit-schema.ts';
import { loadWords } from './load-words.ts';
import type { Stood, StoppedTruck, WorkingBasis } from './plan-basis.ts';
import type { NoteWords } from './plan-life.ts';
import { thaw, withItsStops } from './thaw-route.ts';
import { withZonesOf } from './zones.ts';

/** How a truck comes back that was out of service. */
export type Return = {
  readonly vehicleId: string;
  /** UTC epoch milliseconds. */
  readonly at: number;
  readonly from: 'depot' | 'last-place';
  readonly emptied?: true | undefined;
};

/** The returns among events. A truck that joins although it is out of service comes back from its depot, now. */
export const returnsIn = (events: readonly DayEvent[], { stopped = [] }: WorkingBasis, now: number): Return[] =>
  events.flatMap((event): Return[] => {
    if (event.kind === 'truck-back') return [event];
    const isOut = event.kind === 'truck-joins' && stopped.some(({ vehicleId }) => vehicleId === event.vehicleId);
    return isOut ? [{ vehicleId: event.vehicleId, at: now, from: 'depot' }] : [];
  });

type Stand = { readonly from: number; readonly until: number; readonly location: number; readonly emptied: boolean };

/**
 * Its day so far with the time that it stood, seconds: breaks whose window it stood through, for as long as they take, were taken then.
 */
const withStand = (vehicle: ProblemVehicle, { from, until, location, emptied }: Stand): readonly DoneVisit[] => {
  const done = [...(vehicle.done ?? [])];
  let time = Math.max(from, done.at(-1)?.departsAt ?? from);
  const taken = done.filter(({ kind }) => kind === 'break').length;
  const owed = [...vehicle.breaks].sort((a, b) => a.window[0] - b.window[0]).slice(taken);
  for (const { window, seconds } of owed) {
    const begins = Math.max(time, window[0]);
    if (begins > window[1] || begins + seconds > until) break;
    time = begins + seconds;
    done.push({ kind: 'break', arrivesAt: begins, serviceStartsAt: begins, departsAt: time });
  }
  const stood = { arrivesAt: time, serviceStartsAt: time, departsAt: Math.max(time, until) };
  return [...done, { kind: 'stand', location, ...(emptied && { emptied: true }), ...stood }];
};

const NO_LOAD = { litres: 0, kg: 0 };

/** The vehicle with its day so far; one that has done nothing sets out from its depot. */
const vehicleBack = (
  basis: WorkingBasis,
  { vehicle, at }: StoppedTruck,
  truck: ProblemVehicle,
  { from, emptied, at: back }: Return,
  midnight: number,
): ProblemVehicle => {
  const [out, until] = [(at - midnight) / 1_000, (back - midnight) / 1_000];
  const known = vehicle ?? truck;
  if ((known.done ?? []).length === 0)
    return { ...known, shift: [Math.min(known.shift[1], Math.max(known.shift[0], until)), known.shift[1]] };
  const location = from === 'depot' ? known.startLocation : standsAt(basis.problem, known);
  return { ...known, done: [...withStand(known, { from: out, until, location, emptied: emptied === true })] };
};

const withTimes = (basis: WorkingBasis, vehicleId: string, stood: Stood): WorkingBasis => ({
  ...basis,
  stood: { ...basis.stood, [vehicleId]: [...(basis.stood?.[vehicleId] ?? []), stood] },
  decisions: {
    ...basis.decisions,
    withdrawn: basis.decisions.withdrawn.filter((gone) => gone.vehicleId !== vehicleId),
  },
});

const backNote = (name: string, { from, emptied }: Return, { onBoard }: Stood): NoteWords => {
  const where = from === 'depot' ? ['from its depot', 'từ bãi xe'] : ['from where it stopped', 'từ nơi đã dừng'];
  if (emptied === true) {
    const [en, vi] = ['what it had on board was taken from it', 'rác trên xe đã được chuyển đi'];
    return aboutOne(name, `back in service ${where[0]}, ${en}`, `chạy lại ${where[1]}, ${vi}`);
  }
  const load = loadWords(onBoard);
  const [en, vi] = load === undefined ? ['', ''] : [`, with ${load.en} on board`, `, đang chở ${load.vi}`];
  return aboutOne(name, `back in service ${where[0]}${en}`, `chạy lại ${where[1]}${vi}`);
};

const comeBack = async (
  basis: WorkingBasis,
  record: StoppedTruck,
  coming: Return,
  context: EventContext,
): Promise<Happened> => {
  const { vehicleId } = record;
  const planned = await plannedTruck(basis, vehicleId, context);
  if (!planned.ok) return { basis, notes: [planned.note] };
  const name = namesOf(basis).vehicle(vehicleId);
  const withStops = withItsStops(basis, record);
  const at = Math.max(coming.at, record.at);
  const vehicle = vehicleBack(withStops, record, planned.truck, { ...coming, at }, context.midnight);
  if ((at - context.midnight) / 1_000 >= vehicle.shift[1])
    return { basis, notes: [aboutOne(name, 'its shift is over', 'đã hết ca')] };
  const frozen = basis.frozen.find((route) => route.vehicleId === vehicleId);
  const onBoard = coming.emptied === true ? NO_LOAD : (frozen?.outOfService?.onBoard ?? NO_LOAD);
  const { reason, reasonVi } = record;
  const stood: Stood = { at: record.at, until: at, reason, ...(reasonVi !== undefined && { reasonVi }), onBoard };
  const back = thaw(withTimes(withStops, vehicleId, stood), vehicle);
  return {
    notes: [backNote(name, coming, stood)],
    basis: { ...back, fleet: planned.fleet, problem: withZonesOf(back.problem, planned.own) },
  };
};

/** Puts trucks that were out of service, and are among `returns`, back into the problem with what they have done; the others are not touched. */
export const bringTrucksBack = async (
  basis: WorkingBasis,
  returns: readonly Return[],
  context: EventContext,
): Promise<Happened & { readonly came: ReadonlySet<string> }> => {
  let now = basis;
  const notes: NoteWords[] = [];
  const came = new Set<string>();
  for (const coming of returns) {
    const record = now.stopped?.find(({ vehicleId }) => vehicleId === coming.vehicleId);
    if (record === undefined) continue;
    const happened = await comeBack(now, record, coming, context);
    if (happened.basis !== now) came.add(coming.vehicleId);
    now = happened.basis;
    notes.push(...happened.notes);
  }
  return { basis: now, notes, came };
};

/** A note on a truck that was said to come back and had not gone. */
export const notOut = (basis: WorkingBasis, { vehicleId }: Return): NoteWords =>
  aboutOne(
    namesOf(basis).vehicle(vehicleId),
    'is not out of service in this plan',
    'không ở trạng thái ngừng trong kế hoạch này',
  );
