import { useRef, useState } from 'preact/hooks';
import { overflowChannels } from '../../../../../shared/waste/overflow/overflow-report.ts';
import { type OverflowChannel, reportOverflow } from '../../../api/circumstances.ts';
import { useCircumstanceWords } from '../../../i18n/circumstance-words.ts';
import { newId } from '../../../state/new-id.ts';
import { useSending } from '../../../state/use-sending.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';

/** Says that a bin overflows. One report keeps its id until it was taken, so that trying again cannot make two. */
export const OverflowForm = ({ binId, onSent }: { readonly binId: string; readonly onSent: () => void }) => {
  const w = useCircumstanceWords();
  const [channel, setChannel] = useState<OverflowChannel>('dispatcher');
  const [note, setNote] = useState('');
  const [isOpen, setOpen] = useState(false);
  const summary = useRef<HTMLElement>(null);
  const reportId = useRef(newId());
  const trimmed = note.trim();
  const body = { reportId: reportId.current, binId, channel, ...(trimmed !== '' && { note: trimmed }) };
  const { isSending, problem, submit } = useSending(
    () => reportOverflow(body),
    () => {
      reportId.current = newId();
      setNote('');
      setOpen(false);
      // The button that had the focus is gone from view.
      summary.current?.focus();
      onSent();
    },
  );
  const edited = (change: () => void): void => {
    // Another report than the one that may have arrived.
    if (problem !== undefined) reportId.current = newId();
    change();
  };
  const choose = (value: string): void =>
    edited(() => setChannel(overflowChannels.find((known) => known === value) ?? 'dispatcher'));
  return (
    <details class="overflow-form" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary ref={summary}>{w.form}</summary>
      <form onSubmit={submit}>
        <label class="field">
          <span>{w.who}</span>
          <select value={channel} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {overflowChannels.map((known) => (
              <option key={known} value={known}>
                {w.channels[known]}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{w.note}</span>
          <textarea
            rows={2}
            maxLength={1_000}
            value={note}
            aria-describedby="overflow-note-hint"
            onInput={({ currentTarget }) => edited(() => setNote(currentTarget.value))}
          />
        </label>
        <p class="quiet" id="overflow-note-hint">
          {w.noteHint}
        </p>
        {problem && <ProblemNotice problem={problem} />}
        <button type="submit" class="button is-primary" aria-disabled={isSending}>
          {isSending ? w.sending : w.send}
        </button>
      </form>
    </details>
  );
};
