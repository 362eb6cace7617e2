import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { photoUrl, type WireOverflowReport, withdrawOverflow } from '../../../api/circumstances.ts';
import { useCircumstanceWords } from '../../../i18n/circumstance-words.ts';
import { useLocale } from '../../../i18n/language.ts';
import { useMarkWords } from '../../../i18n/mark-words.ts';
import { ApiLink } from '../../../sign-in/api-link.tsx';
import { useSending } from '../../../state/use-sending.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';

type ItemProps = { readonly report: WireOverflowReport; readonly onWithdrawn: () => void };

const WithdrawForm = ({ report, onWithdrawn, onKeep }: ItemProps & { readonly onKeep: () => void }) => {
  const w = useCircumstanceWords();
  const [why, setWhy] = useState('');
  const input = useRef<HTMLInputElement>(null);
  // The button that was pressed is gone.
  useLayoutEffect(() => input.current?.focus(), []);
  const { isSending, problem, submit } = useSending(() => withdrawOverflow(report.reportId, why), onWithdrawn);
  return (
    <form class="withdraw-form" onSubmit={submit}>
      <label class="field">
        <span>{w.why}</span>
        <input
          required
          maxLength={500}
          value={why}
          ref={input}
          onInput={({ currentTarget }) => setWhy(currentTarget.value)}
        />
      </label>
      {problem && <ProblemNotice problem={problem} />}
      <div class="withdraw-acts">
        <button type="submit" class="button is-primary" aria-disabled={isSending}>
          {isSending ? w.sending : w.withdrawNow}
        </button>
        <button type="button" class="button" onClick={onKeep}>
          {w.keep}
        </button>
      </div>
    </form>
  );
};

/** One report: who saw it and when, how it stands, and a way to withdraw one that is wrong. */
export const ReportItem = (props: ItemProps) => {
  const { reportId, channel, seenAt, reportedBy, note, photoKey, standing, withdrawn } = props.report;
  const { photo } = useMarkWords();
  const { f } = useLocale();
  const w = useCircumstanceWords();
  const [isAsking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const hasKept = useRef(false);
  useLayoutEffect(() => {
    if (hasKept.current) button.current?.focus();
    hasKept.current = false;
  });
  const keep = (): void => {
    hasKept.current = true;
    setAsking(false);
  };
  return (
    <li>
      <span>{w.report(channel, f.dateTime(seenAt), reportedBy)}</span>
      {note !== undefined && <q>{note}</q>}
      {photoKey !== undefined && (
        <ApiLink class="button is-small" href={photoUrl(reportId)} fileName={`${reportId}.jpg`} opens>
          {photo}
        </ApiLink>
      )}
      <strong>{w.standing[standing]}</strong>
      {withdrawn && <span>{w.withdrawnBy(withdrawn.by, f.dateTime(withdrawn.at), withdrawn.why)}</span>}
      {standing === 'open' && !isAsking && (
        <button ref={button} type="button" class="button is-small" onClick={() => setAsking(true)}>
          {w.withdraw}
        </button>
      )}
      {standing === 'open' && isAsking && <WithdrawForm {...props} onKeep={keep} />}
    </li>
  );
};
