import { randomUUID } from 'node:crypto';
import type { PlanRequest } from '../../events/plan-request.ts';
import {
  type Bin,
  type City,
  type DisposalSite,
  depotSchema,
  disposalSiteSchema,
  type Vehicle,
  type Zone,
} from '../../shared/city/entities.ts';
import { checkSolution } from '../../shared/routing/checker.ts';
import type { CrewOutcome } from '../../shared/routing/crew/crew-report.ts';
import { decidedProblem, type WorkingBasis, withMatrices } from '../../shared/routing/lifecycle/plan-basis.ts';
import { planOrReplan } from '../../shared/routing/lifecycle/plan-or-replan.ts';
import type { Plan } from '../../shared/routing/plan.ts';
import { solve } from '../../shared/routing/solver/solve.ts';
import type { TravelTimes } from '../../shared/routing/travel/travel-times.ts';
import { knownCircumstances } from '../../shared/waste/policy/known-circumstances.ts';
import { openOperations } from '../functions/operations-api/operations-city.ts';
import { memoryCrewReports } from './memory-crew-reports.ts';
import { aBin, aReading, aSensor, aTruck } from './small-city.ts';
import { steadyFilling } from './steady-filling.ts';

const HOUR = 3_600_000;
export const SERVICE_DATE = '2026-11-23';
/** An instant of the service day by the city's clock. */
export const at = (time: string): number => Date.parse(`${SERVICE_DATE}T${time}:00+07:00`);

const depot = depotSchema.parse({ id: 'depot-1', name: 'Depot', position: { latitude: 10.99, longitude: 106.64 } });
const landfill = disposalSiteSchema.parse({
  id: 'landfill',
  name: 'Landfill',
  position: { latitude: 11.03, longitude: 106.63 },
  unloadSeconds: 900,
  opening: [{ from: '05:00', to: '12:00' }],
});

export const truckOf = (number: number, more: Partial<Vehicle> = {}): Vehicle =>
  aTruck(`truck-${number}`, {
    shift: { from: '05:00', to: '13:00' },
    capacityLitres: 20_000,
    capacityKg: 8_000,
    fixedCostVnd: 300_000,
    costPerKmVnd: 12_000,
    costPerHourVnd: 100_000,
    ...more,
  });

/** Bins on a grid of streets, four minutes of work each. */
export const gridBins = (count: number): Bin[] =>
  Array.from({ length: count }, (_, index) =>
    aBin(`bin-${String(index + 1).padStart(2, '0')}`, {
      position: { latitude: 10.96 + 0.008 * (index % 6), longitude: 106.63 + 0.008 * Math.floor(index / 6) },
      serviceSeconds: 240,
    }),
  );

type DaySetting = {
  readonly bins?: readonly Bin[];
  readonly trucks?: readonly Vehicle[];
  readonly empty?: readonly Bin[];
  readonly zones?: readonly Zone[];
  /** Beside the landfill. */
  readonly sites?: readonly DisposalSite[];
  /** Great-circle when absent. */
  readonly travel?: (city: City) => TravelTimes;
};

/**
 * A city whose day begins at five: all of `bins` are due, all of `empty` are not. Requests wait in the queue until `work` has the
 * planner carry them out.
 */
export const openDay = async ({
  bins = gridBins(36),
  trucks = [1, 2, 3, 4].map((number) => truckOf(number)),
  empty = [],
  zones = [],
  sites = [],
  travel,
}: DaySetting = {}) => {
  const known = [...bins, ...empty];
  const crewReports = memoryCrewReports();
  const open = openOperations(
    {
      bin: known,
      sensor: known.map(({ id }) => aSensor(`s-${id}`, id, 'bin')),
      vehicle: trucks,
      zone: zones,
      depot: [depot],
      'disposal-site': [landfill, ...sites],
    },
    { crewReports, outlookBook: steadyFilling(known, 0.005, at('04:00')) },
  );
  const { parts, sent, time, call } = open;
  time.now = at('04:00');
  const level = (binId: string): number => (empty.some(({ id }) => id === binId) ? 0.05 : 0.9);
  await open.store(
    ...known.flatMap(({ id }) =>
      [30, 20, 10, 1].map((hours) =>
        aReading(`s-${id}`, 'fillDistance', time.now - hours * HOUR, Math.round(1_000 * (1 - level(id)))),
      ),
    ),
  );
  const carryOut = (request: PlanRequest) =>
    planOrReplan(
      {
        ...parts,
        circumstances: knownCircumstances(parts),
        solve: (problem, { seed, warmStart }) =>
          solve(problem, { seed, iterations: 300, ...(warmStart && { warmStart }) }),
        solveSeconds: 1,
        ...(travel && { travel }),
      },
      request,
    );
  /** The planner takes everything out of the queue. */
  const work = async () => {
    const outcomes = [];
    for (const request of sent.splice(0)) outcomes.push(await carryOut(request));
    return outcomes;
  };
  /** A new draft for the service day, by its id. */
  const draft = async (): Promise<string> => {
    const answer = await call({ method: 'POST', url: '/api/v1/plans', body: { serviceDate: SERVICE_DATE } });
    await work();
    return answer.json().planId;
  };
  const post = (planId: string, act: string, body: object) =>
    call({ method: 'POST', url: `/api/v1/plans/${planId}/${act}`, body });
  const planOf = async (planId: string): Promise<Plan> => {
    const plan = await parts.plans.get(planId);
    if (plan === undefined) throw new Error(`No plan ${planId}`);
    return plan;
  };
  /** What a version was made from, and what the independent checker says of it. */
  const judge = async (planId: string, version: number) => {
    const stored = await parts.plans.version(planId, version);
    const matrices = stored?.basis && (await parts.plans.matrices(stored.basis.matrices));
    if (stored?.basis === undefined || matrices === undefined) throw new Error('No basis');
    const basis: WorkingBasis = withMatrices(stored.basis, matrices);
    return { basis, verdict: checkSolution(decidedProblem(basis), basis.solution) };
  };
  let sequence = 0;
  /** A crew's word, made at `madeAt` and received now. */
  const report = (planId: string, vehicleId: string, binId: string, outcome: CrewOutcome, madeAt: number) =>
    crewReports.add({
      reportId: randomUUID(),
      planId,
      vehicleId,
      binId,
      outcome,
      at: madeAt,
      sequence: ++sequence,
      receivedAt: time.now,
    });
  return { ...open, crewReports, carryOut, work, draft, post, planOf, judge, report };
};

/** Bins of a truck in the order in which it serves them. */
export const binsOf = (plan: Plan, vehicleId: string): string[] =>
  plan.routes
    .filter((route) => route.vehicleId === vehicleId)
    .flatMap(({ stops }) => stops.flatMap(({ kind, id }) => (kind === 'bin' && id !== undefined ? [id] : [])));

export const truckWith = (plan: Plan, binId: string): string | undefined =>
  plan.routes.find(({ stops }) => stops.some(({ id, kind }) => kind === 'bin' && id === binId))?.vehicleId;
