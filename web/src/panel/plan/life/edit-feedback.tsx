import { useEffect, useState } from 'preact/hooks';
import { type EditAnswer, type PlanEdit, tryEdit } from '../../../api/plan-life.ts';
import { type Problem, problemOf } from '../../../api/problem.ts';
import { useLocale } from '../../../i18n/language.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';
import type { Seen } from './use-plan-change.ts';

export type Tried = { readonly answer?: EditAnswer; readonly problem?: Problem };

/** Typing goes on for a moment before the server is asked. */
const PAUSE_MS = 250;

/** Asks what would come of an edit whenever it changes; `undefined` asks nothing. */
export const useTriedEdit = (seen: Seen | undefined, edit: PlanEdit | undefined): Tried | undefined => {
  const key = seen === undefined || edit === undefined ? undefined : JSON.stringify([seen, edit]);
  const [tried, setTried] = useState<{ readonly key: string; readonly tried: Tried }>();
  useEffect(() => {
    if (key === undefined || seen === undefined || edit === undefined) return undefined;
    let isOver = false;
    const tell = (outcome: Tried): void => {
      if (!isOver) setTried({ key, tried: outcome });
    };
    const timer = setTimeout(() => {
      tryEdit(seen, edit).then(
        (answer) => tell({ answer }),
        (error: unknown) => tell({ problem: problemOf(error) }),
      );
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
    // The key says it all: objects are made anew with every render.
  }, [key]);
  return tried?.key === key ? tried?.tried : undefined;
};

/** Whether a change can be driven and what it costs, before it is made. */
export const EditFeedback = ({ tried, isAsked }: { readonly tried: Tried | undefined; readonly isAsked: boolean }) => {
  const w = usePlanLifeWords();
  const { language } = useLocale();
  if (!isAsked) return null;
  if (tried?.problem) return <ProblemNotice problem={tried.problem} />;
  const { answer } = tried ?? {};
  return (
    <div class="edit-feedback" role="status">
      {answer === undefined && <p class="quiet">{w.checking}</p>}
      {answer?.feasible && <p class="is-good">{w.feasible(answer.diff?.summary[language] ?? '')}</p>}
      {answer?.feasible === false && (
        <>
          <p class="is-problem">{w.infeasible}</p>
          <ul>
            {answer.breaches.map((breach) => (
              <li key={breach.en}>{breach[language]}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
};
