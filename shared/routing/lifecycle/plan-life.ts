import * as z from 'zod';
import { planStateSchema, planTotalsSchema } from '../plan.ts';
import { dayEventSchema, planEditSchema } from './edit-schema.ts';

const wordsSchema = z.object({ en: z.string(), vi: z.string() });

/** Why a version is what it is. */
const planChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('planned') }),
  z.object({ kind: z.literal('edit'), edit: planEditSchema }),
  /** `of` is the version whose content stands again. */
  z.object({ kind: z.enum(['undo', 'redo']), of: z.int() }),
  z.object({
    kind: z.literal('replan'),
    replanId: z.string(),
    events: z.array(dayEventSchema),
    /** What had to be taken for granted: stops nobody reported, a truck that will be late. */
    notes: z.array(wordsSchema),
  }),
]);
export type PlanChange = z.infer<typeof planChangeSchema>;
export type NoteWords = z.infer<typeof wordsSchema>;

/** One version of a plan: who made it, when and why. Its body never changes. */
export const planVersionSchema = z.object({
  version: z.int().positive(),
  at: z.int(),
  by: z.string(),
  why: z.string().optional(),
  change: planChangeSchema,
  totals: planTotalsSchema,
  unservedCount: z.int(),
  /** The version in which this content first stood: itself, or the one that an undo brought back. */
  content: z.int().positive(),
  /** The version whose content this content was made from; absent in the first. */
  before: z.int().positive().optional(),
  /** Contents that were undone and can come back, the next one first. */
  redo: z.array(z.int().positive()).default([]),
});
export type PlanVersion = z.infer<typeof planVersionSchema>;

const logEntrySchema = z.object({
  at: z.int(),
  by: z.string(),
  act: z.enum(['published', 'started', 'closed', 'discarded', 'superseded']),
  version: z.int(),
  why: z.string().optional(),
});

const replanRecordSchema = z.object({
  replanId: z.string(),
  requestedAt: z.int(),
  by: z.string(),
  status: z.enum(['requested', 'done', 'failed']),
  /** What came of it. */
  version: z.int().optional(),
  reason: z.string().optional(),
  reasonVi: z.string().optional(),
});
export type ReplanRecord = z.infer<typeof replanRecordSchema>;

/** Where a plan stands. One value, written as one, on condition that nobody wrote it meanwhile (`revision`). */
export const planLifeSchema = z.object({
  planId: z.string(),
  /** Counts writes of this value. */
  revision: z.int().nonnegative(),
  state: planStateSchema,
  /** The newest version. */
  version: z.int().positive(),
  /** What crews drive by; older than `version` while changes wait to be published. */
  publishedVersion: z.int().positive().optional(),
  publishedAt: z.int().optional(),
  log: z.array(logEntrySchema),
  replans: z.array(replanRecordSchema),
});
export type PlanLife = z.infer<typeof planLifeSchema>;

export type PlanAct = { readonly by: string; readonly at: number; readonly why?: string };

/** What cannot be done, with a code for programs and words in both languages. */
export type Refusal = { readonly ok: false; readonly code: string; readonly reason: string; readonly reasonVi: string };
export type LifeOutcome = { readonly ok: true; readonly life: PlanLife } | Refusal;

export const refuse = (code: string, reason: string, reasonVi: string): Refusal => ({
  ok: false,
  code,
  reason,
  reasonVi,
});

/** A plan that has just been made. Plans from before plans had versions count as this too. */
export const newLife = (planId: string): PlanLife => ({
  planId,
  revision: 0,
  state: 'draft',
  version: 1,
  log: [],
  replans: [],
});

const MOST_REPLANS_KEPT = 20;

const statesVi = {
  draft: 'bản nháp',
  published: 'đã ban hành',
  'in-progress': 'đang thực hiện',
  closed: 'đã kết thúc',
  superseded: 'đã bị thay thế',
  discarded: 'đã hủy',
} as const;

