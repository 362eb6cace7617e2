import { isDeepStrictEqual } from 'node:util';
import type { Registry } from '../../city/registry.ts';
import type { Plan } from '../plan.ts';
import type { PlanStore } from '../plan-store.ts';
import { isOverflowWord } from './crew-overflow.ts';
import { type CrewReport, crewReportSchema, type ReceivedReport } from './crew-report.ts';
import type { CrewReportArchive } from './crew-report-archive.ts';
import { type Refusal, refusal } from './refusals.ts';
import { type OverflowWordParts, takeOverflowWord } from './take-overflow.ts';

/** A phone's clock may be so far ahead of ours; a report from further ahead would be the last word on its bin for too long. */
export const LONGEST_AHEAD_MS = 15 * 60_000;
/** A phone that lay in a drawer for a month still tells what happened. */
const LONGEST_LATE_MS = 60 * 86_400_000;
/** No report has so much text, whatever a note says. */
const MAX_KEPT_CHARACTERS = 100_000;

/** Where the reported stop stands in the plan as it is now; reports are taken all the same. */
export type StopStanding = 'as-planned' | 'on-other-truck' | 'not-in-plan';

/** What became of one report of a batch. */
export type ReportOutcome =
  | { readonly status: 'accepted' | 'known'; readonly reportId: string; readonly stop: StopStanding }
  | ({ readonly status: 'refused'; readonly reportId: string | null } & Refusal);

export type ReportParts = OverflowWordParts & {
  readonly reports: Pick<CrewReportArchive, 'add' | 'get' | 'refuse'>;
  readonly plans: Pick<PlanStore, 'get' | 'summary'>;
  readonly registry: Pick<Registry, 'get'>;
};

type Arrival = { readonly receivedAt: number; readonly reportedBy: string };

const standingOf = (
  plan: Plan | undefined,
  { binId, vehicleId }: { readonly binId: string; readonly vehicleId?: string | undefined },
): StopStanding => {
  const route = plan?.routes.find(({ stops }) => stops.some(({ kind, id }) => kind === 'bin' && id === binId));
  if (route === undefined) return 'not-in-plan';
  return route.vehicleId === vehicleId ? 'as-planned' : 'on-other-truck';
};

const faultsOf = (sent: unknown): string | undefined => {
  const { error } = crewReportSchema.safeParse(sent);
  return error?.issues.map(({ path, message }) => [...path.map(String), message].join(': ')).join('; ');
};

/** What a plan or the registry knows a truck or bin by; one that was taken out of the registry is still in its plans. */
const checkPlaces = async (
  { registry }: ReportParts,
  plan: Plan | undefined,
  { vehicleId, binId }: CrewReport,
): Promise<Refusal | undefined> => {
  const drives = plan?.routes.some((route) => route.vehicleId === vehicleId) ?? false;
  if (!drives && (await registry.get('vehicle', vehicleId)) === undefined) return refusal('unknown-truck', vehicleId);
  const stands = plan?.routes.some(({ stops }) => stops.some(({ id }) => id === binId)) ?? false;
  if (!stands && (await registry.get('bin', binId)) === undefined) return refusal('unknown-bin', binId);
  return undefined;
};

const checkTime = ({ at }: CrewReport, receivedAt: number): Refusal | undefined => {
  const told = (): string => new Date(at).toISOString();
  if (at > 8.64e15) return refusal('not-a-report', 'at: no instant');
  if (at > receivedAt + LONGEST_AHEAD_MS) return refusal('clock-ahead', told());
  return at < receivedAt - LONGEST_LATE_MS ? refusal('too-old', told()) : undefined;
};

/** Adds it; of one whose id is known, tells whether it is the same report. */
const keep = async (
  { reports }: ReportParts,
  report: CrewReport,
  { receivedAt, reportedBy }: Arrival,
): Promise<'accepted' | 'known' | Refusal> => {
  if (await reports.add({ ...report, receivedAt, reportedBy })) return 'accepted';
  const { receivedAt: _at, reportedBy: _by, ...known } = (await reports.get(report.reportId)) ?? ({} as ReceivedReport);
  return isDeepStrictEqual(known, report) ? 'known' : refusal('id-reused', report.reportId);
};

/** Plans are read once a batch, whatever the number of reports about them. */
const planReader = (plans: ReportParts['plans']) => {
  const read = new Map<string, Promise<{ readonly isKnown: boolean; readonly plan: Plan | undefined }>>();
  return (planId: string) => {
    const begun =
      read.get(planId) ??
      (async () => {
        const plan = await plans.get(planId);
        return { plan, isKnown: plan !== undefined || (await plans.summary(planId)) !== undefined };
      })();
    read.set(planId, begun);
    return begun;
  };
};

const idOf = (sent: unknown): string | null => {
  const id: unknown = typeof sent === 'object' && sent !== null && 'reportId' in sent ? sent.reportId : undefined;
  return typeof id === 'string' ? id.slice(0, 100) : null;
};

/**
 * Takes a batch of reports as phones send them, of stops and of bins seen to overflow, in the order given, and answers what became of each. Order, age and repetition do
 * not matter; neither does it whether the plan was changed meanwhile or the stop went to another truck. What cannot be taken is kept
 * with the reason.
 * @throws StoreUnavailableError when a store cannot answer now: the same call may be made again.
 */
export const takeReports = async (
  parts: ReportParts,
  batch: readonly unknown[],
  arrival: Arrival,
): Promise<readonly ReportOutcome[]> => {
  const readPlan = planReader(parts.plans);
  const judgeOverflow = async (sent: { readonly kind: string }): Promise<ReportOutcome | Refusal> => {
    const taken = await takeOverflowWord(parts, sent, arrival, LONGEST_AHEAD_MS);
    if ('code' in taken) return taken;
    const { status, word } = taken;
    // That a plan is not known is no reason to leave a bin overflowing.
    const plan = word.kind === 'overflow' && word.planId !== undefined ? (await readPlan(word.planId)).plan : undefined;
    return { status, reportId: word.reportId, stop: standingOf(plan, word) };
  };
  const judge = async (sent: unknown): Promise<ReportOutcome | Refusal> => {
    if (isOverflowWord(sent)) return judgeOverflow(sent);
    const faults = faultsOf(sent);
    if (faults !== undefined) return refusal('not-a-report', faults);
    const report = crewReportSchema.parse(sent);
    const { plan, isKnown } = await readPlan(report.planId);
    if (!isKnown) return refusal('unknown-plan', report.planId);
    const fault = checkTime(report, arrival.receivedAt) ?? (await checkPlaces(parts, plan, report));
    const kept = fault ?? (await keep(parts, report, arrival));
    return typeof kept === 'string'
      ? { status: kept, reportId: report.reportId, stop: standingOf(plan, report) }
      : kept;
  };
  const outcomes: ReportOutcome[] = [];
  for (const sent of batch) {
    const judged = await judge(sent);
    if ('status' in judged) outcomes.push(judged);
    else {
      await parts.reports.refuse({ ...arrival, ...judged, sent: JSON.stringify(sent).slice(0, MAX_KEPT_CHARACTERS) });
      outcomes.push({ status: 'refused', reportId: idOf(sent), ...judged });
    }
  }
  return outcomes;
};
