import type { CollectionProblem } from '../problem.ts';
import type { Route, Unserved } from '../solution.ts';
import { solve } from '../solver/solve.ts';
import { assemble, namesOf, withRoutes } from './assemble.ts';
import { type Breach, unsuitable, whyNot } from './breaches.ts';
import { cheapestTruck } from './cheapest-truck.ts';
import type { PlanEdit } from './edit-schema.ts';
import { driveInOrder } from './one-route.ts';
import { beforeLockedOrder, placeStop } from './place-stop.ts';
import { type Decisions, decidedProblem, stopsAhead, type WorkingBasis } from './plan-basis.ts';
import { type PlanAct, type Refusal, refuse } from './plan-life.ts';

export type EditOutcome =
  | { readonly ok: true; readonly basis: WorkingBasis }
  /** It was understood, but a truck could not drive it. */
  | { readonly ok: false; readonly code: 'infeasible'; readonly breaches: readonly Breach[] }
  | Refusal;

type EditOf<Kind extends PlanEdit['kind']> = Extract<PlanEdit, { readonly kind: Kind }>;

const infeasible = (breaches: readonly Breach[]): EditOutcome => ({ ok: false, code: 'infeasible', breaches });

/** Edits promise a plan that the checker accepts. */
const judged = ({
  basis,
  faults,
}: {
  readonly basis: WorkingBasis;
  readonly faults: readonly string[];
}): EditOutcome =>
  faults.length === 0
    ? { ok: true, basis }
    : infeasible(
        faults.map((fault) => ({ code: 'impossible', en: fault, vi: `Bộ kiểm tra không chấp nhận: ${fault}` })),
      );

const routeWith = ({ solution }: WorkingBasis, binId: string) =>
  solution.routes.find(({ visits }) => visits.some((visit) => visit.kind === 'stop' && visit.stopId === binId));

const isDone = (basis: WorkingBasis, binId: string): boolean =>
  basis.solution.routes.some(({ visits }) =>
    visits.some((visit) => visit.kind === 'stop' && visit.stopId === binId && visit.done === true),
  );

const nameOf = (basis: WorkingBasis, binId: string): string => namesOf(basis).place(binId);

const alreadyDone = (basis: WorkingBasis, binId: string): Refusal =>
  refuse('already-done', `${nameOf(basis, binId)} is done already`, `${nameOf(basis, binId)} đã được thu gom`);

const notPlanned = (binId: string): Refusal =>
  refuse('not-planned', `The plan serves no bin ${binId}`, `Kế hoạch không thu gom thùng ${binId}`);

const noSuchVehicle = (vehicleId: string): Refusal =>
  refuse('no-vehicle', `The plan has no truck ${vehicleId}`, `Kế hoạch không có xe ${vehicleId}`);

const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([each]) => each !== key));

const decide = (basis: WorkingBasis, decisions: Partial<Decisions>): WorkingBasis => ({
  ...basis,
  decisions: { ...basis.decisions, ...decisions },
});

const dropFromOrders = (orders: Decisions['orders'], binId: string): Decisions['orders'] =>
  Object.fromEntries(Object.entries(orders).map(([id, order]) => [id, order.filter((each) => each !== binId)]));

const lockedElsewhere = (basis: WorkingBasis, binId: string, vehicleId: string): Refusal | undefined => {
  const { locked, orders } = basis.decisions;
  const names = namesOf(basis);
  const keeper = locked[binId];
  const [bin, truck] = [names.place(binId), names.vehicle(keeper ?? '')];
  if (keeper !== undefined && keeper !== vehicleId)
    return refuse(
      'locked',
      `${bin} is locked to ${truck}: unlock it first`,
      `${bin} đã khóa cho ${truck}: hãy mở khóa trước`,
    );
  if (Object.values(orders).some((order) => order.includes(binId)))
    return refuse(
      'locked',
      `The order in which ${bin} stands is locked: unlock it first`,
      `Thứ tự có ${bin} đang bị khóa: hãy mở khóa trước`,
    );
  return undefined;
};

/** A refusal where a truck is driving to the bin: only what happened on the road turns it round. */
const drivenTo = (basis: WorkingBasis, binId: string): Refusal | undefined => {
  const name = nameOf(basis, binId);
  return basis.problem.vehicles.some(({ committed }) => committed?.includes(binId))
    ? refuse('under-way', `A truck is on its way to ${name}`, `Xe đang trên đường đến ${name}`)
    : undefined;
};