const wrongState = ({ state }: PlanLife, act: string, actVi: string): Refusal =>
  refuse('wrong-state', `A plan that is ${state} cannot be ${act}`, `Kế hoạch ${statesVi[state]} không thể ${actVi}`);

/** A refusal when the one who asks has not seen the newest version. */
export const refuseStale = ({ version }: PlanLife, expected: number): Refusal | undefined =>
  version === expected
    ? undefined
    : refuse(
        'version-conflict',
        `Somebody changed the plan meanwhile: it is at version ${version}, not ${expected}`,
        `Có người vừa sửa kế hoạch: hiện là phiên bản ${version}, không phải ${expected}`,
      );

/** A refusal when nothing about the plan may change any more. */
export const refuseUnlessOpen = (life: PlanLife): Refusal | undefined =>
  life.state === 'draft' || life.state === 'published' || life.state === 'in-progress'
    ? undefined
    : wrongState(life, 'changed', 'sửa');

const moved = (
  life: PlanLife,
  act: PlanLife['log'][number]['act'],
  { by, at, why }: PlanAct,
  change: Partial<PlanLife>,
): LifeOutcome => ({
  ok: true,
  life: {
    ...life,
    ...change,
    log: [...life.log, { at, by, act, version: life.version, ...(why !== undefined && { why }) }],
  },
});

/** The newest version becomes what crews drive by. */
export const publish = (life: PlanLife, act: PlanAct): LifeOutcome => {
  const closed = refuseUnlessOpen(life);
  if (closed !== undefined) return wrongState(life, 'published', 'ban hành');
  if (life.publishedVersion === life.version)
    return refuse(
      'already-published',
      `Version ${life.version} is published already`,
      `Phiên bản ${life.version} đã được ban hành`,
    );
  const state = life.state === 'draft' ? 'published' : life.state;
  return moved(life, 'published', act, { state, publishedVersion: life.version, publishedAt: act.at });
};

/** Trucks are on the road. */
export const start = (life: PlanLife, act: PlanAct): LifeOutcome =>
  life.state === 'published'
    ? moved(life, 'started', act, { state: 'in-progress' })
    : wrongState(life, 'started', 'bắt đầu thực hiện');

/** The day is over. */
export const close = (life: PlanLife, act: PlanAct): LifeOutcome =>
  life.state === 'published' || life.state === 'in-progress'
    ? moved(life, 'closed', act, { state: 'closed' })
    : wrongState(life, 'closed', 'kết thúc');

/** Nobody will drive it; only what was never published. */
export const discard = (life: PlanLife, act: PlanAct): LifeOutcome =>
  life.state === 'draft' ? moved(life, 'discarded', act, { state: 'discarded' }) : wrongState(life, 'discarded', 'hủy');

/** Another plan of its day was published. */
export const supersede = (life: PlanLife, act: PlanAct): LifeOutcome =>
  life.state === 'published'
    ? moved(life, 'superseded', act, { state: 'superseded' })
    : wrongState(life, 'superseded', 'thay thế');

/** Notes a re-plan that was asked for, or what came of it. */
export const noteReplan = (life: PlanLife, record: ReplanRecord): PlanLife => ({
  ...life,
  replans: [...life.replans.filter(({ replanId }) => replanId !== record.replanId), record].slice(-MOST_REPLANS_KEPT),
});

/** The version that undoing the newest brings back, and what can be redone then. */
export const undoTarget = (head: PlanVersion): { readonly of: number; readonly redo: readonly number[] } | undefined =>
  head.before === undefined ? undefined : { of: head.before, redo: [head.content, ...head.redo] };

/** The version that redoing brings back. */
export const redoTarget = (
  head: PlanVersion,
): { readonly of: number; readonly redo: readonly number[] } | undefined => {
  const [of, ...redo] = head.redo;
  return of === undefined ? undefined : { of, redo };
};
