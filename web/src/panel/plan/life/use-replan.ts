import { useEffect, useRef, useState } from 'preact/hooks';
import { type DayEventBody, getDiff, getVersions, type PlanDiff, replan } from '../../../api/plan-life.ts';
import { type Problem, problemOf } from '../../../api/problem.ts';
import type { Seen } from './use-plan-change.ts';

/** A re-plan from the click to its end. */
export type Replanning =
  | { readonly status: 'idle' }
  | { readonly status: 'waiting' }
  | { readonly status: 'done'; readonly version: number; readonly diff: PlanDiff }
  | { readonly status: 'failed'; readonly reason: string; readonly reasonVi?: string | undefined }
  | { readonly status: 'refused'; readonly problem: Problem };

const POLL_MS = 1_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for what comes of a re-plan; a server out of reach for a while is waited for. */
const watch = async (planId: string, replanId: string, isOver: () => boolean): Promise<Replanning | undefined> => {
  while (!isOver()) {
    await pause(POLL_MS);
    try {
      const { life } = await getVersions(planId);
      const record = life.replans.find((each) => each.replanId === replanId);
      if (record?.status === 'failed')
        return { status: 'failed', reason: record.reason ?? '', reasonVi: record.reasonVi };
      if (record?.status === 'done' && record.version !== undefined)
        return {
          status: 'done',
          version: record.version,
          diff: await getDiff(planId, record.version - 1, record.version),
        };
    } catch {
      // Asked again in a moment.
    }
  }
  return undefined;
};

export const useReplan = (seen: Seen | undefined, onDone: () => void) => {
  const [replanning, setReplanning] = useState<Replanning>({ status: 'idle' });
  const gone = useRef(false);
  useEffect(
    () => () => {
      gone.current = true;
    },
    [],
  );
  const start = async (events: readonly DayEventBody[], why: string): Promise<void> => {
    if (seen === undefined || replanning.status === 'waiting') return;
    setReplanning({ status: 'waiting' });
    try {
      const { replans } = await replan({ ...seen, ...(why !== '' && { why }) }, events);
      const record = replans.at(-1);
      const outcome = record && (await watch(seen.planId, record.replanId, () => gone.current));
      if (gone.current) return;
      setReplanning(outcome ?? { status: 'idle' });
      onDone();
    } catch (error) {
      if (!gone.current) setReplanning({ status: 'refused', problem: problemOf(error) });
    }
  };
  return { replanning, start };
};