const move = (basis: WorkingBasis, { binId, vehicleId, position }: EditOf<'move'>): EditOutcome => {
  const source = routeWith(basis, binId);
  if (source === undefined) return notPlanned(binId);
  if (isDone(basis, binId)) return alreadyDone(basis, binId);
  const problem = decidedProblem(basis);
  const target = problem.vehicles.find(({ id }) => id === vehicleId);
  if (target === undefined) return noSuchVehicle(vehicleId);
  const locked =
    drivenTo(basis, binId) ?? lockedElsewhere(basis, binId, vehicleId) ?? beforeLockedOrder(basis, target, position);
  if (locked !== undefined) return locked;
  const stop = problem.stops.find(({ id }) => id === binId);
  const unfit = stop === undefined ? [] : unsuitable(stop, target, namesOf(basis));
  if (unfit.length > 0) return infeasible(unfit);
  const ahead = stopsAhead(basis.solution, vehicleId).filter((id) => id !== binId);
  const placed = placeStop(basis, problem, target, ahead, binId, position);
  if (!placed.ok) return infeasible(whyNot(problem, target, placed.order, namesOf(basis)));
  const changed = new Map<string, Route | undefined>([[vehicleId, placed.route]]);
  if (source.vehicleId !== vehicleId) {
    const left = dropped(basis, problem, source.vehicleId, binId);
    if (!left.ok) return left.outcome;
    changed.set(source.vehicleId, left.route);
  }
  return judged(withRoutes(basis, changed, basis.solution.unserved));
};

type Dropped =
  | { readonly ok: true; readonly route: Route | undefined }
  | { readonly ok: false; readonly outcome: EditOutcome };

/** A vehicle's day without one of its stops. */
const dropped = (basis: WorkingBasis, problem: CollectionProblem, vehicleId: string, binId: string): Dropped => {
  const vehicle = problem.vehicles.find(({ id }) => id === vehicleId);
  if (vehicle === undefined) return { ok: false, outcome: noSuchVehicle(vehicleId) };
  const order = stopsAhead(basis.solution, vehicleId).filter((id) => id !== binId);
  const day = driveInOrder(problem, vehicle, order);
  return day.ok
    ? { ok: true, route: day.route }
    : { ok: false, outcome: infeasible(whyNot(problem, vehicle, order, namesOf(basis))) };
};

const exclude = (basis: WorkingBasis, { binId, reason }: EditOf<'exclude'>, { by, at }: PlanAct): EditOutcome => {
  const { decisions, problem, solution } = basis;
  if (isDone(basis, binId)) return alreadyDone(basis, binId);
  if (!problem.stops.some(({ id }) => id === binId)) return notPlanned(binId);
  const driven = drivenTo(basis, binId);
  if (driven !== undefined) return driven;
  if (decisions.excluded.some((known) => known.binId === binId))
    return refuse(
      'already-excluded',
      `${nameOf(basis, binId)} is left out already`,
      `${nameOf(basis, binId)} đã bị loại`,
    );
  const source = routeWith(basis, binId);
  const decided = decide(basis, {
    excluded: [...decisions.excluded, { binId, reason, by, at }],
    locked: without(decisions.locked, binId),
    orders: dropFromOrders(decisions.orders, binId),
  });
  const unserved = solution.unserved.filter(({ stopId }) => stopId !== binId);
  const left = source && dropped(decided, decidedProblem(decided), source.vehicleId, binId);
  if (left?.ok === false) return left.outcome;
  const changed = new Map(source && left ? [[source.vehicleId, left.route]] : []);
  return judged(withRoutes(decided, changed, unserved));
};

/** The bin is wanted: nothing may leave it out for money's sake. */
const wanted = (basis: WorkingBasis, binId: string): WorkingBasis => ({
  ...decide(basis, { excluded: basis.decisions.excluded.filter((known) => known.binId !== binId) }),
  problem: {
    ...basis.problem,
    stops: basis.problem.stops.map((stop) => {
      const { prize: _prize, ...must } = stop;
      return stop.id === binId ? must : stop;
    }),
  },
});

const include = (basis: WorkingBasis, { binId, vehicleId, position }: EditOf<'include'>): EditOutcome => {
  if (routeWith(basis, binId) !== undefined)
    return refuse(
      'already-planned',
      `${nameOf(basis, binId)} is in the plan`,
      `${nameOf(basis, binId)} đã có trong kế hoạch`,
    );
  if (!basis.problem.stops.some(({ id }) => id === binId))
    return refuse(
      'not-in-problem',
      `The plan was made without bin ${binId}: re-plan with it reported as overflowing`,
      `Kế hoạch được lập khi không có thùng ${binId}: hãy lập lại với thùng này là thùng đầy`,
    );
  const open = wanted(basis, binId);
  const problem = decidedProblem(open);
  const trucks = problem.vehicles.filter(({ id }) => vehicleId === undefined || id === vehicleId);
  if (trucks.length === 0) return noSuchVehicle(vehicleId ?? '');
  const found = cheapestTruck(open, problem, trucks, binId, position);
  if (!found.ok) return found;
  const unserved = basis.solution.unserved.filter(({ stopId }) => stopId !== binId);
  return judged(withRoutes(open, new Map([[found.vehicleId, found.route]]), unserved));
};

