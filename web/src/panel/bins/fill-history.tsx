import { getFill } from '../../api/client.ts';
import { getFillEvents, getForecast } from '../../api/forecast.ts';
import type { BinWithFill, FillPoint } from '../../api/wire.ts';
import { useForecastWords } from '../../i18n/forecast-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { useResource } from '../../state/resource.ts';
import { ProblemNotice } from '../trouble-notice.tsx';
import { FillChart } from './fill-chart.tsx';
import { ForecastSummary } from './forecast-summary.tsx';

export const WEEK_MS = 7 * 86_400_000;
const AHEAD_HOURS = 72;
const HOUR_MS = 3_600_000;

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
  const words = useForecastWords();
  const history = useResource(`fill/${bin.id}`, (signal) => getFill(bin.id, { from: now - WEEK_MS, to: now }, signal));
  // The history is worth showing without them.
  const forecast = useResource(`forecast/${bin.id}`, (signal) => getForecast(bin.id, AHEAD_HOURS, signal)).data;
  const events = useResource(`events/${bin.id}`, (signal) => getFillEvents(bin.id, signal)).data;
  const points = history.data;
  const to = forecast === undefined ? now : now + AHEAD_HOURS * HOUR_MS;
  return (
    <section class="fill-history">
      <h3>{t.fillLastWeek}</h3>
      {history.problem && <ProblemNotice problem={history.problem} onRetry={history.reload} />}
      {points === undefined && !history.problem && <p class="quiet">{t.loading}</p>}
      {points?.length === 0 && <p class="notice">{t.noFillPoints}</p>}
      {points !== undefined && points.length > 0 && (
        <figure>
          <FillChart {...{ points, forecast, events, to }} serviceLevel={bin.serviceLevel} from={now - WEEK_MS} />
          <FillSummary points={points} />
          {forecast && <p class="quiet">{words.band}</p>}
        </figure>
      )}
      {forecast && <ForecastSummary forecast={forecast} />}
    </section>
  );
};
