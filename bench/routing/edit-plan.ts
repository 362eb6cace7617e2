import { parseArgs } from 'node:util';
import { binSchema, citySchema, depotSchema, disposalSiteSchema, vehicleSchema } from '../../shared/city/entities.ts';
import { checkSolution } from '../../shared/routing/checker.ts';
import { applyEdit } from '../../shared/routing/lifecycle/apply-edit.ts';
import { diffPlans } from '../../shared/routing/lifecycle/diff-plans.ts';
import type { PlanEdit } from '../../shared/routing/lifecycle/edit-schema.ts';
import { decidedProblem, noDecisions, type WorkingBasis } from '../../shared/routing/lifecycle/plan-basis.ts';
import { planOf } from '../../shared/routing/lifecycle/plan-body.ts';
import type { CollectionProblem } from '../../shared/routing/problem.ts';
import { solve } from '../../shared/routing/solver/solve.ts';
import { matricesFromBytes, matricesToBytes } from '../../shared/storage/dynamodb/matrix-bytes.ts';
import { randomOf } from './city-map.ts';
import { oneByOne } from './day.ts';
import { generateCity } from './generate-city.ts';

/**
 * `node bench/routing/edit-plan.ts [--bins 2000] [--trucks 25] [--seconds 10] [--edits 200] [--seed 1]`: how long a dispatcher waits for
 * an edit of a plan: applied, judged by the checker, put into words and compared with the plan before; storage comes on top. Exit code
 * 1 when the checker refuses a plan that an edit answered.
 */
const readArguments = () => {
  const { values } = parseArgs({
    options: {
      bins: { type: 'string', default: '2000' },
      trucks: { type: 'string', default: '25' },
      seconds: { type: 'string', default: '10' },
      edits: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
    },
  });
  for (const [name, value] of Object.entries(values))
    if (!(Number(value) >= 0)) throw new Error(`--${name} must be a number of at least 0`);
  const { bins, trucks, seconds, edits, seed } = values;
  return {
    bins: Number(bins),
    trucks: Number(trucks),
    seconds: Number(seconds),
    edits: Number(edits),
    seed: Number(seed),
  };
};

const somewhere = { latitude: 10.98, longitude: 106.65 };

/** Entities with the problem's ids: only their names matter here. */
const basisOf = (problem: CollectionProblem, seconds: number): WorkingBasis => ({
  problem,
  matrices: 'bench',
  solution: solve(problem, { seed: 1, deadlineMs: seconds * 1_000, now: () => performance.now() }),
  decisions: noDecisions,
  city: citySchema.parse({
    id: 'bench',
    name: 'Bench',
    timeZone: 'Asia/Ho_Chi_Minh',
    centre: somewhere,
    travel: { speedKmh: 28, detourFactor: 1.3 },
    densityKgPerLitre: { recyclable: 0.1, food: 0.4, other: 0.2 },
  }),
  fleet: {
    depots: [depotSchema.parse({ id: 'depot', name: 'Depot', position: somewhere })],
    disposalSites: problem.disposalSites.map(({ id }) =>
      disposalSiteSchema.parse({ id, name: id, position: somewhere }),
    ),
    vehicles: problem.vehicles.map(({ id, type }) =>
      vehicleSchema.parse({
        id,
        name: id,
        type,
        depotId: 'depot',
        capacityLitres: 1,
        capacityKg: 1,
        shift: { from: '19:00', to: '02:30' },
        costPerKmVnd: 12_000,
      }),
    ),
  },
  picked: problem.stops.map(({ id }) => ({
    bin: binSchema.parse({
      id,
      name: id,
      position: somewhere,
      stream: 'other',
      container: { depthMm: 1_000, blindZoneMm: 0, capacityLitres: 240 },
    }),
    expectedFraction: 0.8,
    words: { reason: 'full', reasonVi: 'đầy' },
  })),
  noData: [],
  assumedDone: [],
  frozen: [],
});

const HEAD = { planId: 'bench', serviceDate: '2026-11-23', trigger: 'dispatcher', requestedAt: 0 } as const;

const drawEdit = (basis: WorkingBasis, random: () => number): PlanEdit => {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const { stopId } = pick(
    basis.solution.routes.flatMap(({ visits }) => visits.flatMap((visit) => (visit.kind === 'stop' ? [visit] : []))),
  );
  const { vehicleId } = pick(basis.solution.routes);
  const kind = random();
  if (kind < 0.4) return { kind: 'move', binId: stopId, vehicleId };
  if (kind < 0.7) return { kind: 'move', binId: stopId, vehicleId, position: 1 + Math.floor(80 * random()) };
  if (kind < 0.8) return { kind: 'exclude', binId: stopId, reason: 'bench' };
  const out = basis.decisions.excluded[0]?.binId;
  if (kind < 0.9 && out !== undefined) return { kind: 'include', binId: out };
  return { kind: 'lock-stop', binId: stopId };
};

const percentile = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0);

const main = (): void => {
  const { bins, trucks, seconds, edits, seed } = readArguments();
  const random = randomOf(seed);
  let basis = basisOf(oneByOne(generateCity({ bins, trucks, seed, shift: 'night' })), seconds);
  const took = new Map<string, number[]>();
  const count = { done: 0, refused: 0, faulty: 0 };
  const at = { at: 0, seed: 1 };
  for (let edit = 0; edit < edits; edit += 1) {
    const wanted = drawEdit(basis, random);
    const before = planOf(basis, HEAD, at);
    const startedAt = performance.now();
    const outcome = applyEdit(basis, wanted, { by: 'bench', at: 0 });
    if (outcome.ok) diffPlans(before, planOf(outcome.basis, HEAD, at));
    const kind = `${wanted.kind}${'position' in wanted ? ' to a place' : ''}${outcome.ok ? '' : ', refused'}`;
    took.set(kind, [...(took.get(kind) ?? []), performance.now() - startedAt]);
    count[outcome.ok ? 'done' : 'refused'] += 1;
    if (!outcome.ok) continue;
    if (checkSolution(decidedProblem(outcome.basis), outcome.basis.solution).faults.length > 0) count.faulty += 1;
    basis = outcome.basis;
  }
  const packingAt = performance.now();
  const bytes = matricesToBytes(basis.problem);
  const packMs = Math.round(performance.now() - packingAt);
  const readingAt = performance.now();
  matricesFromBytes(bytes);
  const line = {
    ...count,
    milliseconds: Object.fromEntries(
      [...took, ['all', [...took.values()].flat()] as const].map(([kind, list]) => {
        const sorted = list.toSorted((a, b) => a - b);
        return [
          kind,
          {
            count: list.length,
            p50: percentile(sorted, 0.5),
            p95: percentile(sorted, 0.95),
            max: percentile(sorted, 1),
          },
        ];
      }),
    ),
    matrices: { megabytes: Math.round(bytes.length / 1e6), packMs, readMs: Math.round(performance.now() - readingAt) },
  };
  process.stdout.write(`${JSON.stringify(line, undefined, 2)}\n`);
  if (count.faulty > 0) process.exitCode = 1;
};

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
