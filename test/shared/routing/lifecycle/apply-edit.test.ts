import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkSolution } from '../../../../shared/routing/checker.ts';
import { applyEdit } from '../../../../shared/routing/lifecycle/apply-edit.ts';
import type { PlanEdit } from '../../../../shared/routing/lifecycle/edit-schema.ts';
import { decidedProblem, stopsAhead, type WorkingBasis } from '../../../../shared/routing/lifecycle/plan-basis.ts';
import { openDay } from '../../../support/day-city.ts';

const act = { by: 'an', at: 0 };

let basis: WorkingBasis;
beforeAll(async () => {
  const day = await openDay();
  ({ basis } = await day.judge(await day.draft(), 1));
}, 60_000);

const made = (from: WorkingBasis, edit: PlanEdit): WorkingBasis => {
  const outcome = applyEdit(from, edit, act);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  expect(checkSolution(decidedProblem(outcome.basis), outcome.basis.solution).faults).toEqual([]);
  return outcome.basis;
};

const refused = (from: WorkingBasis, edit: PlanEdit): { readonly code: string; readonly text: string } => {
  const outcome = applyEdit(from, edit, act);
  if (outcome.ok) throw new Error('It was done');
  return { code: outcome.code, text: JSON.stringify(outcome) };
};

const vehicles = (): readonly string[] => basis.solution.routes.map(({ vehicleId }) => vehicleId);
const firstOf = (vehicleId = vehicles()[0] ?? ''): string => stopsAhead(basis.solution, vehicleId)[0] ?? '';
const ownerOf = (of: WorkingBasis, binId: string): string | undefined =>
  vehicles().find((id) => stopsAhead(of.solution, id).includes(binId));

/** The same with a truck's shift or the landfill cut short. */
const withShift = (vehicleId: string, endsAt: number): WorkingBasis => ({
  ...basis,
  problem: {
    ...basis.problem,
    vehicles: basis.problem.vehicles.map((vehicle) =>
      vehicle.id === vehicleId ? { ...vehicle, shift: [vehicle.shift[0], endsAt] } : vehicle,
    ),
  },
});

