import type { PlanEventType } from './webhook.ts';

/** A plan as others may know it: since it was published. Its drafts are nobody's business. */
export type PublicPlanState = 'published' | 'in-progress' | 'closed' | 'withdrawn';

export type PlanStanding = {
  readonly planId: string;
  /** City-local day. */
  readonly serviceDate: string;
  /** The version that counts, from 1. */
  readonly version: number;
  readonly state: PublicPlanState;
  /** When it came to that, UTC epoch milliseconds. */
  readonly since: number;
};

/** What a receiver was told of a plan last: version and state. */
export const digestOfPlan = ({ version, state }: Pick<PlanStanding, 'version' | 'state'>): string =>
  `${version}:${state}`;

const typeOfState: Readonly<Record<Exclude<PublicPlanState, 'published'>, PlanEventType>> = {
  'in-progress': 'plan.started',
  closed: 'plan.closed',
  withdrawn: 'plan.withdrawn',
};

/** What happened since a receiver was told last; a plan that it never heard of and that is over is none of its business. */
export const eventTypeOf = (standing: PlanStanding, told: string | undefined): PlanEventType | undefined => {
  if (told === digestOfPlan(standing)) return undefined;
  const { state } = standing;
  if (told === undefined) return state === 'published' || state === 'in-progress' ? 'plan.published' : undefined;
  const [, stateBefore] = told.split(':');
  if (state === 'published' || stateBefore === state) return 'plan.changed';
  return typeOfState[state];
};

/** By it a receiver tells a message that came twice. */
export const messageIdOf = ({ planId, version, state }: PlanStanding): string => `${planId}.${version}.${state}`;

/** Who changed the plan and why stays in the city: a receiver reads the plan with rights of its own. */
export const messageOf = (cityId: string, type: PlanEventType, standing: PlanStanding) => ({
  type,
  timestamp: new Date(standing.since).toISOString(),
  data: {
    cityId,
    planId: standing.planId,
    serviceDate: standing.serviceDate,
    version: standing.version,
    state: standing.state,
    path: `/api/v1/plans/${encodeURIComponent(standing.planId)}`,
  },
});
export type PlanMessage = ReturnType<typeof messageOf>;
