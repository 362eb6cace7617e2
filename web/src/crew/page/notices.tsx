import { signIn } from '../../sign-in/session.ts';
import { useSession } from '../../sign-in/use-session.ts';
import { useOverflowWords } from '../overflow-words.ts';
import type { CrewState } from '../state/crew.ts';
import { isStopReport, type OutboxEntry, type PhoneReport } from '../state/entry.ts';
import type { PlanSeen } from '../state/plan-sync.ts';
import { useCrewWords } from '../words.ts';

type SendingProps = { readonly state: CrewState; readonly isOnline: boolean; readonly onSend: () => void };

const MINUTE_MS = 60_000;

/** Whether the city has everything, and if not, why. */
export const SendingStatus = ({ state, isOnline, onSend }: SendingProps) => {
  const { w, f } = useCrewWords();
  const { entries, sending, clockAheadMs } = state;
  const reports = entries.filter((entry) => entry.state === 'waiting').length;
  const photos = entries.filter((entry) => entry.photo === 'waiting' && entry.state !== 'waiting').length;
  const left = [
    ...(reports > 0 ? [w.waiting(f.count(reports))] : []),
    ...(photos > 0 ? [w.photosWaiting(f.count(photos))] : []),
  ];
  const httpStatus = sending.status === 'waiting' ? sending.httpStatus : undefined;
  const isCut = !isOnline || (sending.status === 'waiting' && httpStatus === undefined);
  const why = (): string | undefined => {
    if (isCut) return w.noNetwork;
    if (httpStatus === 401 || httpStatus === 403) return w.signIn;
    if (httpStatus !== undefined) return w.troubled(String(httpStatus));
    return sending.status === 'sending' && left.length > 0 ? w.sendingNow : undefined;
  };
  const reason = why();
  return (
    <div class={`sending ${left.length > 0 ? 'is-waiting' : 'is-sent'}`}>
      <p role="status">
        {left.length > 0 ? `● ${left.join(' · ')}` : `✓ ${w.allSent}`}
        {reason === undefined ? '' : ` — ${reason}`}
      </p>
      {left.length > 0 && (
        <button type="button" class="button" onClick={onSend}>
          {w.sendNow}
        </button>
      )}
      {clockAheadMs !== 0 && <p>{w.clock(f.count(Math.round(Math.abs(clockAheadMs) / MINUTE_MS)))}</p>}
    </div>
  );
};

/** The way in, beside the work: what is on the phone stays at hand, and goes out once somebody is signed in. */
export const SignInNotice = () => {
  const { w } = useCrewWords();
  const session = useSession();
  if (session.status !== 'signed-out') return null;
  return (
    <section class="notice is-changed">
      <p>{w.signInFirst}</p>
      <button type="button" class="button is-large" onClick={() => void signIn().catch(() => {})}>
        {w.signInNow}
      </button>
    </section>
  );
};

/** What a report of this phone says, in short. */
const useSaid = (): ((report: PhoneReport) => string) => {
  const { w } = useCrewWords();
  const words = useOverflowWords();
  return (report) => {
    if (!isStopReport(report)) return report.kind === 'overflow' ? words.overflows : words.takenBack;
    return `${w.outcomes[report.outcome]}${report.takenBack ? ` (${w.takenBack})` : ''}`;
  };
};

type RefusedProps = { readonly entries: readonly OutboxEntry[]; readonly onSeen: (entry: OutboxEntry) => void };

/** What the city did not take, until the crew has read why. */
export const RefusedReports = ({ entries, onSeen }: RefusedProps) => {
  const { w, language } = useCrewWords();
  const saidIn = useSaid();
  const refused = entries.filter((entry) => (entry.state === 'refused' || entry.photo === 'refused') && !entry.isSeen);
  if (refused.length === 0) return null;
  return (
    <section class="notice is-problem" role="alert">
      <h2>{w.refusedHeading}</h2>
      <ul>
        {refused.map((entry) => (
          <li key={entry.report.reportId}>
            <p>
              <strong>{entry.stopName}</strong>: {saidIn(entry.report)}
              <br />
              {entry.refused ? (language === 'vi' ? entry.refused.reasonVi : entry.refused.reason) : w.photoRefused}
            </p>
            <button type="button" class="button" aria-label={w.gotItOf(entry.stopName)} onClick={() => onSeen(entry)}>
              {w.gotIt}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};

type ChangesProps = {
  readonly plan: PlanSeen;
  readonly onSeen: () => void;
  readonly onGoOn: () => void;
};

/** What is different since the crew last looked. */
export const PlanChanges = ({ plan: { changes, nextPlan }, onSeen, onGoOn }: ChangesProps) => {
  const { w, f } = useCrewWords();
  const named = (heading: string, stops: readonly { readonly name: string }[]) =>
    stops.length > 0 && (
      <p>
        <strong>{heading}:</strong> {stops.map(({ name }) => name).join(', ')}
      </p>
    );
  return (
    <>
      {changes && (
        <section class="notice is-changed" role="alert">
          <h2>{w.changedHeading}</h2>
          {named(w.added, changes.added)}
          {named(w.removed, changes.removed)}
          {changes.isReordered && <p>{w.reordered}</p>}
          <button type="button" class="button" onClick={onSeen}>
            {w.gotIt}
          </button>
        </section>
      )}
      {nextPlan && (
        <section class="notice">
          <p>{w.nextPlan(f.day(nextPlan.serviceDate))}</p>
          <button type="button" class="button" onClick={onGoOn}>
            {w.goOn}
          </button>
        </section>
      )}
    </>
  );
};

/** All that this phone reported, newest first, with where each stands. */
export const OutboxList = ({ entries }: { readonly entries: readonly OutboxEntry[] }) => {
  const { w, f } = useCrewWords();
  const saidIn = useSaid();
  return (
    <details class="outbox">
      <summary>
        {w.outbox} ({f.count(entries.length)})
      </summary>
      {entries.length === 0 && <p class="quiet">{w.nothingReported}</p>}
      <ul>
        {entries.toReversed().map(({ report, stopName, state }) => (
          <li key={report.reportId} class={`is-${state}`}>
            <time>{f.dateTime(report.at)}</time> <strong>{stopName}</strong>: {saidIn(report)} · {w.ways[state]}
          </li>
        ))}
      </ul>
    </details>
  );
};
