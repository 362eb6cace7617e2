import type { BinForecast, FillEvent } from '../../api/forecast.ts';
import type { FillPoint } from '../../api/wire.ts';
import { midnightsBetween } from '../../format/local-day.ts';
import { useForecastWords } from '../../i18n/forecast-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { fillSegments, type KnownPoint } from './fill-segments.ts';
import { EmptyingMarks, ForecastBand } from './forecast-band.tsx';

type FillChartProps = {
  readonly points: readonly FillPoint[];
  /** 0..1. */
  readonly serviceLevel: number;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly forecast?: BinForecast | undefined;
  readonly events?: readonly FillEvent[] | undefined;
};

const WIDTH = 400;
const HEIGHT = 150;
const PLOT = { left: 40, right: 392, top: 10, bottom: 126 } as const;

const yOf = (fraction: number): number => PLOT.bottom - fraction * (PLOT.bottom - PLOT.top);

const LevelLines = ({ serviceLevel }: Pick<FillChartProps, 'serviceLevel'>) => {
  const { f } = useLocale();
  return (
    <g>
      {[0, 0.5, 1].map((fraction) => (
        <g key={fraction}>
          <line class="chart-grid" x1={PLOT.left} x2={PLOT.right} y1={yOf(fraction)} y2={yOf(fraction)} />
          <text class="chart-label" x={PLOT.left - 5} y={yOf(fraction) + 4} text-anchor="end">
            {f.percent(fraction)}
          </text>
        </g>
      ))}
      <line class="chart-service" x1={PLOT.left} x2={PLOT.right} y1={yOf(serviceLevel)} y2={yOf(serviceLevel)} />
    </g>
  );
};

const Segment = ({ points, xOf }: { points: readonly KnownPoint[]; xOf: (at: number) => number }) => {
  const line = points.map(({ at, fraction }) => `${xOf(at).toFixed(1)},${yOf(fraction).toFixed(1)}`).join(' ');
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return null;
  if (points.length === 1) return <circle class="chart-dot" cx={xOf(first.at)} cy={yOf(first.fraction)} r="2" />;
  return (
    <g>
      <polygon class="chart-area" points={`${xOf(first.at)},${PLOT.bottom} ${line} ${xOf(last.at)},${PLOT.bottom}`} />
      <polyline class="chart-line" points={line} />
    </g>
  );
};

/** Fill over time. Decoration for those who see it: the caption under it says the same in words. */
export const FillChart = ({ points, serviceLevel, from, to, forecast, events = [] }: FillChartProps) => {
  const { t, f, language } = useLocale();
  const words = useForecastWords();
  const xOf = (at: number): number => PLOT.left + ((at - from) / (to - from)) * (PLOT.right - PLOT.left);
  const segments = fillSegments(points);
  const scale = { xOf, yOf, top: PLOT.top, bottom: PLOT.bottom };
  const label = forecast === undefined ? t.fillLastWeek : words.chart;
  return (
    <svg class="fill-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} lang={language}>
      <LevelLines serviceLevel={serviceLevel} />
      {midnightsBetween(from, to, f.timeZone).map((midnight) => (
        <g key={midnight}>
          <line class="chart-grid" x1={xOf(midnight)} x2={xOf(midnight)} y1={PLOT.top} y2={PLOT.bottom} />
          <text class="chart-label" x={xOf(midnight)} y={HEIGHT - 6} text-anchor="middle">
            {f.weekday(midnight)}
          </text>
        </g>
      ))}
      {forecast && <ForecastBand forecast={forecast} scale={scale} />}
      <EmptyingMarks events={events} scale={scale} />
      {segments.map((segment) => (
        <Segment key={segment[0]?.at} points={segment} xOf={xOf} />
      ))}
      {segments
        .flat()
        .filter(({ isDoubtful }) => isDoubtful)
        .map(({ at, fraction }) => (
          <circle key={at} class="chart-doubt" cx={xOf(at)} cy={yOf(fraction)} r="3.5" />
        ))}
    </svg>
  );
};