const lockStop = (basis: WorkingBasis, { binId }: EditOf<'lock-stop'>): EditOutcome => {
  const route = routeWith(basis, binId);
  if (route === undefined) return notPlanned(binId);
  if (isDone(basis, binId)) return alreadyDone(basis, binId);
  const decided = decide(basis, { locked: { ...basis.decisions.locked, [binId]: route.vehicleId } });
  return judged(withRoutes(decided, new Map(), basis.solution.unserved));
};

const lockOrder = (basis: WorkingBasis, { vehicleId, upTo }: EditOf<'lock-order'>): EditOutcome => {
  const ahead = stopsAhead(basis.solution, vehicleId);
  if (ahead.length === 0) return noSuchVehicle(vehicleId);
  const last = upTo === undefined ? ahead.length - 1 : ahead.indexOf(upTo);
  if (last < 0) return notPlanned(upTo ?? '');
  const decided = decide(basis, { orders: { ...basis.decisions.orders, [vehicleId]: ahead.slice(0, last + 1) } });
  return judged(withRoutes(decided, new Map(), basis.solution.unserved));
};

const withdraw = (basis: WorkingBasis, { vehicleId, reason }: EditOf<'withdraw-vehicle'>): EditOutcome => {
  const problem = decidedProblem(basis);
  const vehicle = problem.vehicles.find(({ id }) => id === vehicleId);
  if (vehicle === undefined) return noSuchVehicle(vehicleId);
  if ((vehicle.done ?? []).length > 0 || basis.problem.vehicles.some((v) => v.id === vehicleId && v.committed?.length))
    return refuse(
      'under-way',
      'The truck is on the road: re-plan with it out of service',
      'Xe đang chạy: hãy lập lại với xe ngừng hoạt động',
    );
  const { decisions } = basis;
  const decided = decide(basis, {
    withdrawn: [...decisions.withdrawn, { vehicleId, reason }],
    locked: Object.fromEntries(Object.entries(decisions.locked).filter(([, keeper]) => keeper !== vehicleId)),
    orders: without(decisions.orders, vehicleId),
  });
  const rest = decidedProblem(decided);
  if (rest.vehicles.length === 0)
    return refuse('last-vehicle', 'It is the only truck of the plan', 'Đây là xe duy nhất của kế hoạch');
  const warmStart = {
    ...basis.solution,
    routes: basis.solution.routes.filter((route) => route.vehicleId !== vehicleId),
  };
  const { routes, unserved } = solve(rest, { seed: 1, iterations: 0, warmStart });
  const assembled = assemble(rest, routes, unserved, basis.solution);
  return judged({ basis: { ...decided, solution: assembled.solution }, faults: assembled.faults });
};

const addVehicle = (basis: WorkingBasis, { vehicleId }: EditOf<'add-vehicle'>): EditOutcome => {
  const { decisions } = basis;
  if (!decisions.withdrawn.some((gone) => gone.vehicleId === vehicleId)) {
    const isThere = basis.problem.vehicles.some(({ id }) => id === vehicleId);
    return isThere
      ? refuse('already-planned', `The plan has truck ${vehicleId}`, `Kế hoạch đã có xe ${vehicleId}`)
      : refuse(
          'not-in-problem',
          `The plan was made without truck ${vehicleId}: re-plan with it joining`,
          `Kế hoạch được lập khi không có xe ${vehicleId}: hãy lập lại với xe này bổ sung`,
        );
  }
  const decided = decide(basis, { withdrawn: decisions.withdrawn.filter((gone) => gone.vehicleId !== vehicleId) });
  return judged(withRoutes(decided, new Map(), basis.solution.unserved));
};

/**
 * Carries one edit out on a basis: the routes that it touches are driven again by the optimizer's clock, and the whole is judged
 * by the checker. Nothing is changed in place; whoever only wants to know throws the answer away.
 */
export const applyEdit = (basis: WorkingBasis, edit: PlanEdit, act: PlanAct): EditOutcome => {
  const stays = (decisions: Partial<Decisions>, unserved: readonly Unserved[] = basis.solution.unserved): EditOutcome =>
    judged(withRoutes(decide(basis, decisions), new Map(), unserved));
  switch (edit.kind) {
    case 'move':
      return move(basis, edit);
    case 'lock-stop':
      return lockStop(basis, edit);
    case 'unlock-stop':
      return stays({ locked: without(basis.decisions.locked, edit.binId) });
    case 'lock-order':
      return lockOrder(basis, edit);
    case 'unlock-order':
      return stays({ orders: without(basis.decisions.orders, edit.vehicleId) });
    case 'exclude':
      return exclude(basis, edit, act);
    case 'include':
      return include(basis, edit);
    case 'withdraw-vehicle':
      return withdraw(basis, edit);
    case 'add-vehicle':
      return addVehicle(basis, edit);
  }
};
