import type { Figures } from './figures.ts';
import { togetherBy } from './table.ts';

const COLOURS = ['#8a8a8a', '#c2703d', '#d9a441', '#1f7a5c', '#3a6ea5', '#7a4fa3'] as const;
const [WIDTH, ROW, LEFT] = [760, 34, 130];
const CURVE = { top: 40, height: 200, left: 60, width: 660 } as const;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(words)}</text>`;

/** Kilometres a day as bars, with what it took and how it served. */
const bars = (rows: readonly Figures[], top: number): string[] => {
  const most = Math.max(...rows.map(({ kmADay }) => kmADay));
  return rows.flatMap((row, index) => {
    const y = top + index * ROW;
    const width = ((WIDTH - LEFT - 360) * row.kmADay) / most;
    const words = `${row.kmADay.toFixed(0)} km · ${row.collectionsADay.toFixed(0)} collections · ${row.trucksADay.toFixed(1)} trucks · ${(100 * row.serviceLevel).toFixed(2)} % in time`;
    return [
      text(LEFT - 8, y + 17, row.policy, 'text-anchor="end"'),
      `<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 10}" fill="${COLOURS[index % COLOURS.length]}"/>`,
      text(LEFT + width + 8, y + 17, words),
    ];
  });
};

/** How full bins were found, as shares of a policy's collections by tenths. */
const curves = (rows: readonly Figures[], top: number): string[] => {
  const shares = rows.map(({ fillHistogram, collections }) =>
    fillHistogram.map((count) => count / Math.max(1, collections)),
  );
  const most = Math.max(...shares.flat());
  const x = (tenth: number): number => CURVE.left + (CURVE.width * (tenth + 0.5)) / 11;
  const y = (share: number): number => top + CURVE.height * (1 - share / most);
  const ticks = Array.from({ length: 11 }, (_, tenth) =>
    text(
      x(tenth),
      top + CURVE.height + 18,
      tenth === 10 ? 'over' : `${tenth * 10}–${tenth * 10 + 10} %`,
      'text-anchor="middle" font-size="11"',
    ),
  );
  return [
    `<line x1="${CURVE.left}" y1="${top + CURVE.height}" x2="${CURVE.left + CURVE.width}" y2="${top + CURVE.height}" stroke="#444"/>`,
    ...ticks,
    ...shares.map((of, index) => {
      const points = of.map((share, tenth) => `${x(tenth).toFixed(1)},${y(share).toFixed(1)}`).join(' ');
      return `<polyline points="${points}" fill="none" stroke="${COLOURS[index % COLOURS.length]}" stroke-width="2.5"/>`;
    }),
  ];
};

/** The comparison as a picture: kilometres above, fill at the collection below, a colour a policy. */
export const plotOf = (city: string, runs: readonly Figures[]): string => {
  const rows = togetherBy(runs);
  const below = CURVE.top + rows.length * ROW + 50;
  const height = below + CURVE.height + 40;
  const title = `Kilometres a day, ${city}, ${runs[0]?.nights ?? 0} nights a seed`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13" fill="#222">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    text(20, 24, title, 'font-weight="bold"'),
    ...bars(rows, CURVE.top),
    text(20, below - 16, 'How full bins were when collected (share of collections)', 'font-weight="bold"'),
    ...curves(rows, below),
    '</svg>',
    '',
  ].join('\n');
};
