import { getFill } from '../../api/client.ts';
import type { BinWithFill, FillPoint } from '../../api/wire.ts';
import { useLocale } from '../../i18n/language.ts';
import { useResource } from '../../state/resource.ts';
import { ProblemNotice } from '../trouble-notice.tsx';
import { FillChart } from './fill-chart.tsx';

export const WEEK_MS = 7 * 86_400_000;

/** What the chart shows, in words. */
const FillSummary = ({ points }: { points: readonly FillPoint[] }) => {
  const { t, f } = useLocale();
  const known = points.map(({ fraction }) => fraction).filter((fraction) => fraction !== null);
  const missing = points.length - known.length;
  const words = [
    known.length === 0
      ? undefined
      : t.fillSummary(f.percent(Math.min(...known)), f.percent(Math.max(...known)), f.count(known.length)),
    missing === 0 ? undefined : t.fillMissing(f.count(missing)),
  ];
  return <figcaption>{words.filter((part) => part !== undefined).join('. ')}</figcaption>;
};

export const FillHistory = ({ bin, now }: { bin: BinWithFill; now: number }) => {
  const { t } = useLocale();
  const history = useResource(`fill/${bin.id}`, (signal) => getFill(bin.id, { from: now - WEEK_MS, to: now }, signal));
  const points = history.data;
  return (
    <section class="fill-history">
      <h3>{t.fillLastWeek}</h3>
      {history.problem && <ProblemNotice problem={history.problem} onRetry={history.reload} />}
      {points === undefined && !history.problem && <p class="quiet">{t.loading}</p>}
      {points?.length === 0 && <p class="notice">{t.noFillPoints}</p>}
      {points !== undefined && points.length > 0 && (
        <figure>
          <FillChart points={points} serviceLevel={bin.serviceLevel} from={now - WEEK_MS} to={now} />
          <FillSummary points={points} />
        </figure>
      )}
    </section>
  );
};
