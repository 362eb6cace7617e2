import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { PlanEdit } from '../../../api/plan-life.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { EditFeedback, useTriedEdit } from './edit-feedback.tsx';
import type { PlanChange } from './use-plan-change.ts';

type TriedFormProps = {
  readonly change: PlanChange;
  readonly edit: PlanEdit | undefined;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

/** A form whose edit is tried as it is typed, and made on submit. */
export const TriedForm = ({ change, edit, onClose, children }: TriedFormProps) => {
  const w = usePlanLifeWords();
  const tried = useTriedEdit(change.seen, edit);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (edit === undefined || change.isSending) return;
    void change.edit(edit).then((isDone) => isDone && onClose());
  };
  return (
    <form class="stop-form" onSubmit={submit}>
      {children}
      <EditFeedback tried={tried} isAsked={edit !== undefined} />
      <div class="stop-buttons">
        <button
          type="submit"
          class="button is-primary"
          aria-disabled={tried?.answer?.feasible === false || change.isSending}
        >
          {change.isSending ? w.sending : w.apply}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {w.cancel}
        </button>
      </div>
    </form>
  );
};

type ReasonFormProps = {
  readonly change: PlanChange;
  readonly editFor: (reason: string) => PlanEdit;
  readonly onClose: () => void;
};

/** An edit that lacks nothing but the reason why. */
export const ReasonForm = ({ change, editFor, onClose }: ReasonFormProps) => {
  const w = usePlanLifeWords();
  const [typed, setTyped] = useState('');
  const reason = typed.trim();
  return (
    <TriedForm change={change} edit={reason === '' ? undefined : editFor(reason)} onClose={onClose}>
      <label class="field is-wide">
        <span>{w.why}</span>
        <input required maxLength={500} value={typed} onInput={({ currentTarget }) => setTyped(currentTarget.value)} />
      </label>
    </TriedForm>
  );
};
