import { getSensorHealth } from '../../api/client.ts';
import type { HealthProblemKind, SensorHealthAnswer } from '../../api/wire.ts';
import { useLocale } from '../../i18n/language.ts';
import type { Messages } from '../../i18n/vi.ts';
import { useResource } from '../../state/resource.ts';
import { serverNow } from '../../state/server-now.ts';
import type { TabProps } from '../side-panel.tsx';
import { ProblemNotice } from '../trouble-notice.tsx';
import { type IllSensor, ProblemList } from './problem-list.tsx';

const REFRESH_MS = 5 * 60_000;

/** Sensors are checked every hour: a check that is older than two did not run. */
const CHECK_IS_OLD_MS = 2 * 3_600_000;

const kinds: readonly HealthProblemKind[] = ['silent', 'battery', 'clock'];

const headings = (t: Messages): Readonly<Record<HealthProblemKind, string>> => ({
  silent: t.sensorsSilent,
  battery: t.sensorsBattery,
  clock: t.sensorsClock,
});

/** Those with a problem of the kind, the longest lasting first. */
const illOf = ({ sensors }: SensorHealthAnswer, kind: HealthProblemKind): readonly IllSensor[] =>
  sensors
    .flatMap((sensor) =>
      sensor.problems.filter((problem) => problem.kind === kind).map((problem) => ({ sensor, problem })),
    )
    .sort((a, b) => (a.problem.since < b.problem.since ? -1 : 1));

type CheckedProps = { readonly answer: SensorHealthAnswer; readonly now: number };

/** How much was looked at, and when: that nobody looked is not the same as that all is well. */
const Checked = ({ answer: { watched, checkedAt }, now }: CheckedProps) => {
  const { t, f } = useLocale();
  if (watched === 0 || checkedAt === null) return <p class="notice">{t.sensorsNeverChecked}</p>;
  const ago = f.ago(checkedAt, now);
  const isOld = now - new Date(checkedAt).getTime() > CHECK_IS_OLD_MS;
  return isOld ? (
    <p class="notice is-problem">{t.sensorsCheckOverdue(ago)}</p>
  ) : (
    <p class="quiet">{t.sensorsChecked(f.count(watched), ago)}</p>
  );
};

export const SensorsTab = ({ data }: Pick<TabProps, 'data'>) => {
  const { t, f } = useLocale();
  const health = useResource('sensor-health', getSensorHealth, REFRESH_MS);
  const { data: answer, problem, reload } = health;
  const now = serverNow(health);
  const names = new Map(
    [...(data.bins.data?.bins ?? []), ...(data.stations.data?.stations ?? [])].map(({ id, name }) => [id, name]),
  );
  return (
    <div class="sensors-tab">
      <h2>{t.sensorsHeading}</h2>
      {problem && <ProblemNotice problem={problem} onRetry={reload} />}
      {answer === undefined && !problem && <p class="quiet">{t.loading}</p>}
      {answer && <Checked answer={answer} now={now} />}
      {answer &&
        answer.watched > 0 &&
        kinds.map((kind) => {
          const ill = illOf(answer, kind);
          return (
            <section key={kind} class="sensor-problems">
              <h3>
                {headings(t)[kind]} <span class="quiet">{f.count(ill.length)}</span>
              </h3>
              {ill.length === 0 ? <p class="quiet">{t.none}</p> : <ProblemList ill={ill} names={names} now={now} />}
            </section>
          );
        })}
    </div>
  );
};
