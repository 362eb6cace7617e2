import * as z from 'zod';
import type { Registry } from '../../shared/city/registry.ts';
import type { HttpAnswer } from '../../shared/lambda/answer.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { type HttpHandler, httpApi } from '../../shared/lambda/http-api.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound, ProblemError } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import { sheetPdfDefinition, sheetTableLayouts } from '../../shared/routing/exports/driver-sheet/pdf-definition.ts';
import { renderSheetHtml, sheetStyle } from '../../shared/routing/exports/driver-sheet/render-html.ts';
import { type DriverSheet, driverSheet } from '../../shared/routing/exports/driver-sheet/sheet.ts';
import { findPlan } from '../../shared/routing/exports/find-plan.ts';
import { type ExportLanguage, exportLanguages } from '../../shared/routing/exports/plan-words.ts';
import type { PlanStore } from '../../shared/routing/plan-store.ts';
import { keepCrewsToTheirs } from '../operations-api/crew-limits.ts';
import { MAX_ANSWER_BYTES, pageAnswer, pdfAnswer } from './printed.ts';

/** What the sheets stand on. */
export type SheetParts = {
  readonly cityId: string;
  readonly registry: Pick<Registry, 'get'>;
  readonly plans: PlanStore;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

const HTML = 'text/html';
const PDF = 'application/pdf';

const query = z.strictObject({
  format: z
    .enum(['html', 'pdf'], 'must be html or pdf')
    .optional()
    .meta({ description: 'Wins over the Accept header' }),
  lang: z
    .enum(exportLanguages, `must be one of ${exportLanguages.join(', ')}`)
    .default('both')
    .meta({ description: 'Vietnamese and English side by side, or one of them' }),
});

const responses = {
  200: { description: 'The sheet, for a phone or for A4 paper', content: { [HTML]: z.string(), [PDF]: z.string() } },
};

const planParameter = z
  .string()
  .min(1)
  .max(80)
  .meta({ description: '`current` is what crews drive by now, `latest` the newest that is ready' });

/** @throws ProblemError 404 */
const sheetsOf = async (parts: SheetParts, planId: string, vehicleId?: string): Promise<readonly DriverSheet[]> => {
  const city = await requireCity(parts);
  const plan = await findPlan(parts.plans, planId, { timeZone: city.timeZone, at: parts.clock() });
  if (plan === undefined) throw notFound(`There is no plan ${planId} with routes`);
  const routes = plan.routes.filter((route) => vehicleId === undefined || route.vehicleId === vehicleId);
  if (routes.length === 0)
    throw notFound(`The plan ${plan.planId} has no route${vehicleId ? ` for truck ${vehicleId}` : 's'}`);
  return routes.map((route) => driverSheet(plan, route, { cityName: city.name, timeZone: city.timeZone }));
};

type Asked = { readonly format?: 'html' | 'pdf' | undefined; readonly lang: ExportLanguage };

const render = async (
  sheets: readonly DriverSheet[],
  { format, lang }: Asked,
  accept?: string,
): Promise<HttpAnswer> => {
  const wanted = negotiate(
    [
      { format: 'html', mediaType: HTML },
      { format: 'pdf', mediaType: PDF },
    ],
    { format, accept },
  );
  const [first] = sheets;
  const name = `${first?.planId}${sheets.length === 1 ? `-${first?.vehicleId}` : ''}`.replaceAll(/[^\w.-]/g, '_');
  const headers = {
    vary: 'Accept',
    'cache-control': 'private, no-cache',
    'content-disposition': `inline; filename="${name}.${wanted}"`,
  };
  if (wanted === 'html') return pageAnswer(renderSheetHtml(sheets, lang), sheetStyle, headers);
  const answer = await pdfAnswer(sheetPdfDefinition(sheets, lang), sheetTableLayouts, headers);
  if ((answer.body ?? '').length <= MAX_ANSWER_BYTES) return answer;
  throw new ProblemError({
    status: 422,
    kind: 'too-large',
    detail: 'All sheets in one are too large: ask for each truck’s',
  });
};

const getSheets = (parts: SheetParts): Operation =>
  operation({
    method: 'GET',
    path: '/{planId}',
    operationId: 'getDriverSheets',
    summary: 'The driver sheets of all trucks of a plan',
    pathParameters: z.object({ planId: planParameter }),
    query,
    responses,
    handle: async ({ path: { planId }, query: asked, event }) =>
      render(await sheetsOf(parts, planId), asked, event.headers.accept),
  });

const getSheet = (parts: SheetParts): Operation =>
  operation({
    method: 'GET',
    path: '/{planId}/{vehicleId}',
    operationId: 'getDriverSheet',
    summary: 'The driver sheet of one truck',
    pathParameters: z.object({ planId: planParameter, vehicleId: z.string().min(1).max(64) }),
    query,
    responses,
    handle: async ({ path: { planId, vehicleId }, query: asked, event }) =>
      render(await sheetsOf(parts, planId, vehicleId), asked, event.headers.accept),
  });

export const driverSheetsOf = (parts: SheetParts) => [getSheets(parts), getSheet(parts)].map(keepCrewsToTheirs);

export const DRIVER_SHEETS_PATH = '/api/v1/driver-sheets';

/** Driver sheets, `/api/v1/driver-sheets`: printed here, where fonts and memory for it are. */
export const driverSheetsApi = (parts: SheetParts): HttpHandler =>
  httpApi({
    title: 'Phố Sạch driver sheets',
    description: 'What a driver takes along, as a page for phones and as PDF for A4 paper, in Vietnamese and English.',
    version: '1',
    basePath: DRIVER_SHEETS_PATH,
    operations: driverSheetsOf(parts),
  });
