import { useEffect, useState } from 'preact/hooks';
import type { BinWithFill } from '../../../api/wire.ts';
import { reasonIn, useLocale } from '../../../i18n/language.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';
import { DiffView } from './diff-view.tsx';
import { EventFields, type LabelledEvent } from './event-fields.tsx';
import { useOtherTrucks } from './take-back-truck.tsx';
import type { PlanChange } from './use-plan-change.ts';
import { type Replanning, useReplan } from './use-replan.ts';

const LONG_MS = 60_000;

/** Says after a while that it takes longer than usual: the request is in the queue, whatever else is. */
const Waiting = () => {
  const w = usePlanLifeWords();
  const { t } = useLocale();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="notice">
      <p role="status">{isLong ? `${w.replanning} ${t.planTakesLong}` : w.replanning}</p>
      <progress aria-label={w.replanning} />
    </div>
  );
};

const Outcome = ({ replanning }: { readonly replanning: Replanning }) => {
  const w = usePlanLifeWords();
  const { f, language } = useLocale();
  switch (replanning.status) {
    case 'idle':
      return null;
    case 'waiting':
      return <Waiting />;
    case 'done':
      return (
        <div class="notice is-good">
          <p role="status">{w.replanned(f.count(replanning.version))}</p>
          <DiffView diff={replanning.diff} />
        </div>
      );
    case 'failed':
      return (
        <p class="notice is-problem" role="alert">
          {w.replanFailed(reasonIn(language, replanning) ?? '')}
        </p>
      );
    case 'refused':
      return <ProblemNotice problem={replanning.problem} />;
  }
};

type ReplanProps = { readonly change: PlanChange; readonly bins: readonly BinWithFill[] };

/** What happened, in as many events as there were, and the request to plan the rest of the day anew. */
export const ReplanForm = ({ change, bins }: ReplanProps) => {
  const w = usePlanLifeWords();
  const [events, setEvents] = useState<readonly LabelledEvent[]>([]);
  const [why, setWhy] = useState('');
  const others = useOtherTrucks(change);
  const { replanning, start } = useReplan(change.seen, () => {
    setEvents([]);
    change.refresh();
  });
  const submit = (submitted: Event): void => {
    submitted.preventDefault();
    void start(
      events.map(({ event }) => event),
      why.trim(),
    );
  };
  return (
    <section class="replan" aria-label={w.replanHeading}>
      <h3>{w.replanHeading}</h3>
      <p class="quiet">{w.replanHint}</p>
      <form onSubmit={submit}>
        <EventFields
          trucks={change.trucks}
          others={others}
          stopped={change.stopped}
          closures={change.closures}
          bins={bins}
          onAdd={(event) => setEvents([...events, event])}
        />
        {events.length > 0 && (
          <ul class="event-list">
            {events.map((named, index) => (
              <li key={`${index} ${named.label}`}>
                <span>{named.label}</span>
                <button
                  type="button"
                  class="button is-small"
                  aria-label={w.removeEvent(named.label)}
                  onClick={() => setEvents(events.filter((each) => each !== named))}
                >
                  ✕
                </button>
              </li>
            ))}
          </ul>
        )}
        <label class="field is-wide">
          <span>{w.replanWhy}</span>
          <input maxLength={500} value={why} onInput={({ currentTarget }) => setWhy(currentTarget.value)} />
        </label>
        <button type="submit" class="button is-primary" aria-disabled={replanning.status === 'waiting'}>
          {w.askReplan}
        </button>
      </form>
      <Outcome replanning={replanning} />
    </section>
  );
};
