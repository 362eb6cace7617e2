import { useState } from 'preact/hooks';
import { getCityRules, putCityRules, type WireCityRules } from '../../api/city-rules.ts';
import { type FieldError, type Problem, problemOf } from '../../api/problem.ts';
import { faultText } from '../../i18n/fault-text.ts';
import { useFleetWords } from '../../i18n/fleet-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { useResource } from '../../state/resource.ts';
import { ProblemNotice } from '../trouble-notice.tsx';
import { type Draft, draftOf, errorOf, readDraft } from './draft.ts';
import { DraftFields } from './draft-fields.tsx';
import { cityRuleFields } from './fields.ts';
import { FormTroubles } from './form-troubles.tsx';
import { fieldErrorsOf, typedErrors } from './typed-errors.ts';
import { useFirstFault } from './use-first-fault.ts';

type Seen = { readonly body: WireCityRules; readonly etag: string | undefined };
type State = {
  readonly isBusy: boolean;
  readonly problem?: Problem;
  readonly errors: readonly FieldError[];
};

/** Lists without anything in them are no rules. */
const withoutEmpty = (rules: WireCityRules): WireCityRules =>
  Object.fromEntries(Object.entries(rules).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));

/** The rules as they are seen, edited and sent once at a time. */
const useRules = (seen: Seen, onSaved: () => void) => {
  const w = useFleetWords();
  const [draft, setDraft] = useState<Draft>(() => draftOf(cityRuleFields, seen.body));
  const [state, setState] = useState<State>({ isBusy: false, errors: [] });
  const save = (event: Event): void => {
    event.preventDefault();
    if (state.isBusy) return;
    const { entity, faults } = readDraft(cityRuleFields, draft);
    if (faults.length > 0) {
      setState({ isBusy: false, errors: typedErrors(faults, w) });
      return;
    }
    setState({ isBusy: true, errors: [] });
    putCityRules(withoutEmpty(entity), seen.etag).then(onSaved, (error: unknown) => {
      const problem = problemOf(error);
      setState({ isBusy: false, problem, errors: fieldErrorsOf(problem) });
    });
  };
  return { draft, setDraft, state, save };
};

type FormProps = { readonly seen: Seen; readonly onSaved: () => void; readonly onReload: () => void };

const Form = ({ seen, onSaved, onReload }: FormProps) => {
  const w = useFleetWords();
  const { language } = useLocale();
  const { draft, setDraft, state, save } = useRules(seen, onSaved);
  const { isBusy, problem, errors } = state;
  const form = useFirstFault(errors);
  return (
    <form ref={form} class="fleet-form" onSubmit={save}>
      <p class="quiet">{w.cityRulesHint}</p>
      <DraftFields
        fields={cityRuleFields}
        draft={draft}
        formId="city-rules"
        errorAt={(path) => {
          const error = errorOf(errors, path);
          return error && faultText(language, error);
        }}
        known={{}}
        isNew={false}
        onChange={setDraft}
      />
      <FormTroubles fields={cityRuleFields} problem={problem} errors={errors} onReload={onReload} />
      <div class="fleet-actions">
        <button type="submit" class="button is-primary" aria-disabled={isBusy}>
          {isBusy ? w.saving : w.save}
        </button>
      </div>
    </form>
  );
};

/** A day: nobody's typing is overwritten by a refresh. */
const NEVER_MS = 86_400_000;

/** The rules that hold for every truck of the city. */
export const RulesForm = () => {
  const w = useFleetWords();
  const { t } = useLocale();
  const [round, setRound] = useState(0);
  const [isSaved, setSaved] = useState(false);
  const { data, problem, reload } = useResource(`city-rules/${round}`, getCityRules, NEVER_MS);
  const again = (saved: boolean): void => {
    setSaved(saved);
    setRound(round + 1);
  };
  return (
    <>
      {isSaved && (
        <p class="notice is-good" role="status">
          {w.saved(w.cityRules)}
        </p>
      )}
      {problem && <ProblemNotice problem={problem} onRetry={reload} />}
      {data === undefined && !problem && <p class="quiet">{t.loading}</p>}
      {data && (
        <Form key={`${round} ${data.etag}`} seen={data} onSaved={() => again(true)} onReload={() => again(false)} />
      )}
    </>
  );
};
