import { instantOf } from '../../city/calendar.ts';
import type { CrewReportStore } from '../crew/crew-report.ts';
import type { Plan } from '../plan.ts';
import type { PlanStore, StoredVersion } from '../plan-store.ts';
import { withLinesOf, withLinesToFollow } from '../route-lines.ts';
import { applyEdit, type EditOutcome } from './apply-edit.ts';
import { bringUpToDate } from './bring-up-to-date.ts';
import { diffPlans, type PlanDiff } from './diff-plans.ts';
import type { PlanEdit } from './edit-schema.ts';
import { type PlanBasis, type WorkingBasis, withMatrices, withoutMatrices } from './plan-basis.ts';
import { headOf, planOf } from './plan-body.ts';
import {
  type LifeOutcome,
  type PlanAct,
  type PlanChange,
  type PlanLife,
  type PlanVersion,
  type Refusal,
  redoTarget,
  refuse,
  refuseStale,
  refuseUnlessOpen,
  undoTarget,
} from './plan-life.ts';

/** What changing plans stands on. */
export type PlanDesk = {
  readonly plans: PlanStore;
  /** Crews' reports; without them nothing is known of how far trucks are. */
  readonly crewReports?: Pick<CrewReportStore, 'ofPlan'>;
};

export type Asked = { readonly planId: string; readonly expectedVersion: number; readonly act: PlanAct };

export type Changed = {
  readonly ok: true;
  readonly life: PlanLife;
  readonly plan: Plan;
  /** Against the version before. */
  readonly diff: PlanDiff;
};
export type ChangeOutcome = Changed | Extract<EditOutcome, { readonly ok: false }>;

const noSuchPlan = (planId: string): Refusal =>
  refuse('not-found', `There is no plan ${planId} that is ready`, `Không có kế hoạch ${planId} đã lập xong`);

const contended = (): Refusal =>
  refuse('contended', 'The plan is being written by others: try again', 'Nhiều người đang sửa kế hoạch: hãy thử lại');

type Head = { readonly ok: true; readonly life: PlanLife; readonly head: StoredVersion };

/** The newest version, when it is the one that was seen and may still change. */
export const openHead = async ({ plans }: PlanDesk, planId: string, expected: number): Promise<Head | Refusal> => {
  const life = await plans.life(planId);
  if (life === undefined) return noSuchPlan(planId);
  const refused = refuseUnlessOpen(life) ?? refuseStale(life, expected);
  if (refused !== undefined) return refused;
  const head = await plans.version(planId, life.version);
  return head === undefined ? noSuchPlan(planId) : { ok: true, life, head };
};

/** A version's basis with its matrices. */
export const openBasis = async (
  { plans }: PlanDesk,
  basis: PlanBasis | undefined,
): Promise<{ readonly ok: true; readonly basis: WorkingBasis } | Refusal> => {
  if (basis === undefined)
    return refuse(
      'no-basis',
      'Nothing is kept of what this plan was made from: ask for a new plan',
      'Không còn dữ liệu đã dùng để lập kế hoạch này: hãy lập kế hoạch mới',
    );
  const matrices = await plans.matrices(basis.matrices);
  return matrices === undefined
    ? refuse('expired', 'The plan is too old to be changed', 'Kế hoạch đã quá cũ, không thể sửa')
    : { ok: true, basis: withMatrices(basis, matrices) };
};

export const midnightOf = ({ city }: PlanBasis | WorkingBasis, { serviceDate }: Plan): number =>
  instantOf(serviceDate, '00:00', city.timeZone);

const ATTEMPTS = 6;

/**
 * Puts a version on top of the one it was made from. Whoever moved the plan on in its life meanwhile (published it, asked for a
 * re-plan) does not stand in the way; whoever added a version does. Answers the life as it is then.
 */
export const appendOnto = async (
  plans: PlanStore,
  planId: string,
  next: StoredVersion,
  moved: (life: PlanLife) => PlanLife = (life) => life,
): Promise<{ readonly ok: true; readonly life: PlanLife } | Refusal> => {
  const { version } = next.version;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const life = await plans.life(planId);
    if (life === undefined) return noSuchPlan(planId);
    const refused = refuseUnlessOpen(life) ?? refuseStale(life, version - 1);
    if (refused !== undefined) return refused;
    const onto = { ...moved(life), version };
    if (await plans.append(onto, next)) return { ok: true, life: onto };
  }
  return contended();
};

/** The next version on top of a head. */
export const nextVersion = (
  head: StoredVersion,
  body: { readonly plan: Plan; readonly basis?: PlanBasis },
  act: PlanAct,
  change: PlanChange,
  content: Partial<Pick<PlanVersion, 'content' | 'before' | 'redo'>> = {},
): StoredVersion => {
  const version = head.version.version + 1;
  return {
    ...body,
    version: {
      version,
      at: act.at,
      by: act.by,
      ...(act.why !== undefined && { why: act.why }),
      change,
      totals: body.plan.totals,
      unservedCount: body.plan.unserved.length,
      content: version,
      before: head.version.content,
      redo: [],
      ...content,
    },
  };
};

/** Once trucks are on the road an edit begins where they are, not where they began. */
const present = async (
  desk: PlanDesk,
  life: PlanLife,
  plan: Plan,
  basis: WorkingBasis,
  now: number,
): Promise<WorkingBasis> => {
  if (life.state !== 'in-progress') return basis;
  const reports = (await desk.crewReports?.ofPlan(plan.planId)) ?? [];
  const midnight = midnightOf(basis, plan);
  return bringUpToDate(basis, { serviceDate: plan.serviceDate, midnight, now, reports }).basis;
};

