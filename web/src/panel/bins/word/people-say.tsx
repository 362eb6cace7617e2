import { useEffect, useRef, useState } from 'preact/hooks';
import { type BinCircumstances, getCircumstances } from '../../../api/circumstances.ts';
import { useCircumstanceWords } from '../../../i18n/circumstance-words.ts';
import { reasonIn, useLocale } from '../../../i18n/language.ts';
import { useResource } from '../../../state/resource.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';
import { OverflowForm } from './overflow-form.tsx';
import { ReportItem } from './report-item.tsx';

const Decision = ({ decision }: Pick<BinCircumstances, 'decision'>) => {
  const { f, language } = useLocale();
  const w = useCircumstanceWords();
  const reason = reasonIn(language, decision);
  return (
    <p class={`bin-decision is-${decision.status}`}>
      <strong>{w.decision[decision.status](f.day(decision.serviceDate))}</strong>
      {reason !== undefined && <span>{reason}</span>}
    </p>
  );
};

const Events = ({ events }: Pick<BinCircumstances, 'events'>) => {
  const { f, language } = useLocale();
  const w = useCircumstanceWords();
  return (
    <ul class="bin-events">
      {events.map(({ eventId, name, nameEn, from, to }) => (
        <li key={`${eventId} ${from}`}>
          {w.event(language === 'vi' ? name : nameEn, f.dateTime(from), f.dateTime(to))}
        </li>
      ))}
    </ul>
  );
};

type PeopleSayProps = {
  readonly binId: string;
  /** So many of its reports stand, as the list beside the map says. */
  readonly openReports: number;
  /** Something was reported or withdrawn here. */
  readonly onChanged: () => void;
};

/** What people know of a bin, whether it is due by it, and where to say that it overflows. */
export const PeopleSay = ({ binId, openReports, onChanged }: PeopleSayProps) => {
  const w = useCircumstanceWords();
  const known = useResource(`circumstances/${binId}`, (signal) => getCircumstances(binId, signal));
  const [done, setDone] = useState('');
  const { data, problem, reload } = known;
  const heading = useRef<HTMLHeadingElement>(null);
  const standing = data?.reports.filter((report) => report.standing === 'open').length;
  // The mark above and the words here are asked for apart: they are not left to contradict each other.
  useEffect(() => {
    if (standing !== undefined && standing !== openReports) reload();
  }, [openReports]);
  const changed = (words: string): void => {
    setDone(words);
    reload();
    onChanged();
  };
  const withdrawn = (): void => {
    // The form that had the focus goes away.
    heading.current?.focus();
    changed(w.withdrawn);
  };
  return (
    <section class="people-say">
      <h3 ref={heading} tabIndex={-1}>
        {w.heading}
      </h3>
      {problem && <ProblemNotice problem={problem} onRetry={reload} />}
      {data && <Decision decision={data.decision} />}
      {data !== undefined && data.events.length > 0 && <Events events={data.events} />}
      {data !== undefined && data.reports.length > 0 && (
        <>
          <h4>{w.reports}</h4>
          <ul class="overflow-reports">
            {data.reports.map((report) => (
              <ReportItem key={report.reportId} report={report} onWithdrawn={withdrawn} />
            ))}
          </ul>
        </>
      )}
      <OverflowForm binId={binId} onSent={() => changed(w.sent)} />
      <p class="people-done" role="status">
        {done}
      </p>
    </section>
  );
};
