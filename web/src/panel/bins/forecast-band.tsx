import type { BinForecast, FillEvent } from '../../api/forecast.ts';
import { useForecastWords } from '../../i18n/forecast-words.ts';
import { useLocale } from '../../i18n/language.ts';

/** Where the chart puts an instant (epoch milliseconds) and a fraction. */
export type ChartScale = {
  readonly xOf: (at: number) => number;
  readonly yOf: (fraction: number) => number;
  readonly top: number;
  readonly bottom: number;
};

const at = (instant: string): number => new Date(instant).getTime();

/** The central 80 % of the forecast as a band, its median as a dashed line, and where now is. */
export const ForecastBand = ({ forecast, scale }: { forecast: BinForecast; scale: ChartScale }) => {
  const { xOf, yOf, top, bottom } = scale;
  const place = (instant: string, fraction: number): string =>
    `${xOf(at(instant)).toFixed(1)},${yOf(fraction).toFixed(1)}`;
  const upper = forecast.points.map((point) => place(point.at, point.p90));
  const lower = forecast.points.map((point) => place(point.at, point.p10)).reverse();
  const now = xOf(at(forecast.generatedAt));
  return (
    <g>
      <polygon class="chart-band" points={[...upper, ...lower].join(' ')} />
      <polyline class="chart-median" points={forecast.points.map((point) => place(point.at, point.p50)).join(' ')} />
      <line class="chart-now" x1={now} x2={now} y1={top} y2={bottom} />
    </g>
  );
};

/** A mark over every emptying. */
export const EmptyingMarks = ({ events, scale }: { events: readonly FillEvent[]; scale: ChartScale }) => {
  const { f } = useLocale();
  const words = useForecastWords();
  return (
    <g>
      {events
        .filter(({ kind }) => kind === 'emptying')
        .map(({ before }) => {
          const x = scale.xOf(at(before));
          const y = scale.top - 1;
          return (
            <polygon key={before} class="chart-emptied" points={`${x - 4},${y - 7} ${x + 4},${y - 7} ${x},${y}`}>
              <title>{`${words.emptied}: ${f.dateTime(before)}`}</title>
            </polygon>
          );
        })}
    </g>
  );
};
