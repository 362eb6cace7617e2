import { scaleBand, scaleLinear } from 'd3-scale';
import { usePortal } from '../portal-locale.ts';
import type { Bar } from '../preview.ts';

const WIDTH = 640;
const ROW = 34;
const LABELS = 210;

/** How many there are of each, the most first. */
export const BarChart = ({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) => {
  const { f, language } = usePortal();
  const height = bars.length * ROW;
  const y = scaleBand(
    bars.map((_, place) => place),
    [0, height],
  ).padding(0.25);
  const x = scaleLinear([0, Math.max(1, ...bars.map(({ count }) => count))], [0, WIDTH - LABELS - 60]);
  return (
    <svg class="data-chart" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
      {bars.map(({ name, count }, place) => {
        const middle = (y(place) ?? 0) + y.bandwidth() / 2 + 5;
        return (
          <g key={name.en}>
            <text class="chart-text" x={LABELS - 8} y={middle} text-anchor="end">
              {name[language]}
            </text>
            <rect class="chart-bar" x={LABELS} y={y(place) ?? 0} width={Math.max(1, x(count))} height={y.bandwidth()} />
            <text class="chart-text" x={LABELS + x(count) + 8} y={middle}>
              {f.count(count)}
            </text>
          </g>
        );
      })}
    </svg>
  );
};
