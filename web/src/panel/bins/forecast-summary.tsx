import type { BinForecast } from '../../api/forecast.ts';
import { useForecastWords } from '../../i18n/forecast-words.ts';
import { useLocale } from '../../i18n/language.ts';

const DAY_HOURS = 24;

/** What the band says, in words: the end of it, by when the bin is full, what the forecast rests on. */
export const ForecastSummary = ({ forecast }: { forecast: BinForecast }) => {
  const { f } = useLocale();
  const words = useForecastWords();
  const { start, points, timeToFull, lastEmptiedAt, basis } = forecast;
  const last = points.at(-1);
  const isFull = start.status === 'known' && start.fraction >= 1;
  const by = (instant: string | null): string => (instant === null ? words.notWithinAYear : f.dateTime(instant));
  const probable: readonly (readonly [number, string | null])[] = [
    [0.5, timeToFull.p50],
    [0.8, timeToFull.p80],
    [0.95, timeToFull.p95],
  ];
  return (
    <section class="forecast">
      <h3>{words.heading}</h3>
      {start.status === 'unknown' && <p class="notice">{words.unknownStart}</p>}
      {last && <p>{words.until(f.percent(last.p10), f.percent(last.p90), f.dateTime(last.at))}</p>}
      <dl class="facts">
        {isFull ? (
          <div>
            <dt>{words.fullBy}</dt>
            <dd>{words.already}</dd>
          </div>
        ) : (
          probable.map(([p, instant]) => (
            <div key={p}>
              <dt>
                {words.fullBy} ({words.sure(f.percent(p))})
              </dt>
              <dd>{by(instant)}</dd>
            </div>
          ))
        )}
        <div>
          <dt>{words.lastEmptied}</dt>
          <dd>{lastEmptiedAt === null ? words.neverEmptied : f.dateTime(lastEmptiedAt)}</dd>
        </div>
      </dl>
      <p class="quiet">{words.basis[basis.source](f.count(Math.max(1, Math.round(basis.hoursSeen / DAY_HOURS))))}</p>
    </section>
  );
};
