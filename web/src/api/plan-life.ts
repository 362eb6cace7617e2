import type { PlanDiff } from '../../../shared/routing/lifecycle/diff-plans.ts';
import type { ClosedArea, PlanEdit } from '../../../shared/routing/lifecycle/edit-schema.ts';
import type { PlanLife, PlanVersion } from '../../../shared/routing/lifecycle/plan-life.ts';
import { API, get, request } from './client.ts';
import type { Instant } from './wire.ts';

export type { PlanDiff, PlanEdit };

type TextInstant<T extends { readonly at: number }> = Omit<T, 'at'> & { readonly at: Instant };

export type WirePlanLife = Omit<PlanLife, 'revision' | 'publishedAt' | 'log' | 'replans'> & {
  readonly publishedAt?: Instant;
  readonly log: readonly TextInstant<PlanLife['log'][number]>[];
  readonly replans: readonly (Omit<PlanLife['replans'][number], 'requestedAt'> & { readonly requestedAt: Instant })[];
};

export type WireVersion = TextInstant<Omit<PlanVersion, 'change'>> & {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly change: {
    readonly kind: PlanVersion['change']['kind'];
    readonly edit?: PlanEdit;
    readonly of?: number;
    readonly notes?: readonly { readonly en: string; readonly vi: string }[];
    readonly events?: readonly { readonly kind: string }[];
  };
};

export type WireBreach = { readonly code: string; readonly en: string; readonly vi: string };

export type EditAnswer = {
  readonly feasible: boolean;
  readonly breaches: readonly WireBreach[];
  readonly diff?: PlanDiff;
};

export type DayEventBody =
  | { readonly kind: 'truck-out'; readonly vehicleId: string; readonly at?: Instant; readonly reason: string }
  | { readonly kind: 'overflow'; readonly binId: string }
  | {
      readonly kind: 'area-closed';
      readonly area: ClosedArea;
      readonly until?: Instant;
      readonly reason: string;
    }
  | { readonly kind: 'crew-late'; readonly vehicleId: string; readonly minutes: number }
  | { readonly kind: 'truck-joins'; readonly vehicleId: string }
  | {
      readonly kind: 'truck-back';
      readonly vehicleId: string;
      readonly at?: Instant;
      readonly from: 'depot' | 'last-place';
      readonly emptied?: true;
    }
  | { readonly kind: 'area-opened'; readonly closureId: string; readonly at?: Instant };

const pathOf = (planId: string): string => `${API}/plans/${encodeURIComponent(planId)}`;

const post = <T>(path: string, body: object): Promise<T> =>
  request<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

type Seen = { readonly planId: string; readonly expectedVersion: number; readonly why?: string };

export const movePlan = (
  { planId, ...body }: Seen,
  to: 'publish' | 'start' | 'close' | 'discard',
): Promise<WirePlanLife> => post(`${pathOf(planId)}/${to}`, body);

/** Says what would come of an edit, and changes nothing. */
export const tryEdit = ({ planId, ...body }: Seen, edit: PlanEdit): Promise<EditAnswer> =>
  post(`${pathOf(planId)}/edits?dryRun=true`, { ...body, edit });

export const makeEdit = ({ planId, ...body }: Seen, edit: PlanEdit): Promise<EditAnswer> =>
  post(`${pathOf(planId)}/edits`, { ...body, edit });

export const bringBack = ({ planId, ...body }: Seen, which: 'undo' | 'redo'): Promise<EditAnswer> =>
  post(`${pathOf(planId)}/${which}`, body);

export const replan = ({ planId, ...body }: Seen, events: readonly DayEventBody[]): Promise<WirePlanLife> =>
  post(`${pathOf(planId)}/replan`, { ...body, events });

export const getVersions = (
  planId: string,
  signal?: AbortSignal,
): Promise<{ readonly life: WirePlanLife; readonly versions: readonly WireVersion[] }> =>
  get(`${pathOf(planId)}/versions`, signal);

export const getDiff = (planId: string, from: number, to: number, signal?: AbortSignal): Promise<PlanDiff> =>
  get(`${pathOf(planId)}/diff?from=${from}&to=${to}`, signal);
