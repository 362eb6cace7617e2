import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import {
  bringBack,
  type EditAnswer,
  makeEdit,
  movePlan,
  type PlanDiff,
  type PlanEdit,
} from '../../../api/plan-life.ts';
import { type Problem, problemOf } from '../../../api/problem.ts';
import type { WirePlan } from '../../../api/wire.ts';

export type Seen = { readonly planId: string; readonly expectedVersion: number };

export type PlanChange = {
  /** Absent where the plan may not be changed: it is over, or from before plans had versions. */
  readonly seen: Seen | undefined;
  readonly trucks: readonly { readonly id: string; readonly name: string }[];
  /** Those that have stopped, and can come back. */
  readonly stopped: readonly { readonly id: string; readonly name: string }[];
  /** What is closed and can open, by its reason. */
  readonly closures: readonly { readonly id: string; readonly name: string }[];
  /** Every truck that has a route, also one that has stopped. */
  readonly planned: ReadonlySet<string>;
  readonly truckOf: (binId: string) => string | undefined;
  readonly isSending: boolean;
  readonly problem: Problem | undefined;
  /** What the last change changed. */
  readonly lastDiff: PlanDiff | undefined;
  readonly edit: (edit: PlanEdit, why?: string) => Promise<boolean>;
  readonly back: (which: 'undo' | 'redo') => void;
  readonly move: (to: 'publish' | 'start' | 'close' | 'discard') => void;
  readonly refresh: () => void;
};

const OPEN_STATES: readonly (string | undefined)[] = ['draft', 'published', 'in-progress'];

const seenOf = ({ planId, version, state }: WirePlan): Seen | undefined =>
  version !== undefined && OPEN_STATES.includes(state) ? { planId, expectedVersion: version } : undefined;

/** Sends changes of one plan, one at a time; whatever came of it, the plan is read again. */
export const usePlanChange = (plan: WirePlan, reload: () => void): PlanChange => {
  const [state, setState] = useState<{
    readonly isSending: boolean;
    readonly problem?: Problem;
    readonly lastDiff?: PlanDiff;
  }>({
    isSending: false,
  });
  const seen = seenOf(plan);
  const run = async (send: (to: Seen) => Promise<EditAnswer | object>): Promise<boolean> => {
    if (state.isSending || seen === undefined) return false;
    setState({ isSending: true });
    try {
      const answer = await send(seen);
      const diff = 'diff' in answer ? answer.diff : undefined;
      setState({ isSending: false, ...(diff && { lastDiff: diff }) });
      return true;
    } catch (error) {
      setState({ isSending: false, problem: problemOf(error) });
      return false;
    } finally {
      reload();
    }
  };
  return {
    seen,
    trucks: plan.routes
      .filter(({ outOfService }) => outOfService === undefined)
      .map(({ vehicleId, vehicleName }) => ({ id: vehicleId, name: vehicleName })),
    stopped: plan.routes
      .filter(({ outOfService }) => outOfService !== undefined)
      .map(({ vehicleId, vehicleName }) => ({ id: vehicleId, name: vehicleName })),
    closures: (plan.closures ?? []).flatMap(({ closureId, reason }) =>
      closureId === undefined ? [] : [{ id: closureId, name: reason }],
    ),
    planned: new Set(plan.routes.map(({ vehicleId }) => vehicleId)),
    truckOf: (binId) => plan.routes.find(({ stops }) => stops.some(({ id }) => id === binId))?.vehicleId,
    isSending: state.isSending,
    problem: state.problem,
    lastDiff: state.lastDiff,
    edit: (edit, why) => run((to) => makeEdit({ ...to, ...(why && { why }) }, edit)),
    back: (which) => void run((to) => bringBack(to, which)),
    move: (to) => void run((from) => movePlan(from, to)),
    refresh: reload,
  };
};

/** The plan being looked at, for the menus deep inside it. */
export const PlanChangeContext = createContext<PlanChange | undefined>(undefined);

export const useChange = (): PlanChange | undefined => useContext(PlanChangeContext);
