import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultAveragingPolicy } from '../../../../shared/environment/averaging-policy.ts';
import { buildReport } from '../../../../shared/environment/reports/build-report.ts';
import { composeDocument } from '../../../../shared/environment/reports/document/compose.ts';
import type { Block } from '../../../../shared/environment/reports/document/document.ts';
import { pdfDefinition, pdfTableLayouts } from '../../../../shared/environment/reports/document/pdf-definition.ts';
import { renderHtml } from '../../../../shared/environment/reports/document/render-html.ts';
import { linesOf, writeNumber } from '../../../../shared/environment/reports/document/write-text.ts';
import { gatherStations } from '../../../../shared/environment/reports/gather.ts';
import { knownEpisodes } from '../../../../shared/environment/reports/known-episodes.ts';
import { renderCsv } from '../../../../shared/environment/reports/render-csv.ts';
import { type Report, reportSchema } from '../../../../shared/environment/reports/report.ts';
import { reportPeriod } from '../../../../shared/environment/reports/report-period.ts';
import { printPdf } from '../../../../shared/printing/print-pdf.ts';
import { pdfText } from '../../../support/pdf-text.ts';
import { reportCity, reportStations } from '../../../support/report-city.ts';
import { city } from '../../../support/small-city.ts';

const makeReport = async (kind: 'day' | 'month' | 'year', name: string, stretch: Parameters<typeof reportCity>[0]) => {
  const made = await reportCity(stretch);
  const period = reportPeriod(kind, name, city.timeZone);
  const sources = { ...made, episodesOf: knownEpisodes(made.episodes) };
  const stations = gatherStations(sources, { stations: reportStations, period, asOf: made.now });
  return buildReport({ city, scope: { kind: 'city' }, period, asOf: made.now }, stations, defaultAveragingPolicy);
};

/** Every number of a value with its path, as JSON has it. */
const numbersIn = (value: unknown, path = ''): readonly (readonly [string, number])[] => {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => numbersIn(part, `${path}/${key}`));
};

const tally = (values: Iterable<string | number>): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** What a number is in the page, and whether it is a label: levels and colours of categories, percents that name percentiles. */
const isLabel = (path: string): boolean => /\/(rgb\/\d|level|percent|category|flag)$/.test(path);

/** Texts of all cells of the page's tables, row by row. */
const cellTexts = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) =>
    block.kind === 'table'
      ? block.rows.flatMap((row) =>
          row.map((cell) =>
            linesOf(cell, 'both')
              .map(({ text }) => text)
              .join(''),
          ),
        )
      : [],
  );

const withoutSpace = (text: string): string => text.replace(/[\s\u00a0]/g, '');

const decode = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

describe.each([
  ['day', '2026-10-10', { from: '2026-10-08', days: 5, everyMinutes: 30 }],
  ['month', '2026-10', { from: '2026-10-01', days: 31, everyMinutes: 60 }],
  ['year', '2026', { from: '2026-01-01', days: 90, everyMinutes: 60 }],
] as const)('the formats of a %s’s report', (kind, name, stretch) => {
  let report: Report;
  let csv: Record<string, string>[];
  beforeAll(async () => {
    report = await makeReport(kind, name, stretch);
    csv = parse(renderCsv(report), { columns: true, bom: true });
  }, 60_000);

  it('hold to the schema that OpenAPI publishes', () => {
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    const broken = report.stations.flatMap(({ exceedances }) => exceedances.map((row) => row.broken ?? 0));
    expect(Math.max(...broken), 'a fixture without an exceedance tests little').toBeGreaterThan(0);
  });

  it('carry in CSV every number that JSON has, as often as it has it', () => {
    const inJson = report.stations.flatMap((station) => numbersIn(station)).filter(([path]) => !isLabel(path));
    expect(tally(csv.flatMap(({ value }) => (value ? [Number(value)] : [])))).toEqual(
      tally(inJson.map(([, value]) => value)),
    );
  });

  it('carry in HTML and in PDF the very cells of the composed page, in its order', async () => {
    const document = composeDocument(report);
    const cells = cellTexts(document.blocks).map(withoutSpace);
    const html = renderHtml(document, 'both');
    const inHtml = [...html.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell = '']) =>
      withoutSpace(decode(cell)).replace(/^●/, ''),
    );
    // Headers of columns stand in between.
    const heads = new Set(
      [...html.matchAll(/<th scope="col"[^>]*>([\s\S]*?)<\/th>/g)].map(([, cell = '']) => withoutSpace(decode(cell))),
    );
    expect(inHtml.filter((cell) => !heads.has(cell))).toEqual(cells.filter((cell) => !heads.has(cell)));

    const pdf = await printPdf(pdfDefinition(document, 'both'), { tableLayouts: pdfTableLayouts, compress: false });
    const inPdf = withoutSpace(pdfText(pdf).join(''));
    // What Roboto has no letter for would stand as glyph 0.
    expect(inPdf).not.toContain('\uFFFD');
    expect(inPdf).not.toContain('\0');
    const lost = [...new Set(cells)].filter((cell) => cell !== '' && !inPdf.includes(cell));
    expect(lost).toEqual([]);
  });

  it('show on the page every statistic, exceedance and count that JSON has', () => {
    const shown = new Set(
      cellTexts(composeDocument(report).blocks).flatMap((text) => withoutSpace(text).split(/[(;≤≥]/)),
    );
    const numbers = report.stations.flatMap(({ quantities, exceedances, availability, quality, indices }) => [
      ...numbersIn(
        quantities.map(({ statistics }) =>
          statistics.map(({ mean, min, max, percentiles, valid }) => [
            mean,
            min?.value,
            max?.value,
            percentiles.map(({ value }) => value),
            valid,
          ]),
        ),
      ),
      ...numbersIn(
        exceedances.map(({ judged, notJudged, broken, brokenPercent, worst }) => [
          judged,
          notJudged,
          broken,
          brokenPercent,
          worst?.value,
        ]),
      ),
      ...numbersIn(
        availability.map(({ expected, received, valid, receivedPercent, validPercent }) => [
          expected,
          received,
          valid,
          receivedPercent,
          validPercent,
        ]),
      ),
      ...numbersIn(quality.map(({ count }) => count)),
      ...numbersIn(
        indices.map(({ entries, absent }) => (absent === entries.length ? [] : entries.map(({ value }) => value))),
      ),
    ]);
    const missing = numbers.filter(([, value]) => !shown.has(withoutSpace(writeNumber(value, 'both'))));
    expect(missing).toEqual([]);
  });

  it('are written in one language when asked, with the same numbers', () => {
    const document = composeDocument(report);
    const [vi, en] = [renderHtml(document, 'vi'), renderHtml(document, 'en')];
    expect(vi).not.toContain('lang="en"');
    expect(en).not.toContain('lang="vi"');
    const numbers = (html: string) =>
      tally(
        [
          ...decode(
            html.replace(/<(style|svg)[\s\S]*?<\/\1>|aria-label="[^"]*"|<caption>.*?<\/caption>|<p .*?<\/p>/g, ''),
          ).matchAll(/(?<![\w-])\d+(?:[.,]\d+)?(?![\w-])/g),
        ].map(([found]) => found.replace(',', '.')),
      );
    const [inVi, inEn] = [numbers(vi), numbers(en)];
    expect(Object.keys(inVi).length).toBeGreaterThan(100);
    const differing = Object.keys({ ...inVi, ...inEn }).filter((number) => inVi[number] !== inEn[number]);
    // Words with numbers in them differ: “Trung bình 24 giờ”, “75 % of …”.
    expect(differing.length).toBeLessThan(25);
  });
});
