import type { FieldError, Problem } from '../../api/problem.ts';
import { listed } from '../../i18n/fault-text.ts';
import { useFleetWords } from '../../i18n/fleet-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { ProblemNotice } from '../trouble-notice.tsx';
import { errorOf } from './draft.ts';
import type { Field } from './fields.ts';

type FormTroublesProps = {
  /** What stands in the form: an error of anything else is told here, for want of a place beside its field. */
  readonly fields: readonly Field[];
  readonly problem: Problem | undefined;
  readonly errors: readonly FieldError[];
  /** Somebody else changed it: look at what is there now. Absent where there was nothing yet to be changed. */
  readonly onReload?: (() => void) | undefined;
};

/** What keeps a form from being saved: the problem, or how many errors there are and those that belong to none of its fields. */
export const FormTroubles = ({ fields, problem, errors, onReload }: FormTroublesProps) => {
  const w = useFleetWords();
  const { f, language } = useLocale();
  const astray = errors.filter((error) => !fields.some(({ name }) => errorOf([error], name) !== undefined));
  const isStale = problem?.kind === 'refused' && problem.status === 412;
  return (
    <>
      {problem && errors.length === 0 && <ProblemNotice problem={problem} />}
      {isStale && onReload && (
        <button type="button" class="button" onClick={onReload}>
          {w.reload}
        </button>
      )}
      {errors.length > 0 && (
        <div class="notice is-problem" role="alert">
          <p>{w.faults(f.count(errors.length))}</p>
          {astray.length > 0 && <p>{listed(language, astray)}</p>}
        </div>
      )}
    </>
  );
};
