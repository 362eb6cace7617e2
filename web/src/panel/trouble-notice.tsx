import type { Problem } from '../api/problem.ts';
import { useLocale } from '../i18n/language.ts';
import type { Messages } from '../i18n/vi.ts';
import type { Trouble } from '../state/city-data.ts';

const isOnline = (): boolean => navigator.onLine;

const problemWords = (problem: Problem, t: Messages): string => {
  if (problem.kind === 'refused') return t.refused(problem.title);
  return isOnline() ? t.unreachable : t.offline;
};

/** A problem in full: what, the server's own detail, and a way on. */
export const ProblemNotice = ({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) => {
  const { t } = useLocale();
  return (
    <div class="notice is-problem" role="alert">
      <p class="notice-title">{problemWords(problem, t)}</p>
      {problem.kind === 'refused' && problem.detail !== undefined && <p>{problem.detail}</p>}
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {t.retry}
        </button>
      )}
    </div>
  );
};

/** One notice for everything that could not be refreshed, and how old what is shown may be. */
export const TroubleNotice = ({ trouble, onRetry }: { trouble: Trouble; onRetry: () => void }) => {
  const { t, f, language } = useLocale();
  const { problem, resources, showingSince } = trouble;
  const names = new Intl.ListFormat(language, { type: 'conjunction' }).format(resources.map((name) => t[name]));
  return (
    <div class="notice is-problem" role="alert">
      <p class="notice-title">{problemWords(problem, t)}</p>
      {problem.kind === 'refused' && problem.detail !== undefined && <p>{problem.detail}</p>}
      <p>{t.problemWith(names)}.</p>
      <p>{showingSince === undefined ? t.nothingLoadedYet : t.showingDataOf(f.timeWithSeconds(showingSince))}</p>
      <button type="button" class="button" onClick={onRetry}>
        {t.retry}
      </button>
    </div>
  );
};
