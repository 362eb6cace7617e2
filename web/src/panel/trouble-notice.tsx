import type { Problem } from '../api/problem.ts';
import { refusalDetail, refusalTitle } from '../i18n/fault-text.ts';
import { type Locale, useLocale } from '../i18n/language.ts';
import type { Trouble } from '../state/city-data.ts';

const isOnline = (): boolean => navigator.onLine;

const problemWords = (problem: Problem, { t, language }: Locale): string => {
  if (problem.kind === 'refused') return refusalTitle(language, problem) ?? t.refused(problem.title);
  return isOnline() ? t.unreachable : t.offline;
};

/** What more there is to say of a problem. */
const Detail = ({ problem }: { readonly problem: Problem }) => {
  const { language } = useLocale();
  const detail = problem.kind === 'refused' ? refusalDetail(language, problem) : undefined;
  return detail === undefined ? null : <p>{detail}</p>;
};

/** A problem in full: what, why, and a way on. */
export const ProblemNotice = ({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) => {
  const locale = useLocale();
  const { t } = locale;
  return (
    <div class="notice is-problem" role="alert">
      <p class="notice-title">{problemWords(problem, locale)}</p>
      <Detail problem={problem} />
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
  const locale = useLocale();
  const { t, f, language } = locale;
  const { problem, resources, showingSince } = trouble;
  const names = new Intl.ListFormat(language, { type: 'conjunction' }).format(resources.map((name) => t[name]));
  return (
    <div class="notice is-problem" role="alert">
      <p class="notice-title">{problemWords(problem, locale)}</p>
      <Detail problem={problem} />
      <p>{t.problemWith(names)}.</p>
      <p>{showingSince === undefined ? t.nothingLoadedYet : t.showingDataOf(f.timeWithSeconds(showingSince))}</p>
      <button type="button" class="button" onClick={onRetry}>
        {t.retry}
      </button>
    </div>
  );
};
