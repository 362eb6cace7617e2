import { useEffect, useRef, useState } from 'preact/hooks';
import { getPlan, requestPlan } from '../api/client.ts';
import { type Problem, problemOf } from '../api/problem.ts';

/** A dispatcher's request for a plan, from the click to its end. */
export type Planning =
  | { readonly status: 'idle' }
  | { readonly status: 'waiting'; readonly since: number; readonly planId?: string; readonly lostContact: boolean }
  | { readonly status: 'planned'; readonly planId: string }
  | { readonly status: 'failed'; readonly reason: string; readonly reasonVi?: string | undefined }
  | { readonly status: 'refused'; readonly problem: Problem };

const POLL_MS = 1_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Watch = { readonly planId: string; readonly since: number; readonly isOver: () => boolean };

/** Asks until the plan is planned or failed; a server out of reach for a while is waited for. */
const watchPlan = async ({ planId, since, isOver }: Watch, report: (planning: Planning) => void): Promise<void> => {
  while (!isOver()) {
    await pause(POLL_MS);
    if (isOver()) return;
    try {
      const answer = await getPlan(planId);
      if (answer.status === 'planned') return report({ status: 'planned', planId });
      if (answer.status === 'failed') {
        const { reason, reasonVi } = answer;
        return report({ status: 'failed', reason, reasonVi });
      }
      report({ status: 'waiting', since, planId, lostContact: false });
    } catch {
      report({ status: 'waiting', since, planId, lostContact: true });
    }
  }
};

/** @param onPlanned called once with the id of each plan that was made. */
export const usePlanning = (onPlanned: (planId: string) => void) => {
  const [planning, setPlanning] = useState<Planning>({ status: 'idle' });
  const gone = useRef(false);
  const planned = useRef(onPlanned);
  planned.current = onPlanned;
  useEffect(
    () => () => {
      gone.current = true;
    },
    [],
  );

  const report = (next: Planning): void => {
    if (gone.current) return;
    setPlanning(next);
    if (next.status === 'planned') planned.current(next.planId);
  };

  const start = async (): Promise<void> => {
    const since = Date.now();
    report({ status: 'waiting', since, lostContact: false });
    try {
      const { planId } = await requestPlan();
      await watchPlan({ planId, since, isOver: () => gone.current }, report);
    } catch (error) {
      report({ status: 'refused', problem: problemOf(error) });
    }
  };

  return { planning, start };
};
