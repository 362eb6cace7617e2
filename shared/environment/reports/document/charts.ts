import { scaleBand, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { localDate, localTime } from '../../../city/calendar.ts';
import type { ExceedanceRow, Point, QuantityReport, ReportSeries } from '../report.ts';
import type { Chart, ReportLanguage } from './document.ts';
import { localPeriod } from './local-time.ts';
import { periodWords, roleWords } from './words.ts';
import { oneLine, writeNumber } from './write-text.ts';

const WIDTH = 370;
const HEIGHT = 130;
const MARGIN = { top: 8, right: 8, bottom: 18, left: 40 };
/** Up to so many points stand as bars; more are a line. */
const MOST_BARS = 31;

const INK = '#333333';
const VALUE = '#2b6a8a';
const BROKEN = '#b3261e';
const GRID = '#dddddd';
const QUIET = '#595959';

type Drawn = Pick<ExceedanceRow, 'limit' | 'bound' | 'role'>;

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Coordinates to a tenth of a point: finer is not seen, and the same everywhere. */
const at = (value: number): string => String(Math.round(value * 10) / 10);

const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${at(x)}" y="${at(y)}" font-size="8" fill="${INK}" ${more}>${escapeXml(words)}</text>`;

/** Under which points a tick stands, and what it says: hours, days, or the first of each month. */
const ticksOf = ({ of, points }: ReportSeries, timeZone: string): readonly { index: number; words: string }[] => {
  if (of === '1h') {
    return points.flatMap(({ endsAt }, index) => {
      const hour = Number(localTime(timeZone, Date.parse(endsAt)).slice(0, 2));
      return hour % 3 === 0 ? [{ index, words: hour === 0 ? '24' : String(hour) }] : [];
    });
  }
  const dates = points.map(({ endsAt }) => localDate(timeZone, Date.parse(endsAt) - 1));
  if (points.length > MOST_BARS) {
    return dates.flatMap((date, index) =>
      date.endsWith('-01') ? [{ index, words: String(Number(date.slice(5, 7))) }] : [],
    );
  }
  return dates.flatMap((date, index) => {
    const day = Number(date.slice(8));
    return day === 1 || day % 5 === 0 ? [{ index, words: String(day) }] : [];
  });
};

type Scales = { readonly x: (index: number) => number; readonly band: number; readonly y: (value: number) => number };

const bars = (points: readonly Point[], { x, band, y }: Scales): string =>
  points
    .map(({ value, broken }, index) => {
      const floor = HEIGHT - MARGIN.bottom;
      if (value === null) return text(x(index) + band / 2, floor - 1, '×', 'text-anchor="middle"');
      const top = Math.min(y(value), floor - 0.5);
      const colour = broken ? BROKEN : VALUE;
      return `<rect x="${at(x(index))}" y="${at(top)}" width="${at(band)}" height="${at(floor - top)}" fill="${colour}"/>`;
    })
    .join('');

const polyline = (points: readonly Point[], { x, band, y }: Scales): string => {
  const path = line<Point>()
    .defined(({ value }) => value !== null)
    .x((_, index) => Math.round((x(index) + band / 2) * 10) / 10)
    .y(({ value }) => Math.round(y(value ?? 0) * 10) / 10)([...points]);
  const dots = points.map(({ value, broken }, index) =>
    value !== null && broken
      ? `<circle cx="${at(x(index) + band / 2)}" cy="${at(y(value))}" r="1.6" fill="${BROKEN}"/>`
      : '',
  );
  return `<path d="${path ?? ''}" fill="none" stroke="${VALUE}" stroke-width="1"/>${dots.join('')}`;
};

/** A limit as a dashed red line, a guideline or target as a dotted grey one; the label stands on white, over whatever is behind it. */
const limitLines = (limits: readonly Drawn[], { y }: Scales, language: ReportLanguage): string =>
  limits
    .map(({ limit, bound, role }) => {
      const level = y(limit);
      const what = roleWords[role];
      const words = `${bound === 'max' ? '≤' : '≥'} ${writeNumber(limit, language)}${what ? ` ${language === 'en' ? what.en : what.vi}` : ''}`;
      const [colour, dashes] = what ? [QUIET, '1.5 2'] : [BROKEN, '4 2'];
      const right = WIDTH - MARGIN.right;
      const width = words.length * 4.1 + 2;
      return `<line x1="${MARGIN.left}" x2="${right}" y1="${at(level)}" y2="${at(level)}" stroke="${colour}" stroke-width="0.9" stroke-dasharray="${dashes}"/><rect x="${at(right - width)}" y="${at(level - 9.5)}" width="${at(width)}" height="8.5" fill="#ffffff"/>${text(right, level - 2.5, words, 'text-anchor="end"')}`;
    })
    .join('');

const draw = (series: ReportSeries, limits: readonly Drawn[], timeZone: string, language: ReportLanguage): string => {
  const { points } = series;
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const bottom = HEIGHT - MARGIN.bottom;
  const greatest = Math.max(0, ...values, ...limits.map(({ limit }) => limit));
  const y = scaleLinear()
    .domain([Math.min(0, ...values), greatest === 0 ? 1 : greatest * 1.08])
    .nice(4)
    .range([bottom, MARGIN.top]);
  const band = scaleBand<number>()
    .domain(points.map((_, index) => index))
    .range([MARGIN.left, WIDTH - MARGIN.right])
    .padding(points.length > MOST_BARS ? 0 : 0.25);
  const scales = { x: (index: number) => band(index) ?? MARGIN.left, band: band.bandwidth(), y };
  const grid = y.ticks(4).map((tick) => {
    const level = at(y(tick));
    return `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${level}" y2="${level}" stroke="${GRID}" stroke-width="0.5"/>${text(MARGIN.left - 4, y(tick) + 3, writeNumber(Number(tick.toPrecision(6)), language), 'text-anchor="end"')}`;
  });
  const ticks = ticksOf(series, timeZone).map(({ index, words }) =>
    text(scales.x(index) + scales.band / 2, bottom + 11, words, 'text-anchor="middle"'),
  );
  const marks = points.length > MOST_BARS ? polyline(points, scales) : bars(points, scales);
  return `${grid.join('')}${marks}${limitLines(limits, scales, language)}${ticks.join('')}`;
};

/**
 * The chart of one quantity over the report's period: bars of hours or days, a line of a year's days, its limits dashed. What breaks a
 * limit is red and beyond the line; a period without a value is a cross, or a gap in the line.
 */
export const chartOf = (
  { name, unit, sensorId }: QuantityReport,
  series: ReportSeries,
  limits: readonly Drawn[],
  timeZone: string,
): Chart => {
  const known = series.points.filter(({ value }) => value !== null);
  const highest = known.reduce<Point | undefined>(
    (top, each) => ((each.value ?? 0) > (top?.value ?? -Infinity) ? each : top),
    undefined,
  );
  const where = highest === undefined ? '' : localPeriod(highest, series.of, timeZone);
  const title = {
    vi: `${name.vi}, ${periodWords[series.of].vi}, ${unit} (${sensorId})`,
    en: `${name.en}, ${periodWords[series.of].en}, ${unit} (${sensorId})`,
  };
  const alt = {
    vi: `Biểu đồ ${title.vi}: ${known.length}/${series.points.length} giá trị${highest ? `, cao nhất ${writeNumber(highest.value ?? 0, 'vi')} (${where})` : ''}. Số liệu ở bảng bên dưới.`,
    en: `Chart of ${title.en}: ${known.length} of ${series.points.length} values${highest ? `, highest ${writeNumber(highest.value ?? 0, 'en')} (${where})` : ''}. The numbers are in the table below.`,
  };
  return {
    title,
    alt,
    svg: (language) =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escapeXml(oneLine(alt, language))}" font-family="Roboto, sans-serif">${draw(series, limits, timeZone, language)}</svg>`,
  };
};
