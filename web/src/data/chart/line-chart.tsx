import { scaleLinear, scaleTime } from 'd3-scale';
import { line } from 'd3-shape';
import { usePortal } from '../portal-locale.ts';
import type { Point } from '../preview.ts';

const WIDTH = 640;
const HEIGHT = 260;
const PLOT = { left: 60, right: 600, top: 32, bottom: 226 } as const;

/** QARTOD's suspect and fail. */
const isDoubtful = ({ flag }: Point): boolean => flag === 3 || flag === 4;

type LineChartProps = { readonly label: string; readonly unit: string; readonly points: readonly Point[] };

/** Values over time. A missing value breaks the line; it is never drawn as zero. */
export const LineChart = ({ label, unit, points }: LineChartProps) => {
  const { f } = usePortal();
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const first = points[0]?.at ?? 0;
  const last = points.at(-1)?.at ?? 1;
  const x = scaleTime([first, last === first ? first + 1 : last], [PLOT.left, PLOT.right]);
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  const y = scaleLinear(
    [Math.min(0, lowest), highest === lowest ? highest + 1 : highest],
    [PLOT.bottom, PLOT.top],
  ).nice(5);
  const path = line<Point>()
    .defined(({ value }) => value !== null)
    .x(({ at }) => x(at))
    .y(({ value }) => y(value ?? 0));
  const hours = (last - first) / 3_600_000;
  return (
    <svg class="data-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <text class="chart-text" x={PLOT.left} y={18}>
        {unit}
      </text>
      {y.ticks(5).map((tick) => (
        <g key={tick}>
          <line class="chart-rule" x1={PLOT.left} x2={PLOT.right} y1={y(tick)} y2={y(tick)} />
          <text class="chart-text" x={PLOT.left - 6} y={y(tick) + 4} text-anchor="end">
            {f.number(tick, 2)}
          </text>
        </g>
      ))}
      {x.ticks(5).map((tick) => (
        <text key={tick.getTime()} class="chart-text" x={x(tick)} y={PLOT.bottom + 22} text-anchor="middle">
          {hours > 48 ? f.dateTime(tick.getTime()) : f.time(tick.getTime())}
        </text>
      ))}
      <path class="chart-curve" d={path(points) ?? ''} />
      {points
        .filter((point) => point.value !== null && (isDoubtful(point) || points.length === 1))
        .map((point) => (
          <circle key={point.at} class="chart-mark" cx={x(point.at)} cy={y(point.value ?? 0)} r="4" />
        ))}
    </svg>
  );
};