describe('an edit of a plan', () => {
  it('moves a bin to another truck, where it costs least or where it is told', () => {
    const [from = '', to = ''] = vehicles();
    const binId = firstOf(from);
    const cheapest = made(basis, { kind: 'move', binId, vehicleId: to });
    expect(ownerOf(cheapest, binId)).toBe(to);
    expect(stopsAhead(cheapest.solution, from)).toEqual(stopsAhead(basis.solution, from).filter((id) => id !== binId));
    const third = made(basis, { kind: 'move', binId, vehicleId: to, position: 3 });
    expect(stopsAhead(third.solution, to)[2]).toBe(binId);
    expect(cheapest.solution.cost.total).toBeLessThanOrEqual(third.solution.cost.total + 1e-6);
  });

  it('moves a bin within its route', () => {
    const [vehicleId = ''] = vehicles();
    const before = stopsAhead(basis.solution, vehicleId);
    const after = made(basis, { kind: 'move', binId: before[0] ?? '', vehicleId, position: before.length });
    expect(stopsAhead(after.solution, vehicleId)).toEqual([...before.slice(1), before[0]]);
  });

  it('leaves what it was given as it was', () => {
    const before = structuredClone(basis);
    made(basis, { kind: 'exclude', binId: firstOf(), reason: 'street fair' });
    expect(basis).toEqual(before);
  });

  it('keeps a locked bin on its truck until it is unlocked', () => {
    const [, other = ''] = vehicles();
    const binId = firstOf();
    const locked = made(basis, { kind: 'lock-stop', binId });
    expect(refused(locked, { kind: 'move', binId, vehicleId: other }).code).toBe('locked');
    const open = made(locked, { kind: 'unlock-stop', binId });
    expect(ownerOf(made(open, { kind: 'move', binId, vehicleId: other }), binId)).toBe(other);
  });

  it('puts nothing in front of a locked order, and takes nothing out of it', () => {
    const [from = '', to = ''] = vehicles();
    const order = stopsAhead(basis.solution, to);
    const locked = made(basis, { kind: 'lock-order', vehicleId: to, upTo: order[2] ?? '' });
    expect(refused(locked, { kind: 'move', binId: firstOf(from), vehicleId: to, position: 2 }).code).toBe('locked');
    expect(refused(locked, { kind: 'move', binId: order[1] ?? '', vehicleId: from }).code).toBe('locked');
    const moved = made(locked, { kind: 'move', binId: firstOf(from), vehicleId: to });
    expect(stopsAhead(moved.solution, to).slice(0, 3)).toEqual(order.slice(0, 3));
    const open = made(locked, { kind: 'unlock-order', vehicleId: to });
    made(open, { kind: 'move', binId: firstOf(from), vehicleId: to, position: 1 });
  });

  it('takes a bin out with a name and a reason, and back in', () => {
    const binId = firstOf();
    const out = made(basis, { kind: 'exclude', binId, reason: 'street fair' });
    expect(ownerOf(out, binId)).toBeUndefined();
    expect(out.decisions.excluded).toEqual([{ binId, reason: 'street fair', ...act }]);
    expect(refused(out, { kind: 'exclude', binId, reason: 'again' }).code).toBe('already-excluded');
    const back = made(out, { kind: 'include', binId });
    expect(ownerOf(back, binId)).toBeDefined();
    expect(back.decisions.excluded).toEqual([]);
  });

  it('withdraws a truck, whose bins go to the others, and takes it back', () => {
    const [gone = ''] = vehicles();
    const rest = made(basis, { kind: 'withdraw-vehicle', vehicleId: gone, reason: 'in the workshop' });
    expect(rest.solution.routes.map(({ vehicleId }) => vehicleId)).not.toContain(gone);
    expect(rest.solution.unserved).toEqual([]);
    const again = made(rest, { kind: 'add-vehicle', vehicleId: gone });
    const binId = stopsAhead(again.solution, again.solution.routes[0]?.vehicleId ?? '')[0] ?? '';
    const moved = made(again, { kind: 'move', binId, vehicleId: gone });
    expect(stopsAhead(moved.solution, gone)).toEqual([binId]);
  });

  it('says by how much a truck would be late home, in both languages', () => {
    const [from = '', to = ''] = vehicles();
    const route = basis.solution.routes.find(({ vehicleId }) => vehicleId === to);
    const tight = withShift(to, Math.ceil(route?.endsAt ?? 0) + 5);
    const { code, text } = refused(tight, { kind: 'move', binId: firstOf(from), vehicleId: to, position: 1 });
    expect(code).toBe('infeasible');
    expect(text).toMatch(/Truck truck-\d would be back \d+ minutes after its shift/);
    expect(text).toMatch(/sẽ về trễ \d+ phút so với ca/);
  });

  it('says by how much it would be late for the landfill', () => {
    const [from = '', to = ''] = vehicles();
    const visits = basis.solution.routes.find(({ vehicleId }) => vehicleId === to)?.visits ?? [];
    const last = visits.findLast(({ kind }) => kind === 'disposal');
    const closing: WorkingBasis = {
      ...basis,
      problem: {
        ...basis.problem,
        disposalSites: basis.problem.disposalSites.map((site) => ({
          ...site,
          windows: [[0, (last?.serviceStartsAt ?? 0) + 5]],
        })),
      },
    };
    const { text } = refused(closing, { kind: 'move', binId: firstOf(from), vehicleId: to, position: 1 });
    expect(text).toMatch(/would arrive at Landfill \d+ minutes after it closes/);
  });

  it('says what a truck has not that a bin needs', () => {
    const [from = '', to = ''] = vehicles();
    const binId = firstOf(from);
    const special: WorkingBasis = {
      ...basis,
      problem: {
        ...basis.problem,
        stops: basis.problem.stops.map((stop) => (stop.id === binId ? { ...stop, lift: 'crane' } : stop)),
      },
    };
    expect(refused(special, { kind: 'move', binId, vehicleId: to }).text).toContain('has no crane');
  });

  it.each<[PlanEdit, string]>([
    [{ kind: 'move', binId: 'nowhere', vehicleId: 'truck-1' }, 'not-planned'],
    [{ kind: 'move', binId: 'bin-01', vehicleId: 'nobody' }, 'no-vehicle'],
    [{ kind: 'include', binId: 'nowhere' }, 'not-in-problem'],
    [{ kind: 'include', binId: 'bin-01' }, 'already-planned'],
    [{ kind: 'add-vehicle', vehicleId: 'nobody' }, 'not-in-problem'],
    [{ kind: 'withdraw-vehicle', vehicleId: 'nobody', reason: 'x' }, 'no-vehicle'],
    [{ kind: 'lock-stop', binId: 'nowhere' }, 'not-planned'],
  ])('refuses %j as %s', (edit, code) => {
    expect(refused(basis, edit).code).toBe(code);
  });

  it('never answers a plan that the checker refuses, whatever is done in a row', () => {
    const kinds = fc.constantFrom(
      'move',
      'move to',
      'lock-stop',
      'lock-order',
      'exclude',
      'include',
      'withdraw',
      'add',
    );
    const step = fc.record({
      kind: kinds,
      bin: fc.nat(35),
      truck: fc.nat(3),
      position: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        let now = basis;
        for (const { kind, bin, truck, position } of steps) {
          const binId = `bin-${String(bin + 1).padStart(2, '0')}`;
          const vehicleId = `truck-${truck + 1}`;
          const edits: Readonly<Record<string, PlanEdit>> = {
            move: { kind: 'move', binId, vehicleId },
            'move to': { kind: 'move', binId, vehicleId, position },
            'lock-stop': { kind: 'lock-stop', binId },
            'lock-order': { kind: 'lock-order', vehicleId },
            exclude: { kind: 'exclude', binId, reason: 'x' },
            include: { kind: 'include', binId },
            withdraw: { kind: 'withdraw-vehicle', vehicleId, reason: 'x' },
            add: { kind: 'add-vehicle', vehicleId },
          };
          const edit = edits[kind];
          const outcome = edit && applyEdit(now, edit, act);
          if (outcome === undefined || !outcome.ok) continue;
          now = outcome.basis;
          const verdict = checkSolution(decidedProblem(now), now.solution);
          expect(verdict.faults).toEqual([]);
          for (const [locked, keeper] of Object.entries(now.decisions.locked))
            expect(stopsAhead(now.solution, keeper)).toContain(locked);
        }
      }),
      { numRuns: 40 },
    );
  });
});
