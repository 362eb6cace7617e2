import { type HttpHandler, httpApi } from '../../shared/lambda/http-api.ts';
import { keepCrewsToTheirs } from '../operations-api/crew-limits.ts';
import type { ReportsParts } from './parts.ts';
import { getReport } from './report.ts';

const reportsOf = (parts: ReportsParts) => [getReport(parts)].map(keepCrewsToTheirs);

/** Reports, `/api/v1/reports`: part of the operations API by its address and its tokens, a function of its own for the sake of its memory. */
export const reportsApi = (parts: ReportsParts): HttpHandler =>
  httpApi({
    title: 'Phố Sạch reports',
    description:
      'Daily, monthly and yearly reports of the environment, per station and per city, as JSON, CSV, HTML and PDF.',
    version: '1',
    basePath: '/api/v1/reports',
    operations: reportsOf(parts),
  });
