import { parseArgs } from 'node:util';
import { checkSolution } from '../../shared/routing/checker.ts';
import type { CollectionProblem, ProblemStop } from '../../shared/routing/problem.ts';
import type { Solution } from '../../shared/routing/solution.ts';
import { type SolveOptions, solve } from '../../shared/routing/solver/solve.ts';
import { randomOf } from './city-map.ts';
import { brokenPromises, oneByOne, problemAt, published, withoutVehicle, withStop } from './day.ts';
import { generateCity } from './generate-city.ts';

/**
 * `node bench/routing/replan.ts [--bins 500] [--trucks 8] [--days 10] [--events 10] [--budget 250] [--seconds 10] [--seed 1]`: plans a city, then
 * follows its day. At random moments a bin is added, or once a day a truck breaks down; the rest of the day is planned anew within
 * `--budget` milliseconds, and compared with keeping the plan and inserting what is new where it costs least. Exit code 1 when a
 * plan is infeasible or breaks with what is done or promised.
 */
const COST_PER_MOVED_STOP = 0.2;

type Settings = {
  readonly bins: number;
  readonly trucks: number;
  readonly days: number;
  readonly events: number;
  readonly budgetMs: number;
  readonly seconds: number;
  readonly seed: number;
};

const readArguments = (): Settings => {
  const { values } = parseArgs({
    options: {
      bins: { type: 'string', default: '500' },
      // Enough that the day's work can be done with one fewer.
      trucks: { type: 'string', default: '8' },
      days: { type: 'string', default: '10' },
      events: { type: 'string', default: '10' },
      budget: { type: 'string', default: '250' },
      seconds: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
    },
  });
  for (const [name, value] of Object.entries(values))
    if (!(Number(value) >= 0)) throw new Error(`--${name} must be a number of at least 0`);
  const { bins, trucks, days, events, budget, seconds, seed } = values;
  return {
    bins: Number(bins),
    trucks: Number(trucks),
    days: Number(days),
    events: Number(events),
    budgetMs: Number(budget),
    seconds: Number(seconds),
    seed: Number(seed),
  };
};

const now = (): number => performance.now();

const solveFrom = (problem: CollectionProblem, plan: Solution, options: Omit<SolveOptions, 'seed'>): Solution => {
  const warm: SolveOptions & { readonly warmStart: Solution } = { seed: 1, ...options, warmStart: plan };
  return solve(problem, warm);
};

/** Stops left behind count before all else. */
const better = (problem: CollectionProblem, a: Solution, b: Solution): number => {
  const missing = (plan: Solution): number => {
    const mandatory = new Set(problem.stops.flatMap(({ id, prize }) => (prize === undefined ? [id] : [])));
    return plan.unserved.filter(({ stopId }) => mandatory.has(stopId)).length;
  };
  const difference = missing(a) - missing(b) || a.cost.total - b.cost.total;
  return Math.abs(difference) < 1e-6 * Math.max(1, b.cost.total) ? 0 : Math.sign(difference);
};

type Event = { readonly what: string; readonly problem: CollectionProblem; readonly plan: Solution };

type Result = {
  readonly what: string;
  readonly milliseconds: number;
  readonly insertMilliseconds: number;
  /** −1 = better than keep-and-insert, 0 = the same, 1 = worse. */
  readonly compared: number;
  readonly saving: number;
  readonly unserved: number;
  readonly faults: readonly string[];
};

const replan = ({ what, problem, plan }: Event, budgetMs: number): { result: Result; plan: Solution } => {
  const startedAt = now();
  const fresh = solveFrom(problem, plan, { deadlineMs: budgetMs, now });
  const milliseconds = now() - startedAt;
  const insertingAt = now();
  const inserted = solveFrom(problem, plan, { iterations: 0 });
  const insertMilliseconds = now() - insertingAt;
  const faults = [fresh, inserted].flatMap((answer) => [
    ...checkSolution(problem, answer).faults,
    ...brokenPromises(problem, answer),
  ]);
  const result = {
    what,
    milliseconds,
    insertMilliseconds,
    compared: better(problem, fresh, inserted),
    saving: (inserted.cost.total - fresh.cost.total) / inserted.cost.total,
    unserved: fresh.unserved.length,
    faults,
  };
  return { result, plan: fresh };
};

/** Moments of the day in their order, from a little after its beginning until most of the work is done. */
const momentsOf = (plan: Solution, count: number, random: () => number): number[] => {
  const from = Math.min(...plan.routes.map(({ startsAt }) => startsAt));
  const to = Math.max(...plan.routes.map(({ endsAt }) => endsAt));
  return Array.from({ length: count }, () => from + (0.05 + 0.75 * random()) * (to - from)).sort((a, b) => a - b);
};

const followDay = (settings: Settings, seed: number): Result[] => {
  const random = randomOf(seed);
  const city = oneByOne(
    generateCity({
      bins: settings.bins + settings.events,
      trucks: settings.trucks,
      seed,
      shift: seed % 2 ? 'night' : 'day',
    }),
  );
  const later: ProblemStop[] = city.stops.slice(settings.bins);
  let problem: CollectionProblem = { ...city, stops: city.stops.slice(0, settings.bins) };
  let plan = solve(problem, { seed, deadlineMs: settings.seconds * 1_000, now });
  problem = { ...problem, published: published(plan, COST_PER_MOVED_STOP) };
  const breakdown = Math.floor(random() * settings.events);
  return momentsOf(plan, settings.events, random).map((time, index) => {
    let event: Event = { what: 'bin', problem: problemAt(problem, plan, time), plan };
    const stop = later[index];
    if (index === breakdown) {
      const under = event.problem.vehicles.filter(({ done }) => done !== undefined);
      const lost = under[Math.floor(random() * under.length)] ?? event.problem.vehicles[0];
      event = { what: 'truck', ...withoutVehicle(event.problem, plan, lost?.id ?? '') };
    } else if (stop !== undefined) {
      event = { ...event, problem: withStop(event.problem, stop) };
    }
    const outcome = replan(event, settings.budgetMs);
    problem = event.problem;
    plan = outcome.plan;
    return outcome.result;
  });
};

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;

const latencies = (milliseconds: readonly number[]) => {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => Math.round(percentile(sorted, share)));
  return { p50, p95, max };
};

const report = (results: readonly Result[]) => ({
  replans: results.length,
  latencyMs: latencies(results.map(({ milliseconds }) => milliseconds)),
  insertLatencyMs: latencies(results.map(({ insertMilliseconds }) => insertMilliseconds)),
  better: results.filter(({ compared }) => compared < 0).length,
  same: results.filter(({ compared }) => compared === 0).length,
  worse: results.filter(({ compared }) => compared > 0).length,
  meanSavingPercent: Number(
    ((100 * results.reduce((sum, { saving }) => sum + saving, 0)) / Math.max(1, results.length)).toFixed(2),
  ),
  unserved: Math.max(0, ...results.map(({ unserved }) => unserved)),
  faulty: results.filter(({ faults }) => faults.length > 0).length,
});

const main = (): void => {
  const settings = readArguments();
  const results: Result[] = [];
  for (let day = 0; day < settings.days; day++) {
    const today = followDay(settings, settings.seed + day);
    results.push(...today);
    for (const fault of today.flatMap(({ faults }) => faults)) process.stderr.write(`day ${day + 1}: ${fault}\n`);
  }
  const line = {
    all: report(results),
    bins: report(results.filter(({ what }) => what === 'bin')),
    trucks: report(results.filter(({ what }) => what === 'truck')),
  };
  process.stdout.write(`${JSON.stringify(line, undefined, 2)}\n`);
  if (results.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
};

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
