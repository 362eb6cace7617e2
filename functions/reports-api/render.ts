import { composeDocument } from '../../shared/environment/reports/document/compose.ts';
import type { ReportLanguage } from '../../shared/environment/reports/document/document.ts';
import { pdfDefinition, pdfTableLayouts } from '../../shared/environment/reports/document/pdf-definition.ts';
import { htmlStyle, renderHtml } from '../../shared/environment/reports/document/render-html.ts';
import { renderCsv } from '../../shared/environment/reports/render-csv.ts';
import { type Report, reportSchema } from '../../shared/environment/reports/report.ts';
import { type HttpAnswer, json, text } from '../../shared/lambda/answer.ts';
import { ProblemError } from '../../shared/lambda/problem.ts';
import { MAX_ANSWER_BYTES, pageAnswer, pdfAnswer } from './printed.ts';

export const reportFormats = ['json', 'csv', 'html', 'pdf'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const mediaTypes = {
  json: 'application/json',
  csv: 'text/csv',
  html: 'text/html',
  pdf: 'application/pdf',
} as const satisfies Record<ReportFormat, string>;

const tooLarge = (format: ReportFormat, bytes: number): ProblemError =>
  new ProblemError({
    status: 422,
    kind: 'report-too-large',
    detail: `As ${format} this report has ${Math.ceil(bytes / 1_000)} kB, more than one answer may carry: ask for one station, or a shorter period`,
    errors: [{ in: 'query', field: 'station', message: 'name one station, or ask for a shorter period' }],
  });

const htmlAnswer = (
  report: Report,
  language: ReportLanguage,
  headers: Readonly<Record<string, string>>,
): HttpAnswer => {
  const document = composeDocument(report);
  return pageAnswer(renderHtml(document, language), htmlStyle(document), headers);
};

/**
 * The report in one of its formats; only that one is made.
 * @throws ProblemError 422 when the answer would be too large.
 */
export const renderReport = async (
  report: Report,
  { format, language }: { readonly format: ReportFormat; readonly language: ReportLanguage },
): Promise<HttpAnswer> => {
  const place = report.scope === 'station' ? (report.stations[0]?.stationId ?? report.city.id) : report.city.id;
  const disposition = `${format === 'csv' ? 'attachment' : 'inline'}; filename="report-${place}-${report.period}.${format}"`;
  const headers = { vary: 'Accept', 'cache-control': 'private, no-cache', 'content-disposition': disposition };
  const answers = {
    json: async () => json(reportSchema, report, { headers }),
    csv: async () => text('text/csv; charset=utf-8; header=present', renderCsv(report), headers),
    html: async () => htmlAnswer(report, language, headers),
    pdf: () => pdfAnswer(pdfDefinition(composeDocument(report), language), pdfTableLayouts, headers),
  };
  const answer = await answers[format]();
  const bytes = Buffer.byteLength(answer.body ?? '');
  if (bytes > MAX_ANSWER_BYTES) throw tooLarge(format, bytes);
  return answer;
};
