import { useEffect, useState } from 'preact/hooks';
import { reasonIn, useLocale } from '../../i18n/language.ts';
import type { Planning } from '../../state/planning.ts';
import { ProblemNotice } from '../trouble-notice.tsx';

/** Seconds after which a dispatcher should know that something may be stuck. */
const LONG_SECONDS = 90;

const useElapsedSeconds = (since: number | undefined): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (since === undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [since]);
  return since === undefined ? 0 : Math.max(0, Math.floor((now - since) / 1_000));
};

const Waiting = ({ planning }: { planning: Extract<Planning, { status: 'waiting' }> }) => {
  const { t, f } = useLocale();
  const seconds = useElapsedSeconds(planning.since);
  const words = planning.lostContact ? t.planLost : seconds > LONG_SECONDS ? t.planTakesLong : t.planRequested;
  return (
    <div class="notice">
      <p role="status">{words}</p>
      <progress aria-label={t.planning} />
      {/* Not in the status: a screen reader would read every second aloud. */}
      <p class="quiet">{t.waitedSeconds(f.count(seconds))}</p>
    </div>
  );
};

/** What became of the dispatcher's click. */
export const PlanningProgress = ({ planning }: { planning: Planning }) => {
  const { t, language } = useLocale();
  switch (planning.status) {
    case 'idle':
      return null;
    case 'waiting':
      return <Waiting planning={planning} />;
    case 'planned':
      return (
        <p class="notice is-good" role="status">
          {t.planReady}
        </p>
      );
    case 'failed':
      return (
        <p class="notice is-problem" role="alert">
          {t.planFailed(reasonIn(language, planning) ?? '')}
        </p>
      );
    case 'refused':
      return <ProblemNotice problem={planning.problem} />;
  }
};
