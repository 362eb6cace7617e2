import { useState } from 'preact/hooks';
import { getDiff, getVersions, type PlanDiff, type WireVersion } from '../../../api/plan-life.ts';
import { type Problem, problemOf } from '../../../api/problem.ts';
import { useLocale } from '../../../i18n/language.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { useResource } from '../../../state/resource.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';
import { DiffView } from './diff-view.tsx';

const useChangeWords = (): ((version: WireVersion) => string) => {
  const w = usePlanLifeWords();
  const { f } = useLocale();
  return ({ change }) => {
    const what = w.changes[change.kind];
    if (change.edit !== undefined) return w.edits[change.edit.kind] ?? what;
    return change.of === undefined ? what : `${what} → ${w.version(f.count(change.of))}`;
  };
};

const Version = ({ planId, version }: { readonly planId: string; readonly version: WireVersion }) => {
  const w = usePlanLifeWords();
  const { f, language } = useLocale();
  const words = useChangeWords();
  const [shown, setShown] = useState<{ readonly diff?: PlanDiff; readonly problem?: Problem }>();
  const { version: number, at, by, why, change } = version;
  const show = (): void => {
    if (shown !== undefined) {
      setShown(undefined);
      return;
    }
    getDiff(planId, number - 1, number).then(
      (diff) => setShown({ diff }),
      (error: unknown) => setShown({ problem: problemOf(error) }),
    );
  };
  return (
    <li>
      <p>
        <strong>{w.version(f.count(number))}</strong> · {words(version)}
      </p>
      <p class="quiet">
        <time dateTime={at}>{f.dateTime(at)}</time> · {by}
        {why !== undefined && <> · {why}</>}
      </p>
      {change.notes?.map((note) => (
        <p key={note.en} class="quiet">
          {note[language]}
        </p>
      ))}
      {number > 1 && (
        <button type="button" class="button is-small" aria-expanded={shown !== undefined} onClick={show}>
          {w.differences}
        </button>
      )}
      {shown?.diff && <DiffView diff={shown.diff} />}
      {shown?.problem && <ProblemNotice problem={shown.problem} />}
    </li>
  );
};

/** Who changed a plan, when and why, the newest first; and who published it. */
export const PlanHistory = ({
  planId,
  version,
  state,
}: {
  readonly planId: string;
  readonly version: number;
  readonly state: string;
}) => {
  const w = usePlanLifeWords();
  const { t, f } = useLocale();
  const { data, problem } = useResource(`versions/${planId}/${version}/${state}`, (signal) =>
    getVersions(planId, signal),
  );
  if (data === undefined) return problem ? <ProblemNotice problem={problem} /> : <p class="quiet">{t.loading}</p>;
  return (
    <div class="plan-history">
      <ol class="plan-log">
        {data.life.log.map(({ at, act, by, version: of, why }) => (
          <li key={`${at}/${act}`}>
            <time dateTime={at}>{f.dateTime(at)}</time> <strong>{w.acts[act]}</strong> · {w.version(f.count(of))} · {by}
            {why !== undefined && <> · {why}</>}
          </li>
        ))}
      </ol>
      <ol class="plan-versions">
        {data.versions.map((each) => (
          <Version key={each.version} planId={planId} version={each} />
        ))}
      </ol>
    </div>
  );
};
