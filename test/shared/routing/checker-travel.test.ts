import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalOf, departureOf } from '../../../shared/routing/checker/travel-profile.ts';
import { checkSolution } from '../../../shared/routing/checker.ts';
import type { CollectionProblem } from '../../../shared/routing/problem.ts';
import type { Solution, Visit } from '../../../shared/routing/solution.ts';
import { problem, solution, visit, visits, withRoute } from './checker-street.ts';

const slots = fc
  .uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 4 })
  .chain((starts) =>
    fc
      .array(fc.integer({ min: 1, max: 40 }), { minLength: starts.length, maxLength: starts.length })
      .map((factors) =>
        starts.sort((a, b) => a - b).map((from, index) => ({ from, durationFactor: (factors[index] ?? 1) / 10 })),
      ),
  );

/** Drives the way in small steps, each at the pace of its moment. */
const arrivalBySteps = (
  profile: readonly { from: number; durationFactor: number }[],
  leavesAt: number,
  base: number,
) => {
  const step = 0.001;
  let left = base;
  let time = leavesAt;
  while (left > 0) {
    const pace = profile.findLast(({ from }) => from <= time)?.durationFactor ?? 1;
    left -= step / pace;
    time += step;
  }
  return time;
};

describe('driving by a travel profile', () => {
  it('takes half as long again in a slot of factor 1.5, and a share of it where the slot begins on the way', () => {
    const rush = [
      { from: 100, durationFactor: 1.5 },
      { from: 200, durationFactor: 1 },
    ];
    expect(arrivalOf(rush, 0, 50)).toBe(50);
    expect(arrivalOf(rush, 100, 50)).toBe(175);
    // 50 of 80 seconds are driven by 100; the other 30 take 45.
    expect(arrivalOf(rush, 50, 80)).toBe(145);
    // By 200, 100 / 1.5 seconds of the 80 are driven.
    expect(arrivalOf(rush, 100, 80)).toBeCloseTo(200 + 80 - 100 / 1.5, 9);
  });

  it('is what driving in small steps arrives at', () =>
    fc.assert(
      fc.property(slots, fc.nat(120), fc.integer({ min: 0, max: 60 }), (profile, leavesAt, base) => {
        expect(arrivalOf(profile, leavesAt, base)).toBeCloseTo(arrivalBySteps(profile, leavesAt, base), 1);
      }),
      { numRuns: 30 },
    ));

  it('never has who leaves later arrive earlier, and can be read backwards', () =>
    fc.assert(
      fc.property(
        slots,
        fc.double({ min: -50, max: 150, noNaN: true }),
        fc.nat(200),
        fc.nat(50),
        (profile, leavesAt, base, later) => {
          const arrives = arrivalOf(profile, leavesAt, base);
          expect(arrivalOf(profile, leavesAt + later, base)).toBeGreaterThanOrEqual(arrives - 1e-9);
          expect(departureOf(profile, arrives, base)).toBeCloseTo(leavesAt, 6);
        },
      ),
    ));
});

describe('the solution checker on the road', () => {
  const rush: CollectionProblem = {
    ...problem,
    travelProfiles: [{ id: 'rush', slots: [{ from: 210, durationFactor: 2 }] }],
    vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, travelProfile: 'rush', costPerSecond: 0 })),
  };
  /** The way to the second bin crosses into the rush after half of it; after that everything takes twice as long. */
  const slow: readonly Visit[] = [
    { kind: 'start', ...visit(0, [0, 0, 0], [0, 0], 0) },
    { kind: 'stop', stopId: 'near', trip: 1, ...visit(1, [100, 100, 160], [40, 20], 1_000) },
    { kind: 'stop', stopId: 'far', trip: 1, ...visit(2, [310, 310, 370], [100, 50], 1_000) },
    { kind: 'disposal', disposalId: 'landfill', trip: 1, ...visit(3, [570, 570, 670], [0, 0], 1_000) },
    { kind: 'end', ...visit(0, [1_270, 1_270, 1_270], [0, 0], 3_000) },
  ];
  const answer = (drivingSeconds: number): Solution => ({
    ...withRoute({ visits: slow, endsAt: 1_270, drivingSeconds }),
    cost: { ...solution.cost, time: 0, total: 72 },
  });

  it('follows the profile leg by leg', () => {
    expect(checkSolution(rush, answer(1_050)).faults).toEqual([]);
    expect(checkSolution(rush, answer(600)).faults).toContain('truck#0: says 600 s at the wheel, drives 1050 s');
    expect(checkSolution(problem, answer(600)).faults).toContain('truck#0: arrives at location 2 at 310, not 260');
  });

  it('lets an open day end with its last visit', () => {
    const open: CollectionProblem = {
      ...problem,
      vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, endLocation: null })),
    };
    const stays: Solution = {
      ...withRoute({
        visits: [...visits.slice(0, 4), { kind: 'end', ...visit(3, [520, 520, 520], [0, 0], 0) }],
        endsAt: 520,
        distanceMetres: 3_000,
        drivingSeconds: 300,
      }),
      cost: { ...solution.cost, distance: 30, time: 52, total: 94 },
    };
    expect(checkSolution(open, stays).faults).toEqual([]);
    expect(checkSolution(open, solution).faults).toContain('truck#0: does not end at its depot');
    expect(checkSolution(problem, stays).faults).toContain('truck#0: does not end at its depot');
  });

  const lunch = (window: [number, number]): CollectionProblem => ({
    ...problem,
    vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, breaks: [{ window, seconds: 30 }] })),
  });
  const shifted = (each: Visit, seconds: number): Visit => ({
    ...each,
    arrivesAt: each.arrivesAt + seconds,
    serviceStartsAt: each.serviceStartsAt + seconds,
    departsAt: each.departsAt + seconds,
  });
  const resting = (rest: Visit, next: Partial<Visit>): Solution => ({
    ...withRoute({
      visits: [
        ...visits.slice(0, 2),
        rest,
        ...visits.slice(2).map((each, at) => ({ ...shifted(each, 30), ...(at === 0 && next) }) as Visit),
      ],
      endsAt: 850,
    }),
    cost: { ...solution.cost, time: 85, total: 157 },
  });

  it('takes a break before leaving, or on arrival', () => {
    const before = resting({ kind: 'break', ...visit(1, [160, 160, 190], [40, 20], 0) }, {});
    const onArrival = resting({ kind: 'break', ...visit(2, [260, 260, 290], [40, 20], 1_000) }, { legMetres: 0 });
    expect(checkSolution(lunch([150, 300]), before).faults).toEqual([]);
    expect(checkSolution(lunch([150, 300]), onArrival).faults).toEqual([]);
    expect(checkSolution(lunch([170, 300]), before).faults).toContain('truck#0: break at 160 outside its window');
    expect(checkSolution(problem, before).faults).toContain('truck#0: takes more breaks than it has');
  });

  it('takes no break anywhere else', () => {
    const elsewhere = resting({ kind: 'break', ...visit(0, [260, 260, 290], [40, 20], 1_000) }, {});
    expect(checkSolution(lunch([150, 300]), elsewhere).faults.join('\n')).toContain('which is no end of a leg');
  });
});
