import { useEffect, useRef, useState } from 'preact/hooks';
import { type FieldError, type Problem, problemOf } from '../../api/problem.ts';
import { putRegistered, type RegistryKind, removeRegistered, type SeenEntity } from '../../api/registry.ts';
import { faultText } from '../../i18n/fault-text.ts';
import { useFleetWords } from '../../i18n/fleet-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { ChangeList } from './change-list.tsx';
import { draftOf, errorOf, readDraft } from './draft.ts';
import { DraftFields } from './draft-fields.tsx';
import type { Known } from './field-input.tsx';
import { formFields } from './fields.ts';
import { FormTroubles } from './form-troubles.tsx';
import { fieldErrorsOf, typedErrors } from './typed-errors.ts';
import { useFirstFault } from './use-first-fault.ts';
import { ZonePermits } from './zone-permits.tsx';

type EntityFormProps = {
  readonly kind: RegistryKind;
  /** Without a version: to be registered. */
  readonly seen: SeenEntity;
  readonly known: Known;
  /** Done with it, and what to say of it; nothing where the reader only went back. */
  readonly onDone: (said?: string) => void;
  /** Somebody else changed it: look at what is there now. */
  readonly onReload: () => void;
};

type State = { readonly isBusy: boolean; readonly problem?: Problem; readonly errors: readonly FieldError[] };

const calm: State = { isBusy: false, errors: [] };

const nameOf = ({ entity }: SeenEntity): string => (typeof entity.name === 'string' ? entity.name : entity.id);

/** Sends what was typed, once at a time; what was typed stays whatever comes of it. */
const useEntityForm = ({ kind, seen, onDone }: EntityFormProps) => {
  const w = useFleetWords();
  const fields = formFields[kind];
  const [draft, setDraft] = useState(() => draftOf(fields, seen.entity));
  const [state, setState] = useState<State>(calm);
  const run = (work: () => Promise<string>): void => {
    if (state.isBusy) return;
    setState({ ...calm, isBusy: true });
    work().then(onDone, (error: unknown) => {
      const problem = problemOf(error);
      setState({ isBusy: false, problem, errors: fieldErrorsOf(problem) });
    });
  };
  const save = (event: Event): void => {
    event.preventDefault();
    const { entity, faults } = readDraft(fields, draft);
    if (faults.length > 0) {
      setState({ isBusy: false, errors: typedErrors(faults, w) });
      return;
    }
    const id = typeof entity.id === 'string' ? entity.id : '';
    run(async () => {
      await putRegistered(kind, { entity: { ...entity, id }, etag: seen.etag });
      return w.saved(typeof entity.name === 'string' ? entity.name : id);
    });
  };
  const remove = (): void =>
    run(async () => {
      await removeRegistered(kind, seen);
      return w.removed(nameOf(seen));
    });
  return { fields, draft, setDraft, state, save, remove };
};

/** Two steps, so that nobody removes a truck with one tap. */
const RemoveButton = ({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }) => {
  const w = useFleetWords();
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return (
      <button type="button" class="button" onClick={() => setAsked(true)}>
        {w.remove}
      </button>
    );
  }
  return (
    <div class="fleet-actions" role="alert">
      <button type="button" class="button" onClick={onRemove}>
        {w.confirmRemove(name)}
      </button>
      <button type="button" class="button" onClick={() => setAsked(false)}>
        {w.keep}
      </button>
    </div>
  );
};

/** One entity to be changed or registered; what is wrong is told beside its field. */
export const EntityForm = (props: EntityFormProps) => {
  const { kind, seen, known, onDone, onReload } = props;
  const w = useFleetWords();
  const { language } = useLocale();
  const { fields, draft, setDraft, state, save, remove } = useEntityForm(props);
  const { problem, errors, isBusy } = state;
  const isNew = seen.etag === undefined;
  const form = useFirstFault(errors);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <form ref={form} class="fleet-form" onSubmit={save}>
      <button type="button" class="button is-small" onClick={() => onDone()}>
        ← {w.back}
      </button>
      <h3 ref={heading} tabIndex={-1}>
        {isNew ? w.adding(w.kind[kind]) : w.editing(nameOf(seen))}
      </h3>
      <DraftFields
        fields={fields}
        draft={draft}
        formId={`fleet-${kind}`}
        errorAt={(path) => {
          const error = errorOf(errors, path);
          return error && faultText(language, error);
        }}
        known={known}
        isNew={isNew}
        onChange={setDraft}
      />
      {kind === 'zones' && !isNew && <ZonePermits zoneId={seen.entity.id} trucks={known.vehicles ?? []} />}
      <FormTroubles fields={fields} problem={problem} errors={errors} onReload={isNew ? undefined : onReload} />
      <div class="fleet-actions">
        <button type="submit" class="button is-primary" aria-disabled={isBusy}>
          {isBusy ? w.saving : w.save}
        </button>
        {!isNew && <RemoveButton name={nameOf(seen)} onRemove={remove} />}
      </div>
      {!isNew && <ChangeList kind={kind} id={seen.entity.id} />}
    </form>
  );
};
