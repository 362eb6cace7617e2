import { createHash } from 'node:crypto';
import { type HttpAnswer, text } from '../../shared/lambda/answer.ts';
import { type PrintableDefinition, printPdf } from '../../shared/printing/print-pdf.ts';

type Headers = Readonly<Record<string, string>>;

/** Lambda answers with at most 6 MB; Base64 makes four bytes of three. */
export const MAX_ANSWER_BYTES = 6_000_000;

/** A page carries its own style, and nothing else may run or load in it. */
export const pageAnswer = (html: string, style: string, headers: Headers): HttpAnswer => {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;
  return text('text/html; charset=utf-8', html, { ...headers, 'content-security-policy': policy });
};

export const pdfAnswer = async (
  definition: PrintableDefinition,
  tableLayouts: Readonly<Record<string, unknown>>,
  headers: Headers,
): Promise<HttpAnswer> => {
  const bytes = await printPdf(definition, { tableLayouts });
  return { ...text('application/pdf', bytes.toString('base64'), headers), isBase64Encoded: true };
};