/**
 * Carries out one edit as the plan's next version, or, dry, only says what would come of it. The version that is answered keeps to all
 * rules: one that does not is refused with what would break.
 */
export const editPlan = async (
  desk: PlanDesk,
  { planId, expectedVersion, act }: Asked,
  edit: PlanEdit,
  { dryRun }: { readonly dryRun: boolean },
): Promise<ChangeOutcome> => {
  const opened = await openHead(desk, planId, expectedVersion);
  if (!opened.ok) return opened;
  const { life, head } = opened;
  const based = await openBasis(desk, head.basis);
  if (!based.ok) return based;
  const now = await present(desk, life, head.plan, based.basis, act.at);
  const outcome = applyEdit(now, edit, act);
  if (!outcome.ok) return outcome;
  const edited = planOf(outcome.basis, headOf(head.plan), { at: act.at, seed: head.plan.solver.seed });
  const made = withLinesOf(edited, head.plan);
  const plan = withLinesToFollow(keepGeometry(head.plan, made), head.plan);
  const moved = { ...life, version: life.version + 1 };
  const changed: Changed = { ok: true, life: moved, plan, diff: diffPlans(head.plan, plan) };
  if (dryRun) return changed;
  const next = nextVersion(head, { plan, basis: withoutMatrices(outcome.basis) }, act, { kind: 'edit', edit });
  const appended = await appendOnto(desk.plans, planId, next);
  return appended.ok ? { ...changed, life: appended.life } : appended;
};

/** A route that is driven as before is taken over as it stood, with whatever else is known of it (the line on the map). */
const keepGeometry = (before: Plan, after: Plan): Plan => {
  const places = ({ stops }: Plan['routes'][number]): string => stops.map(({ kind, id }) => `${kind} ${id}`).join('\n');
  const known = new Map(before.routes.map((route) => [route.vehicleId, route]));
  return {
    ...after,
    routes: after.routes.map((route) => {
      const old = known.get(route.vehicleId);
      if (old === undefined || places(old) !== places(route)) return route;
      const { lockedOrder: _locked, outOfService: _out, ...rest } = old;
      return { ...rest, ...route };
    }),
  };
};

type Target = { readonly of: number; readonly redo: readonly number[] };

const bringBack = async (
  desk: PlanDesk,
  { planId, expectedVersion, act }: Asked,
  kind: 'undo' | 'redo',
  targetOf: (head: PlanVersion) => Target | undefined,
): Promise<ChangeOutcome> => {
  const opened = await openHead(desk, planId, expectedVersion);
  if (!opened.ok) return opened;
  const { life, head } = opened;
  const target = targetOf(head.version);
  if (target === undefined)
    return kind === 'undo'
      ? refuse('nothing-to-undo', 'There is nothing to undo', 'Không có gì để hoàn tác')
      : refuse('nothing-to-redo', 'There is nothing to redo', 'Không có gì để làm lại');
  const known = await desk.plans.version(planId, target.of);
  if (known === undefined) return noSuchPlan(planId);
  const driven = await refuseBehindTheRoad(desk, life, head.version, known.version);
  if (driven !== undefined) return driven;
  const plan: Plan = { ...known.plan, finishedAt: act.at };
  const next = nextVersion(
    head,
    { plan, ...(known.basis && { basis: known.basis }) },
    act,
    { kind, of: target.of },
    { content: known.version.content, before: known.version.before, redo: [...target.redo] },
  );
  const appended = await appendOnto(desk.plans, planId, next);
  return appended.ok ? { ok: true, life: appended.life, plan, diff: diffPlans(head.plan, plan) } : appended;
};

/** What crews already drive by was planned from where they are: what stood before knows less than they do. */
const refuseBehindTheRoad = async (
  { plans }: PlanDesk,
  life: PlanLife,
  head: PlanVersion,
  target: PlanVersion,
): Promise<Refusal | undefined> => {
  const { publishedVersion = 0 } = life;
  if (life.state !== 'in-progress' || target.version >= publishedVersion) return undefined;
  const versions = await plans.versions(life.planId);
  const published = versions.find(({ version }) => version === publishedVersion);
  if (published === undefined || published.content === target.content) return undefined;
  return refuse(
    'under-way',
    `Crews drive by version ${publishedVersion} already: re-plan from where they are instead of going back to ${target.version} (from ${head.version})`,
    `Các tổ đang chạy theo phiên bản ${publishedVersion}: hãy lập lại từ vị trí hiện tại thay vì quay về ${target.version} (từ ${head.version})`,
  );
};

/** The version before the last change stands again, as a new version. */
export const undoPlan = (desk: PlanDesk, asked: Asked): Promise<ChangeOutcome> =>
  bringBack(desk, asked, 'undo', undoTarget);

/** What was undone last stands again, as a new version. */
export const redoPlan = (desk: PlanDesk, asked: Asked): Promise<ChangeOutcome> =>
  bringBack(desk, asked, 'redo', redoTarget);

/** Moves a plan on in its life: publish, start, close, discard. */
export const movePlan = async (
  { plans }: PlanDesk,
  { planId, expectedVersion, act }: Asked,
  transition: (life: PlanLife, act: PlanAct) => LifeOutcome,
): Promise<LifeOutcome> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const life = await plans.life(planId);
    if (life === undefined) return noSuchPlan(planId);
    const stale = refuseStale(life, expectedVersion);
    if (stale !== undefined) return stale;
    const outcome = transition(life, act);
    if (!outcome.ok || (await plans.move(outcome.life))) return outcome;
  }
  return contended();
};
