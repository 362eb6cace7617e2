import * as z from 'zod';
import { instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { ProblemError } from '../../shared/lambda/problem.ts';
import type { PlanDiff } from '../../shared/routing/lifecycle/diff-plans.ts';
import {
  type PlanLife,
  type PlanVersion,
  planLifeSchema,
  planVersionSchema,
} from '../../shared/routing/lifecycle/plan-life.ts';

/** Lives, versions and differences of plans as the API shows them: every instant as ISO 8601 text. */

const words = { en: z.string(), vi: z.string() };

export const diffAnswer = z
  .object({
    totals: z.object({
      bins: z.int(),
      vehicles: z.int(),
      distanceMetres: z.number(),
      workingSeconds: z.number(),
      costVnd: z.number(),
      unserved: z.int(),
    }),
    differences: z.array(
      z.object({
        kind: z.string(),
        ...words,
        binId: z.string().optional(),
        vehicleId: z.string().optional(),
        fromVehicleId: z.string().optional(),
        minutes: z.number().optional(),
      }),
    ),
    summary: z.object(words),
  })
  .meta({ id: 'PlanDiff', description: 'What changes from one version to another; totals are after minus before' });

export const diffAnswerOf = (diff: PlanDiff): z.infer<typeof diffAnswer> => ({
  ...diff,
  differences: [...diff.differences],
});

export const breachAnswer = z.object({
  code: z.string(),
  ...words,
  vehicleId: z.string().optional(),
  placeId: z.string().optional(),
  minutes: z.number().optional(),
});

const life = planLifeSchema.shape;
export const lifeAnswer = planLifeSchema
  .omit({ revision: true })
  .extend({
    publishedAt: instantSchema.optional(),
    log: z.array(life.log.element.extend({ at: instantSchema })),
    replans: z.array(life.replans.element.extend({ requestedAt: instantSchema })),
  })
  .meta({ id: 'PlanLife', description: 'Where a plan stands, and who moved it there' });

export const lifeAnswerOf = ({ revision: _, publishedAt, ...rest }: PlanLife): z.infer<typeof lifeAnswer> => ({
  ...rest,
  ...(publishedAt !== undefined && { publishedAt: isoInstant(publishedAt) }),
  log: rest.log.map((entry) => ({ ...entry, at: isoInstant(entry.at) })),
  replans: rest.replans.map((record) => ({ ...record, requestedAt: isoInstant(record.requestedAt) })),
});

/** What was changed: an edit or events as they were sent, instants as text. */
const changeAnswer = z.looseObject({ kind: z.enum(['planned', 'edit', 'undo', 'redo', 'replan']) });

export const versionAnswer = planVersionSchema
  .omit({ change: true })
  .extend({ at: instantSchema, change: changeAnswer, canUndo: z.boolean(), canRedo: z.boolean() })
  .meta({ id: 'PlanVersion', description: 'One version of a plan: who made it, when and why' });

const changeOf = ({ change }: PlanVersion): z.infer<typeof changeAnswer> => {
  if (change.kind !== 'replan') return change;
  const events = change.events.map((event) => ({
    ...event,
    ...('at' in event && event.at !== undefined && { at: isoInstant(event.at) }),
    ...('until' in event && event.until !== undefined && { until: isoInstant(event.until) }),
  }));
  return { ...change, events };
};

export const versionAnswerOf = (version: PlanVersion): z.infer<typeof versionAnswer> => ({
  ...version,
  at: isoInstant(version.at),
  change: changeOf(version),
  canUndo: version.before !== undefined,
  canRedo: version.redo.length > 0,
});

type Refused = {
  readonly code: string;
  readonly reason?: string;
  readonly reasonVi?: string;
  readonly breaches?: readonly { readonly en: string; readonly vi: string }[];
};

/** 404 for what is not there, 422 for what no truck could drive, 503 for a crowd, 409 for everything that the plan's state forbids. */
export const refusal = ({ code, reason, reasonVi: detailVi, breaches = [] }: Refused): ProblemError => {
  if (code === 'not-found')
    return new ProblemError({ status: 404, kind: code, detail: reason ?? 'There is no such plan', detailVi });
  if (code === 'contended')
    return new ProblemError({ status: 503, detail: reason ?? 'Try again', detailVi, headers: { 'retry-after': '1' } });
  if (breaches.length === 0) return new ProblemError({ status: 409, kind: code, detail: reason ?? code, detailVi });
  const where = { in: 'body' as const, field: 'edit', pointer: '/edit' };
  return new ProblemError({
    status: 422,
    kind: code,
    detail: breaches.map(({ en }) => en).join('; '),
    detailVi: breaches.map(({ vi }) => vi).join('; '),
    errors: breaches.map(({ en, vi }) => ({ ...where, message: en, messageVi: vi })),
  });
};
